/**
 * @file How many beats (or downbeats) are where they should be: F-measure with a tolerance of 70 ms (Dixon 2007), by the conventions
 * of mir_eval.beat (Raffel et al. 2014). Beats before 5 s are left out, each true beat matches at most one estimate, and the matching
 * has as many pairs as possible (with sorted events and one tolerance, the greedy matching from the left does).
 * Conventions: times in seconds, rising; 0 when either list is empty after trimming.
 */
import type { Seconds } from '../units/units.ts'

const BEAT_TOLERANCE_SECONDS: Seconds = 0.07
/** Listeners need a few seconds to find the beat, so mir_eval does not score the first five. */
const UNSCORED_SECONDS: Seconds = 5

export type BeatScore = { readonly fMeasure: number; readonly precision: number; readonly recall: number }

export const scoreBeats = (truth: ArrayLike<Seconds>, estimate: ArrayLike<Seconds>): BeatScore => {
  const expected = scoredTimes(truth)
  const found = scoredTimes(estimate)
  if (expected.length === 0 || found.length === 0) return { fMeasure: 0, precision: 0, recall: 0 }
  const hits = countMatches(expected, found)
  const precision = hits / found.length
  const recall = hits / expected.length
  return { fMeasure: (2 * hits) / (expected.length + found.length), precision, recall }
}

/**
 * The best F-measure with the octave forgiven: the estimate as it is, at half the rate (on either beat), or at twice the rate.
 */
export const scoreBeatsAnyOctave = (truth: ArrayLike<Seconds>, estimate: ArrayLike<Seconds>): BeatScore => {
  const beats = Array.from(estimate)
  const variants = [
    beats,
    beats.filter((_, beat) => beat % 2 === 0),
    beats.filter((_, beat) => beat % 2 === 1),
    beats.flatMap((time, beat) => (beat + 1 < beats.length ? [time, (time + beats[beat + 1]!) / 2] : [time])),
  ]
  return variants.map((variant) => scoreBeats(truth, variant)).reduce((a, b) => (b.fMeasure > a.fMeasure ? b : a))
}

const scoredTimes = (times: ArrayLike<Seconds>): Seconds[] => {
  const list = Array.from(times)
  list.forEach((time, beat) => {
    if (!Number.isFinite(time)) throw new Error(`beat ${beat} is at ${time}, not a finite time`)
    if (beat > 0 && time < list[beat - 1]!)
      throw new Error(`beat ${beat} at ${time} s comes before the one ahead of it`)
  })
  return list.filter((time) => time >= UNSCORED_SECONDS)
}

const countMatches = (expected: readonly Seconds[], found: readonly Seconds[]): number => {
  let [hits, truth, estimate] = [0, 0, 0]
  while (truth < expected.length && estimate < found.length) {
    const distance = found[estimate]! - expected[truth]!
    if (Math.abs(distance) <= BEAT_TOLERANCE_SECONDS) {
      hits++
      truth++
      estimate++
    } else if (distance < 0) estimate++
    else truth++
  }
  return hits
}
