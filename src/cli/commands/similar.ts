import type { Command } from 'commander'
import { snakeCase } from '../../support/snake-case.ts'
import { parseNumber } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { type Cell, formatTable } from '../table.ts'

type Options = { readonly limit: number }

const DEFAULT_LIMIT = 10
const MOST = 100
const parseLimit = (text: string): number =>
  parseNumber(text, (limit) => Number.isInteger(limit) && limit >= 1 && limit <= MOST, `1 to ${MOST}`)

const HEADER = ['id', 'track', 'distance', 'tempo', 'key', 'mixes in key'] as const

const formatTempo = (percent: number | null): Cell =>
  percent === null ? null : `${percent > 0 ? '+' : ''}${percent.toFixed(1)} %`

const formatMixes = (isCompatible: boolean | null): Cell => {
  if (isCompatible === null) return null
  return isCompatible ? 'yes' : 'no'
}

export const similar = (cli: Cli): Command =>
  cli
    .command({
      name: 'similar',
      description: 'List the tracks that sound most like one, and how far their tempo and key are from it.',
      examples: ['algiers similar "Summer Nights"', 'algiers similar 12 --limit 20 --json | jq ".similar[0].track"'],
    })
    .argument('<track>', 'id, path, or part of the title or file name')
    .option('--limit <number>', 'how many', parseLimit, DEFAULT_LIMIT)
    .action(
      cli.run(async (terminal, { limit }: Options, reference: string) =>
        cli.withApp(async (app) => {
          const found = app.tracks.similar(reference, { limit })
          terminal.result({ similar: snakeCase(found) }, () =>
            found.length === 0
              ? ['No other track is analysed yet. Run: algiers library scan']
              : formatTable(
                  HEADER,
                  found.map(({ track, distance, tempoDifferencePercent, keyCompatible }) => [
                    track.id,
                    printable(track.artist ? `${track.artist} – ${track.title}` : track.title),
                    distance.toFixed(2),
                    formatTempo(tempoDifferencePercent),
                    track.key,
                    formatMixes(keyCompatible),
                  ]),
                ),
          )
        }),
      ),
    )
