import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { EarsCard } from '../../core/tags/ears-card.ts'
import { heardTags } from '../../core/tags/heard-tags.ts'
import type { HeardWindows } from '../../core/tags/heard-windows.ts'
import { toldTags } from '../../core/tags/told-tags.ts'
import { percentText } from '../../core/units/percent-text.ts'
import type { Cli } from '../cli.ts'
import { hearCommand } from '../hear-command.ts'

/** Only the likeliest tags of a moment are listed. */
const MOMENT_TAGS = 5
const SHOWN_TAGS = 12

/** @param shown tags that may be told of moments: those that are told of the whole */
const timelineOf = (heard: HeardWindows, card: EarsCard, shown: ReadonlySet<string>): readonly object[] =>
  Array.from({ length: heard.count }, (_, window) => {
    const [start, end] = [window * heard.seconds, (window + 1) * heard.seconds]
    const tags = heardTags(heard, card, [start, end])
      .filter(({ tag, share }) => shown.has(tag) && share! > 0)
      .slice(0, MOMENT_TAGS)
    return {
      start_seconds: start,
      end_seconds: end,
      tags: tags.map(({ tag, probability }) => ({ tag, probability })),
    }
  })

export const tags = (cli: Cli): Command =>
  hearCommand(cli, {
    name: 'tags',
    description: 'Name what a network hears in each file, as a whole and second by second. Needs no library.',
    examples: ['algiers tags track.flac', 'algiers tags track.flac --json | jq ".[0].tags | map(select(.shown))"'],
    document: (heard, network) => {
      const told = toldTags(heard, network)
      const shown = new Set(told.flatMap(({ tag, shown }) => (shown ? [tag] : [])))
      return { tags: snakeCase(told), timeline: timelineOf(heard, network.card, shown) }
    },
    lines: (heard, network) => {
      const told = toldTags(heard, network).filter(({ shown }) => shown)
      if (network.precision.length === 0) return ['How often the tags of this network are right on music is not known.']
      if (told.length === 0) return ['nothing certain']
      return told
        .slice(0, SHOWN_TAGS)
        .map(({ tag, share }) => `${percentText(share!, 0).padStart(5)} of the time  ${tag}`)
    },
  })
