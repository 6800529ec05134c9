/**
 * @file Whether two tracks hold the same recording, though one begins with a pause or lacks its first seconds: checks of whole files compare
 * lengths and moments that then are others.
 * Method: rows of features are compared beat by beat at every shift of a few seconds. The difference of a column is its mean squared
 * difference by twice its variance over both tracks: about 1 between rows that have nothing to do with each other.
 * Conventions: a beat `b` of the first track is the beat `b + shift` of the other.
 */
import type { FeatureMatrix } from '../features/feature-matrix.ts'

/** So much of the shorter track has to be in the other one, too. */
const LEAST_COMMON = 0.9
/** Columns that hardly change tell nothing. */
const LEAST_VARIANCE = 1e-9

/** @returns the mean over the columns; null where too few beats are common to both */
const differenceAt = (one: FeatureMatrix, other: FeatureMatrix, shift: number): number | null => {
  const [from, to] = [Math.max(0, -shift), Math.min(one.beats, other.beats - shift)]
  const common = to - from
  if (common < LEAST_COMMON * Math.min(one.beats, other.beats)) return null
  const width = one.columns.length
  let [sum, columns] = [0, 0]
  for (let column = 0; column < width; column++) {
    let [total, squares, apart] = [0, 0, 0]
    for (let beat = from; beat < to; beat++) {
      const a = one.values[beat * width + column]!
      const b = other.values[(beat + shift) * width + column]!
      total += a + b
      squares += a * a + b * b
      apart += (a - b) ** 2
    }
    const variance = squares / (2 * common) - (total / (2 * common)) ** 2
    if (variance <= LEAST_VARIANCE) continue
    sum += apart / common / (2 * variance)
    columns++
  }
  return columns === 0 ? null : sum / columns
}

export type BeatShift = { readonly beats: number; readonly difference: number }

/** @param most beats to either side @returns the shift at which both sound most alike; null where none leaves enough in common */
export const likestShift = (one: FeatureMatrix, other: FeatureMatrix, most: number): BeatShift | null => {
  let best: BeatShift | null = null
  for (let beats = -most; beats <= most; beats++) {
    const difference = differenceAt(one, other, beats)
    if (difference !== null && (best === null || difference < best.difference)) best = { beats, difference }
  }
  return best
}
