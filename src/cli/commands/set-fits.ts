import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { formatTable } from '../table.ts'

export const setFits = (cli: Cli): Command =>
  cli
    .command({
      name: 'fits',
      description: 'Say what else fits at a place of a set, or between it and the place before.',
      examples: ['algiers set fits 3 5', 'algiers set fits 3 5 --between'],
    })
    .argument('<set>', 'number of the set, as `algiers set list` shows it', parsePositiveInteger)
    .argument('<place>', 'number of the place', parsePositiveInteger)
    .option('--between', 'a track more, before the place')
    .option('--limit <number>', 'how many', parsePositiveInteger, 10)
    .action(
      cli.run(
        async (terminal, options: { readonly between?: boolean; readonly limit: number }, id: number, place: number) =>
          cli.withApp(async (app) => {
            const found = await app.sets.kept.alternatives(id, { ...options, place: place - 1 })
            terminal.result(
              found.map(({ track, ...fit }) => ({
                id: track.id,
                title: track.title,
                artist: track.artist,
                ...snakeCase(fit),
              })),
              () =>
                found.length === 0
                  ? ['No other track fits here within the limits of this set.']
                  : formatTable(
                      ['id', 'track', 'BPM', 'key', 'into', 'out', 'score'],
                      found.map(({ track, into, out, score }) => [
                        track.id,
                        printable(track.artist ? `${track.artist} – ${track.title}` : track.title),
                        track.tempoBpm?.toFixed(1) ?? null,
                        track.camelot,
                        into?.toFixed(2) ?? null,
                        out?.toFixed(2) ?? null,
                        score.toFixed(2),
                      ]),
                    ),
            )
          }),
      ),
    )
