import type { Command } from 'commander'
import { besideTrackDocument } from '../../api/views/track-document.ts'
import type { SimilarTrack } from '../../engine/sounds/similar-tracks.ts'
import { parseNumber } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { type Cell, formatTable } from '../table.ts'

type Options = {
  readonly limit: number
  readonly tempo?: number
  readonly keys: boolean
  readonly energy?: number
  readonly moments: boolean
}

const DEFAULT_LIMIT = 10
const MOST = 100
const parseLimit = (text: string): number =>
  parseNumber(text, (limit) => Number.isInteger(limit) && limit >= 1 && limit <= MOST, `1 to ${MOST}`)
const parseTempo = (text: string): number =>
  parseNumber(text, (percent) => percent >= 0 && percent <= 30, '0 to 30 (per cent)')
const parseEnergy = (text: string): number =>
  parseNumber(text, (points) => points >= 0 && points <= 9, '0 to 9 (points)')

const HEADER = ['id', 'track', 'closer than', 'tempo', 'key', 'mixes in key', 'energy', 'both have'] as const
const SHOWN_TAGS = 3

const signed = (value: number, text: string): string => `${value > 0 ? '+' : ''}${text}`

const formatTempo = (percent: number | null): Cell =>
  percent === null ? null : `${signed(percent, percent.toFixed(1))} %`

const formatMixes = (isCompatible: boolean | null): Cell => {
  if (isCompatible === null) return null
  return isCompatible ? 'yes' : 'no'
}

const rowOf = (found: SimilarTrack): readonly Cell[] => [
  found.track.id,
  printable(found.track.artist ? `${found.track.artist} – ${found.track.title}` : found.track.title),
  `${Math.floor(found.score * 100)} %`,
  formatTempo(found.tempoDifferencePercent),
  found.track.key,
  formatMixes(found.keyCompatible),
  found.energyDifference === null ? null : signed(found.energyDifference, String(found.energyDifference)),
  found.sharedTags.slice(0, SHOWN_TAGS).join(', '),
]

export const similar = (cli: Cli): Command =>
  cli
    .command({
      name: 'similar',
      description:
        'List the tracks that sound most like one, with the share of the library that each is closer than, and how far apart tempo, key and energy are.',
      examples: [
        'algiers similar "Summer Nights" --tempo 6 --keys',
        'algiers similar 12 --limit 20 --json | jq ".similar[0].track"',
      ],
    })
    .argument('<track>', 'id, path, or part of the title or file name')
    .option('--limit <number>', 'how many', parseLimit, DEFAULT_LIMIT)
    .option('--tempo <percent>', 'only tracks whose tempo is this close, in half or double time too', parseTempo)
    .option('--keys', 'only tracks in keys that mix', false)
    .option('--energy <points>', 'only tracks whose energy is this close', parseEnergy)
    .option('--moments', 'also tell which seconds sound alike (with --json)', false)
    .action(
      cli.run(async (terminal, { limit, tempo, keys, energy, moments }: Options, reference: string) =>
        cli.withApp(async (app) => {
          const filter = { tempoWithinPercent: tempo, compatibleKeys: keys, energyWithin: energy }
          const found = await app.sounds.similarTracks(reference, { limit, moments, ...filter })
          terminal.result({ similar: found.map(besideTrackDocument) }, () =>
            found.length === 0
              ? ['No other analysed track matches. To read new files: algiers library scan']
              : formatTable(HEADER, found.map(rowOf)),
          )
        }),
      ),
    )
