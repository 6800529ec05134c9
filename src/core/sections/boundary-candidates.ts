/**
 * @file The beats at which a section might start, few enough to judge every span between two of them as a whole.
 * Method: peaks of the boundary probability (learnt head), or of Foote's novelty over several time scales (ICME 2000) where a model has no
 * such head, best first, with the track's start and end always among them.
 * Conventions: probabilities per beat; candidates in whole beats, rising, 0 and the beat count included.
 */
import type { TrackContext } from '../features/track-context.ts'
import { windowMean } from '../features/window-sums.ts'

/** Neighbouring candidates closer than this, the shortest section a person may paint, compete for one boundary. */
const MIN_DISTANCE_BEATS = 4
const NOVELTY_BARS = [4, 8, 16] as const
/** Share of the beats of dance music that start a section: 11.5 sections in about 560 beats (Harmonix, shared method notes §3d). */
const BOUNDARY_RATE = 0.02
/** Steepness that turns z-scored novelty into log-odds: a peak of three sigma is about as likely as not. */
const LOG_ODDS_PER_SIGMA = 1.3

/** @returns shape (beats): boundary probabilities from novelty alone, for models without a boundary head. */
export const noveltyBoundaries = (context: TrackContext): Float32Array => {
  const { beats, width, grid } = context
  const novelty = new Float64Array(beats)
  for (const bars of NOVELTY_BARS) {
    const reach = bars * grid.beatsPerBar
    for (let beat = 1; beat < beats; beat++) {
      let sum = 0
      for (let column = 0; column < width; column++)
        sum +=
          (windowMean(context, column, [beat, beat + reach]) - windowMean(context, column, [beat - reach, beat])) ** 2
      novelty[beat]! += Math.sqrt(sum / width)
    }
  }
  const mean = novelty.reduce((a, b) => a + b, 0) / Math.max(1, beats)
  const deviation = Math.sqrt(novelty.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, beats)) || 1
  const baseLogOdds = Math.log(BOUNDARY_RATE / (1 - BOUNDARY_RATE))
  return Float32Array.from(
    novelty,
    (value) => 1 / (1 + Math.exp(-(baseLogOdds + (LOG_ODDS_PER_SIGMA * (value - mean)) / deviation))),
  )
}

/** @param probabilities shape (beats) @param limit most inner candidates @returns rising beats from 0 to `beats` */
export const pickCandidates = (probabilities: Float32Array, limit: number): number[] => {
  const beats = probabilities.length
  const order = Array.from(probabilities.keys())
    .filter((beat) => beat >= MIN_DISTANCE_BEATS && beat <= beats - MIN_DISTANCE_BEATS)
    .sort((a, b) => probabilities[b]! - probabilities[a]! || a - b)
  const taken = new Uint8Array(beats + 1)
  const inner: number[] = []
  for (const beat of order) {
    if (inner.length === limit) break
    if (taken[beat]) continue
    inner.push(beat)
    taken.fill(1, Math.max(0, beat - MIN_DISTANCE_BEATS + 1), beat + MIN_DISTANCE_BEATS)
  }
  return [0, ...inner.sort((a, b) => a - b), beats]
}

/** Adds beats that have no candidate near them. @param candidates rising @returns rising */
export const addCandidates = (candidates: readonly number[], beats: readonly number[]): number[] => {
  const isNew = (beat: number): boolean => candidates.every((other) => Math.abs(other - beat) >= MIN_DISTANCE_BEATS)
  return [...candidates, ...beats.filter(isNew)].sort((a, b) => a - b)
}
