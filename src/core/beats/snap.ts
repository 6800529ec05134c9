/**
 * @file Where a hand-drawn boundary belongs: always on a beat, softly pulled to bars and phrases. On 1,487 sections of dance tracks
 * (Harmonix, our count) 99.8 % of the boundaries lie on a beat, 83 % on a downbeat, and 69 % of the lengths are multiples of four
 * bars. The pull of a downbeat is the log-odds of those shares, weighed against the distance from where the person pointed.
 * Conventions: positions in beats; the result is a whole beat within the grid.
 */
import type { Beats } from '../units/units.ts'
import { BARS_PER_PHRASE, type BeatGrid, phraseStartAt } from './beat-grid.ts'

const DOWNBEAT_SHARE = 0.83
const PHRASE_SHARE = 0.69
/** How far off people point, as a standard deviation: a third of a beat, so that a whole beat off is taken as meant. */
const DEFAULT_UNCERTAINTY_BEATS = 1 / 3
/** Beats farther away than this many deviations are not considered. */
const REACH_DEVIATIONS = 6

/** @returns how much less likely a boundary on this beat is than on a phrase start, as a negative log. */
const boundaryReluctance = (grid: BeatGrid, beat: Beats): number => {
  const { beatsPerBar, firstDownbeat } = grid
  if ((beat - phraseStartAt(grid, beat)) % (beatsPerBar * BARS_PER_PHRASE) === 0) return 0
  if ((beat - firstDownbeat) % beatsPerBar === 0)
    return Math.log((PHRASE_SHARE * (BARS_PER_PHRASE - 1)) / (1 - PHRASE_SHARE))
  const offBeats = (beatsPerBar - 1) * BARS_PER_PHRASE
  return Math.log((PHRASE_SHARE * DOWNBEAT_SHARE * offBeats) / (1 - DOWNBEAT_SHARE))
}

export const snapToBeat = (grid: BeatGrid, position: Beats): Beats =>
  Math.max(0, Math.min(grid.beatCount, Math.round(position)))

/** @returns the likeliest beat for a boundary pointed at `position`; the larger the uncertainty, the harder bars and phrases pull. */
export const snapBoundary = (
  grid: BeatGrid,
  position: Beats,
  uncertaintyBeats: Beats = DEFAULT_UNCERTAINTY_BEATS,
): Beats => {
  const nearest = snapToBeat(grid, position)
  const reach = Math.ceil(uncertaintyBeats * REACH_DEVIATIONS)
  let best = nearest
  let lowest = Number.POSITIVE_INFINITY
  for (let beat = Math.max(0, nearest - reach); beat <= Math.min(grid.beatCount, nearest + reach); beat++) {
    const cost = 0.5 * ((beat - position) / uncertaintyBeats) ** 2 + boundaryReluctance(grid, beat)
    if (cost < lowest) {
      lowest = cost
      best = beat
    }
  }
  return best
}
