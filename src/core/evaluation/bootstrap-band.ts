/**
 * @file How far a figure might lie from the measured one if other, similar tracks had been labelled.
 * Method: percentile bootstrap over groups (tracks) rather than samples, because sections of one track are not independent
 * (Efron & Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13; Field & Welsh, JRSS B 69(3), 2007, for clusters).
 * Conventions: seeded; the band is widened where needed so that it contains the figure of the whole sample.
 */
import { createRandom } from '../support/random.ts'

export type Band = { readonly low: number; readonly high: number }

/** Resamples; with more of them the ends of a 90 % band move by less than a third of a point. */
const RESAMPLES = 500

/** @param measure of the groups chosen (with repeats), by index */
export const bootstrapBand = (
  groupCount: number,
  measure: (groups: readonly number[]) => number,
  { seed, level = 0.9 }: { readonly seed: number; readonly level?: number },
): Band => {
  const whole = measure(Array.from({ length: groupCount }, (_, group) => group))
  if (groupCount < 2) return { low: whole, high: whole }
  const random = createRandom(seed)
  const figures = Float64Array.from({ length: RESAMPLES }, () =>
    measure(Array.from({ length: groupCount }, () => Math.floor(random() * groupCount))),
  ).sort()
  const at = (share: number): number => figures[Math.round(share * (RESAMPLES - 1))]!
  return { low: Math.min(whole, at((1 - level) / 2)), high: Math.max(whole, at((1 + level) / 2)) }
}
