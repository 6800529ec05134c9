import type { Command } from 'commander'
import { embeddingOf } from '../../core/tags/heard-windows.ts'
import type { Cli } from '../cli.ts'
import { hearCommand } from '../hear-command.ts'

/** Rounds to six decimals, finer than any two providers agree. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6

export const embed = (cli: Cli): Command =>
  hearCommand(cli, {
    name: 'embed',
    description:
      'Print the vector that a network hears in each file: similar sounds have nearby vectors. Needs no library.',
    examples: ['algiers embed track.flac --json', 'algiers embed *.mp3 --json --ears ~/ears --provider cpu'],
    document: (heard) => ({
      embedding: Array.from(embeddingOf(heard), round),
      windows: heard.count,
      window_seconds: heard.seconds,
    }),
    lines: (heard) => {
      const embedding = embeddingOf(heard)
      const first = Array.from(embedding.subarray(0, 4), (value) => value.toFixed(3)).join(' ')
      return [`${embedding.length} numbers from ${heard.count} windows: ${first} …`]
    },
  })
