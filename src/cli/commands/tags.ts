import type { Command } from 'commander'
import type { EarsCard } from '../../tags/ears-card.ts'
import { type HeardWindows, tagsOf } from '../../tags/heard-windows.ts'
import type { Cli } from '../cli.ts'
import { hearCommand } from '../hear-command.ts'

type Tag = {
  readonly tag: string
  readonly group: string
  readonly probability: number
  readonly experimental: boolean
}

/** Of a moment only what is likeliest is told. */
const MOMENT_TAGS = 5
const SHOWN_TAGS = 10

const rank = (probabilities: Float32Array, card: EarsCard): readonly Tag[] =>
  card.tags
    .map(({ name, group, experimental }, index) => ({
      tag: name,
      group,
      probability: Math.round(probabilities[index]! * 1e4) / 1e4,
      experimental,
    }))
    .sort((a, b) => b.probability - a.probability)

const timelineOf = (heard: HeardWindows, card: EarsCard): readonly object[] =>
  Array.from({ length: heard.count }, (_, window) => {
    const row = heard.tags.subarray(window * card.tags.length, (window + 1) * card.tags.length)
    const tags = rank(row, card)
      .filter(({ experimental }) => !experimental)
      .slice(0, MOMENT_TAGS)
    return {
      start_seconds: window * heard.seconds,
      end_seconds: (window + 1) * heard.seconds,
      tags: tags.map(({ tag, probability }) => ({ tag, probability })),
    }
  })

export const tags = (cli: Cli): Command =>
  hearCommand(cli, {
    name: 'tags',
    description: 'Name what a network hears in each file, as a whole and second by second. Needs no library.',
    examples: ['algiers tags track.flac', 'algiers tags track.flac --json | jq ".[0].tags[:5]"'],
    document: (heard, card) => ({
      tags: heard.count === 0 ? [] : rank(tagsOf(heard), card),
      timeline: timelineOf(heard, card),
    }),
    lines: (heard, card) =>
      (heard.count === 0 ? [] : rank(tagsOf(heard), card))
        .filter(({ experimental }) => !experimental)
        .slice(0, SHOWN_TAGS)
        .map(({ tag, probability }) => `${probability.toFixed(2)}  ${tag}`),
  })
