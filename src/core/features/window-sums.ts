/**
 * @file Columns as z-scores within the track, with prefix sums, so that the mean, spread and slope of any window cost a few operations.
 * Conventions: window `[start, end)` in whole beats, clipped to the track; an empty window has mean 0 (the track's mean).
 */
import type { FeatureMatrix } from './feature-matrix.ts'

export type WindowSums = {
  readonly beats: number
  readonly width: number
  /** Mean and standard deviation of each raw column. */
  readonly means: Float64Array
  readonly deviations: Float64Array
  /** Shape (beats + 1, width): sums of z, z² and beat · z over the beats before. */
  readonly sums: Float64Array
  readonly squares: Float64Array
  readonly moments: Float64Array
}

/** A column that varies by less than this share of its size counts as constant. */
const SMALLEST_SPREAD = 1e-6

export const sumWindows = ({ columns, beats, values }: FeatureMatrix): WindowSums => {
  const width = columns.length
  const means = new Float64Array(width)
  const deviations = new Float64Array(width)
  const sums = new Float64Array((beats + 1) * width)
  const squares = new Float64Array((beats + 1) * width)
  const moments = new Float64Array((beats + 1) * width)
  const column = new Float32Array(beats)
  for (let index = 0; index < width; index++) {
    let sum = 0
    for (let beat = 0; beat < beats; beat++) sum += column[beat] = values[beat * width + index]!
    const mean = beats === 0 ? 0 : sum / beats
    let spread = 0
    for (let beat = 0; beat < beats; beat++) spread += (column[beat]! - mean) ** 2
    const deviation = Math.sqrt(spread / Math.max(1, beats))
    const constant = deviation <= SMALLEST_SPREAD * (1 + Math.abs(mean))
    for (let beat = 0; beat < beats; beat++) {
      const z = constant ? 0 : (column[beat]! - mean) / deviation
      const before = beat * width + index
      sums[before + width] = sums[before]! + z
      squares[before + width] = squares[before]! + z * z
      moments[before + width] = moments[before]! + beat * z
    }
    means[index] = mean
    deviations[index] = constant ? 0 : deviation
  }
  return { beats, width, means, deviations, sums, squares, moments }
}

const clip = (track: WindowSums, beat: number): number => Math.max(0, Math.min(track.beats, beat))

/** Mean z-score of a column over a window. */
export const windowMean = (track: WindowSums, column: number, window: readonly [number, number]): number => {
  const start = clip(track, window[0])
  const end = clip(track, window[1])
  if (end <= start) return 0
  return (track.sums[end * track.width + column]! - track.sums[start * track.width + column]!) / (end - start)
}

/** Standard deviation of a column's z-score over a window. */
export const windowDeviation = (track: WindowSums, column: number, window: readonly [number, number]): number => {
  const start = clip(track, window[0])
  const end = clip(track, window[1])
  if (end - start < 2) return 0
  const mean = windowMean(track, column, [start, end])
  const square =
    (track.squares[end * track.width + column]! - track.squares[start * track.width + column]!) / (end - start)
  return Math.sqrt(Math.max(0, square - mean * mean))
}

/** Change of a column's z-score over the whole window by its regression line. */
export const windowRise = (track: WindowSums, column: number, window: readonly [number, number]): number => {
  const start = clip(track, window[0])
  const end = clip(track, window[1])
  const count = end - start
  if (count < 2) return 0
  const sum = track.sums[end * track.width + column]! - track.sums[start * track.width + column]!
  const moment = track.moments[end * track.width + column]! - track.moments[start * track.width + column]!
  const centre = (start + end - 1) / 2
  const spread = (count * (count * count - 1)) / 12
  return ((moment - centre * sum) / spread) * count
}
