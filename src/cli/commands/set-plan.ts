import type { Command } from 'commander'
import { setDocument } from '../../api/views/set-document.ts'
import { ENERGY_ARC_NAMES, ENERGY_ARCS, type EnergyArcName } from '../../core/setlist/energy-arc.ts'
import { countText } from '../../core/units/count-text.ts'
import type { TrackSearch } from '../../engine/collection/track-overview.ts'
import type { SetPlan } from '../../engine/sets/plan.ts'
import { parseNumber, parseWholeNumber } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { withProgressBar } from '../progress-bar.ts'
import { formatTable } from '../table.ts'
import { parseTracks } from '../track-filter.ts'
import { trackIdsOf } from '../track-ids.ts'

type Options = {
  readonly minutes: number
  readonly pool?: TrackSearch
  readonly arc: readonly number[]
  readonly seed: number
  readonly must: readonly string[]
  readonly never: readonly string[]
  readonly first?: string
  readonly last?: string
  readonly artistGap: number
  readonly tempoStep?: number
  readonly twoVoices: boolean
}

const parseMinutes = (text: string): number =>
  parseNumber(text, (value) => value > 0 && value <= 1440, 'a number of minutes, up to 1440')
const parsePercent = (text: string): number =>
  parseNumber(text, (value) => value >= 0 && value <= 100, 'a number of per cent')
const parseGap = (text: string): number =>
  parseNumber(text, (value) => Number.isInteger(value) && value >= 0 && value <= 100, 'a whole number from 0 to 100')

const parseArc = (text: string): readonly number[] => {
  if (text in ENERGY_ARCS) return ENERGY_ARCS[text as EnergyArcName]
  return text
    .split(',')
    .map((part) =>
      parseNumber(
        part,
        (value) => value >= 0 && value <= 1,
        `one of ${ENERGY_ARC_NAMES.join(', ')}, or numbers from 0 to 1, such as 0.2,0.8,0.5`,
      ),
    )
}

const collect = (track: string, before: readonly string[]): readonly string[] => [...before, track]

const linesOf = ({ tracks, transitions, minutes, score, refusals }: SetPlan): readonly string[] => [
  ...formatTable(
    ['place', 'id', 'track', 'BPM', 'key', 'energy'],
    tracks.map((track, at) => [
      at + 1,
      track.id,
      printable(track.artist ? `${track.artist} – ${track.title}` : track.title),
      track.tempoBpm === null ? null : track.tempoBpm.toFixed(1),
      track.camelot,
      track.energy,
    ]),
  ),
  '',
  ...transitions.map(
    ({ sentence, score: one }, at) =>
      `${at + 1} → ${at + 2}  ${one === null ? 'not known' : one.toFixed(2)}  ${printable(sentence)}`,
  ),
  '',
  `${countText(tracks.length)}, about ${Math.round(minutes)} minutes; score ${score.toFixed(2)} of 1`,
  ...refusals.map(({ title, reason }) => (title === null ? reason : `Left out: ${printable(title)}. ${reason}`)),
]

export const setPlan = (cli: Cli): Command =>
  cli
    .command({
      name: 'plan',
      description:
        'Plan a set from the tracks of the library: which tracks in which order, and over which bars each leads into the next. The same seed plans the same set.',
      examples: [
        'algiers set plan --minutes 60 --arc peak',
        'algiers set plan --minutes 90 --pool "genre=techno&bpm_min=125" --first "Summer Nights" --tempo-step 3',
        'algiers set plan --minutes 60 --seed 2 --json | jq -r ".transitions[].sentence"',
      ],
    })
    .requiredOption('--minutes <number>', 'how long', parseMinutes)
    .option('--pool <filter>', 'only tracks that fit: words, or a filter such as genre=techno&bpm_min=125', parseTracks)
    .option(
      '--arc <arc>',
      `how the energy goes: ${ENERGY_ARC_NAMES.join(', ')}, or numbers from 0 to 1 with commas`,
      parseArc,
      ENERGY_ARCS.peak,
    )
    .option('--seed <number>', 'another number, another set', parseWholeNumber, 1)
    .option('--must <track>', 'a track that must be played; may be given several times', collect, [])
    .option('--never <track>', 'a track that must not be played; may be given several times', collect, [])
    .option('--first <track>', 'the track that opens')
    .option('--last <track>', 'the track that closes')
    .option('--artist-gap <number>', 'how many other tracks come before the same artist again', parseGap, 1)
    .option('--tempo-step <percent>', 'largest step of the tempo from one track to the next', parsePercent)
    .option('--no-two-voices', 'no transition in which two voices sound at once')
    .action(
      cli.run(async (terminal, options: Options) =>
        cli.withApp(async (app) => {
          const { first, last } = options
          const fixed = [
            ...(first === undefined ? [] : [{ place: 1, track: first }]),
            ...(last === undefined ? [] : [{ place: -1, track: last }]),
          ]
          const fixedIds = await trackIdsOf(
            app,
            fixed.map(({ track }) => track),
          )
          const wish = {
            minutes: options.minutes,
            filter: options.pool,
            arc: options.arc,
            seed: options.seed,
            mustPlay: await trackIdsOf(app, options.must),
            never: await trackIdsOf(app, options.never),
            fixed: fixed.map(({ place }, at) => ({ place, trackId: fixedIds[at]! })),
            artistGap: options.artistGap,
            mostTempoPercent: options.tempoStep ?? null,
            noTwoVoices: !options.twoVoices,
          }
          const plan = await withProgressBar(terminal, 'Looking at the tracks', (update) =>
            app.sets.plan(wish, {
              onProgress: ({ done, total, item }) => update(total === 0 ? 1 : done / total, item ?? ''),
            }),
          )
          terminal.result(setDocument(plan), () => linesOf(plan))
        }),
      ),
    )
