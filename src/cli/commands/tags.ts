import type { Command } from 'commander'
import type { EarsCard } from '../../core/tags/ears-card.ts'
import { heardTags } from '../../core/tags/heard-tags.ts'
import type { HeardWindows } from '../../core/tags/heard-windows.ts'
import { percentText } from '../../core/units/percent-text.ts'
import type { Cli } from '../cli.ts'
import { hearCommand } from '../hear-command.ts'

/** Only the likeliest tags of a moment are listed. */
const MOMENT_TAGS = 5
const SHOWN_TAGS = 12

const timelineOf = (heard: HeardWindows, card: EarsCard): readonly object[] =>
  Array.from({ length: heard.count }, (_, window) => {
    const [start, end] = [window * heard.seconds, (window + 1) * heard.seconds]
    const tags = heardTags(heard, card, [start, end])
      .filter(({ experimental }) => !experimental)
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
    examples: ['algiers tags track.flac', 'algiers tags track.flac --json | jq ".[0].tags[:5]"'],
    document: (heard, card) => ({ tags: heardTags(heard, card), timeline: timelineOf(heard, card) }),
    lines: (heard, card) =>
      heardTags(heard, card)
        .filter(({ share, experimental }) => !experimental && share !== null && share > 0)
        .slice(0, SHOWN_TAGS)
        .map(({ tag, share }) => `${percentText(share!, 0).padStart(5)} of the time  ${tag}`),
  })
