import type { Command } from 'commander'
import { LEAST_BARS } from '../api/operations/set-wish.ts'
import type { App } from '../app.ts'
import { ENERGY_ARC_NAMES, ENERGY_ARCS, type EnergyArcName } from '../core/setlist/energy-arc.ts'
import { MOST_SET_MINUTES, USUAL_TEMPO_STEP_PERCENT } from '../core/setlist/kept-set.ts'
import type { TrackSearch } from '../engine/kit/resolve-search.ts'
import type { PlanWish } from '../engine/sets/plan.ts'
import { parseNumber, parseWholeNumber } from './argument-parsers.ts'
import { parseTracks } from './track-filter.ts'
import { trackIdsOf } from './track-ids.ts'

/** No limit; the parser of options would take null for an option without a value. */
const ANY_STEP = 'any'

export type WishOptions = {
  readonly minutes: number
  readonly pool?: { readonly text: string; readonly search: TrackSearch }
  readonly from: readonly string[]
  readonly arc: readonly number[]
  readonly seed: number
  readonly must: readonly string[]
  readonly never: readonly string[]
  readonly first?: string
  readonly last?: string
  readonly artistGap: number
  readonly minBpm?: number
  readonly maxBpm?: number
  readonly tempoStep: number | typeof ANY_STEP
  readonly tempoRise?: number
  readonly tempoFall?: number
  readonly minBars: number
  readonly twoVoices: boolean
}

const parseMinutes = (text: string): number =>
  parseNumber(text, (value) => value > 0 && value <= MOST_SET_MINUTES, `a number of minutes, up to ${MOST_SET_MINUTES}`)
const parsePercent = (text: string): number =>
  parseNumber(text, (value) => value >= 0 && value <= 100, 'a number of per cent')
const parseStep = (text: string): number | typeof ANY_STEP => (text === ANY_STEP ? text : parsePercent(text))
const parseGap = (text: string): number =>
  parseNumber(text, (value) => Number.isInteger(value) && value >= 0 && value <= 100, 'a whole number from 0 to 100')
const parseBpm = (text: string): number =>
  parseNumber(text, (value) => value >= 20 && value <= 400, 'a tempo from 20 to 400 BPM')
const parseBars = (text: string): number =>
  parseNumber(text, (value) => LEAST_BARS.some((bars) => bars === value), `one of ${LEAST_BARS.join(', ')}`)

const parseArc = (text: string): readonly number[] => {
  if (text in ENERGY_ARCS) return ENERGY_ARCS[text as EnergyArcName]
  return text
    .split(',')
    .map((part) =>
      parseNumber(
        part.trim(),
        (value) => value >= 0 && value <= 1,
        `one of ${ENERGY_ARC_NAMES.join(', ')}, or numbers from 0 to 1, such as 0.2,0.8,0.5`,
      ),
    )
}

/** @returns the filter as it is kept, and as it is searched by */
const parsePool = (text: string): NonNullable<WishOptions['pool']> => {
  const search = parseTracks(text)
  return { text: search.text === text ? new URLSearchParams({ q: text }).toString() : text, search }
}

const collect = (track: string, before: readonly string[]): readonly string[] => [...before, track]

/** Adds to a command everything that says what a set is to be. */
export const withWishOptions = (command: Command): Command =>
  command
    .requiredOption('--minutes <number>', 'how long', parseMinutes)
    .option('--pool <filter>', 'only tracks that fit: words, or a filter such as genre=techno&bpm_min=125', parsePool)
    .option('--from <track>', 'only this track and others named so; may be given several times', collect, [])
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
    .option('--min-bpm <number>', 'no slower track; half and double time count', parseBpm)
    .option('--max-bpm <number>', 'no faster track', parseBpm)
    .option(
      '--tempo-step <percent>',
      'largest step of the tempo from one track to the next, or any',
      parseStep,
      USUAL_TEMPO_STEP_PERCENT,
    )
    .option('--tempo-rise <percent>', 'largest step up, where that is another', parsePercent)
    .option('--tempo-fall <percent>', 'largest step down, where that is another', parsePercent)
    .option('--min-bars <number>', `no shorter transition: ${LEAST_BARS.join(', ')} bars`, parseBars, 1)
    .option('--no-two-voices', 'no transition in which two voices sound at once')

/** @throws TRACK_NOT_FOUND */
export const wishOfOptions = async (app: App, options: WishOptions): Promise<PlanWish> => {
  const { first, last, from } = options
  const tempoStep = options.tempoStep === ANY_STEP ? null : options.tempoStep
  const ends = [
    ...(first === undefined ? [] : [{ place: 1, track: first }]),
    ...(last === undefined ? [] : [{ place: -1, track: last }]),
  ]
  const endIds = await trackIdsOf(
    app,
    ends.map(({ track }) => track),
  )
  return {
    minutes: options.minutes,
    pool: { filter: options.pool ?? null, trackIds: from.length === 0 ? null : await trackIdsOf(app, from) },
    arc: options.arc,
    seed: options.seed,
    mustPlay: await trackIdsOf(app, options.must),
    never: await trackIdsOf(app, options.never),
    fixed: ends.map(({ place }, at) => ({ place, trackId: endIds[at]! })),
    artistGap: options.artistGap,
    lowestBpm: options.minBpm ?? null,
    highestBpm: options.maxBpm ?? null,
    mostRisePercent: options.tempoRise ?? tempoStep,
    mostFallPercent: options.tempoFall ?? tempoStep,
    leastBars: options.minBars,
    noTwoVoices: !options.twoVoices,
  }
}
