/**
 * @file Evidence for the number of beats in a bar: how well sounds repeat after so many beats, and how much of what changes from beat
 * to beat a cycle of that length explains; onsets, levels and harmony apart. Sounds repeat less the later, and in a busy band little
 * of them has bars at all, so it also counts how far whole bars stand out from a beat sooner or later, against the other metres.
 * Conventions: one vector per metre of `METRES`; correlations −1 to 1.
 */
import { type BeatTable, explainedByCycle, repetitionAfter } from './beat-tables.ts'

/** Two beats stand for 6/8 and 12/8: a bar of two dotted quarters. */
export const METRES = [2, 3, 4, 5, 7] as const
export type Metre = (typeof METRES)[number]
const LAGS = 16

/** @param signals what sounds on each beat @param thirds how well onsets repeat after a third and two thirds of a beat */
export const metreFeatures = (
  signals: readonly BeatTable[],
  thirds: readonly [number, number],
  octaves: number,
): Float64Array[] => {
  const repeats = signals.map((rows) => Array.from({ length: LAGS + 1 }, (_, lag) => repetitionAfter(rows, lag)))
  const standing = repeats.map((after) => {
    const bars = METRES.map((metre) => wholeBars(after, metre))
    const most = Math.max(LEAST_STANDING, ...bars)
    return bars.map((value) => Math.max(-1, value / most))
  })
  return METRES.map((metre, at) => {
    const features: number[] = []
    signals.forEach((rows, n) => {
      const after = repeats[n]!
      const usual = after.slice(1, 9).reduce((sum, value) => sum + value, 0) / 8
      features.push(after[metre]! - usual, after[2 * metre]! - usual, explainedByCycle(rows, metre), standing[n]![at]!)
    })
    for (let other = 0; other < METRES.length; other++) features.push(other === at ? 1 : 0)
    const isTwo = metre === 2 ? 1 : 0
    features.push(isTwo * thirds[0], isTwo * thirds[1], isTwo * octaves, metre === 3 ? octaves : 0)
    return Float64Array.from(features)
  })
}

/** Where nothing stands out more than this, nothing does. */
const LEAST_STANDING = 0.02

/** How much better sounds repeat after one, two … bars than a beat sooner or later, in the mean. */
const wholeBars = (after: readonly number[], metre: Metre): number => {
  let [sum, bars] = [0, 0]
  for (let lag: number = metre; lag < LAGS; lag += metre) {
    sum += after[lag]! - (after[lag - 1]! + after[lag + 1]!) / 2
    bars++
  }
  return sum / bars
}
