/**
 * @file A track prepared for span and beat rows: every feature as z-score within the track, with prefix sums, so that the
 * mean, spread and slope of any window cost a few operations.
 * Conventions: window `[start, end)` in whole beats, clipped to the track; an empty window has mean 0 (the track's mean).
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import type { FeatureMatrix } from './feature-matrix.ts'
import { measurePresence, type PresenceLevels } from './presence-levels.ts'

export type TrackContext = {
  /** The columns that context rows are made of. */
  readonly matrix: FeatureMatrix
  readonly grid: Pick<BeatGrid, 'beatsPerBar' | 'firstDownbeat' | 'firstPhrase'>
  readonly beats: number
  readonly width: number
  /** Mean and standard deviation of each raw column. */
  readonly means: Float64Array
  readonly deviations: Float64Array
  /** Shape (beats + 1, width): sums of z, z² and beat · z over the beats before. */
  readonly sums: Float64Array
  readonly squares: Float64Array
  readonly moments: Float64Array
  readonly levels: PresenceLevels
  /** Columns that span rows compare to what lies around the span; the layers' levels have their own parts. */
  readonly compared: readonly number[]
  /** Columns that beat rows are made of. */
  readonly onBeats: readonly number[]
}

/** Columns whose level tells which layers sound; those a matrix lacks are left out. */
const PRESENCE_COLUMNS: readonly string[] = [
  'rms',
  'level bass',
  'level mid',
  'level high',
  'level air',
  'struck level low',
  'struck level mid',
  'struck level high',
  'onset mean kick',
  'onset mean snare',
  'onset mean hat',
  'density hat',
]

const COMPARED = /^(voice|repeat|novelty|floor|centroid|flatness|density kick|chroma change 4|tone level)/

/**
 * Columns left out of context rows: single notes, single mel bands and single sixteenths tell trees nothing that their groups
 * do not tell (corpus, grouped 5-fold: accuracy .947 with, .955 without them), and cost half the time.
 */
const LEFT_OUT = /^(chroma [A-G]#?|mel \d+|pattern .*)$/

/** A window of the network is longer than a beat: in beat rows voices blur edges (decision 0014). */
const HEARD = /^heard /

/** The matrix without the columns that context rows leave out. */
const keepContextColumns = ({ columns, beats, values }: FeatureMatrix): FeatureMatrix => {
  const kept = [...columns.keys()].filter((column) => !LEFT_OUT.test(columns[column]!))
  const picked = new Float32Array(beats * kept.length)
  for (let beat = 0; beat < beats; beat++)
    for (let index = 0; index < kept.length; index++)
      picked[beat * kept.length + index] = values[beat * columns.length + kept[index]!]!
  return { columns: kept.map((column) => columns[column]!), beats, values: picked }
}

/** A column that varies less than this part of its size is taken as constant. */
const SMALLEST_SPREAD = 1e-6

const percentile = (sorted: Float32Array, fraction: number): number =>
  sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))]!

export const prepareTrack = (whole: FeatureMatrix, grid: TrackContext['grid']): TrackContext => {
  const matrix = keepContextColumns(whole)
  const { beats, values } = matrix
  const width = matrix.columns.length
  const present = PRESENCE_COLUMNS.map((name) => matrix.columns.indexOf(name)).filter((index) => index >= 0)
  const means = new Float64Array(width)
  const deviations = new Float64Array(width)
  const lows = new Float64Array(width)
  const highs = new Float64Array(width)
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
    if (!present.includes(index)) continue
    column.sort()
    lows[index] = percentile(column, 0.05)
    highs[index] = percentile(column, 0.95)
  }
  const levels = measurePresence(matrix, present, { lows, highs })
  const compared = [...matrix.columns.keys()].filter((index) => COMPARED.test(matrix.columns[index]!))
  const onBeats = [...matrix.columns.keys()].filter((index) => !HEARD.test(matrix.columns[index]!))
  return { matrix, grid, beats, width, means, deviations, sums, squares, moments, levels, compared, onBeats }
}

const clip = (context: TrackContext, beat: number): number => Math.max(0, Math.min(context.beats, beat))

/** Mean z-score of a column over a window. */
export const windowMean = (context: TrackContext, column: number, window: readonly [number, number]): number => {
  const start = clip(context, window[0])
  const end = clip(context, window[1])
  if (end <= start) return 0
  return (context.sums[end * context.width + column]! - context.sums[start * context.width + column]!) / (end - start)
}

/** Standard deviation of a column's z-score over a window. */
export const windowDeviation = (context: TrackContext, column: number, window: readonly [number, number]): number => {
  const start = clip(context, window[0])
  const end = clip(context, window[1])
  if (end - start < 2) return 0
  const mean = windowMean(context, column, [start, end])
  const square =
    (context.squares[end * context.width + column]! - context.squares[start * context.width + column]!) / (end - start)
  return Math.sqrt(Math.max(0, square - mean * mean))
}

/** Change of a column's z-score over the whole window by its regression line. */
export const windowRise = (context: TrackContext, column: number, window: readonly [number, number]): number => {
  const start = clip(context, window[0])
  const end = clip(context, window[1])
  const count = end - start
  if (count < 2) return 0
  const sum = context.sums[end * context.width + column]! - context.sums[start * context.width + column]!
  const moment = context.moments[end * context.width + column]! - context.moments[start * context.width + column]!
  const centre = (start + end - 1) / 2
  const spread = (count * (count * count - 1)) / 12
  return ((moment - centre * sum) / spread) * count
}
