/**
 * @file How much of a track's full sound is present: the level of drums, bass and other layers per beat, relative to the range
 * of the track, and how full it has been before and will be after any beat.
 * Method: the corpus's own rule for sections (full = complete kit and bass; intro before the first full section, outro after
 * the last, build before one) turned into smooth numbers, so that a learner may draw its own lines.
 * Conventions: a level is 0 at the column's 5th and 1 at its 95th percentile, clipped to −0.5 … 1.5.
 */
import { type FeatureMatrix, placesOf } from './feature-matrix.ts'
import { columnsWithRole } from './feature-spec.ts'
import type { RowColumn } from './row-column.ts'

/** Beats that a level must last to count: two bars of 4/4, so that a fill or crash is not a section. */
const LASTING_BEATS = 8
/** A window at or above this level counts as full: the corpus's rule allows 1.5 dB below the top. */
const FULL_LEVEL = 0.8

export type PresenceLevels = {
  readonly beats: number
  /** Shape (LEVELS, beats + 1): sums of the level over the beats before. */
  readonly sums: Float64Array
  /** Shape (LEVELS, beats + 1): highest mean of 8 beats that end at or before the beat; −0.5 if there is none. */
  readonly highestBefore: Float32Array
  /** Shape (LEVELS, beats + 1): highest mean of 8 beats that begin at or after the beat; −0.5 if there is none. */
  readonly highestAfter: Float32Array
  /** Shape (LEVELS, beats + 1): windows of 8 beats at full level that begin before the beat. */
  readonly fullBefore: Int32Array
  /** Means of all windows of 8 beats, rising, one array a level. */
  readonly ranked: readonly Float32Array[]
}

type LevelRange = { readonly low: number; readonly high: number }

const PRESENCE = columnsWithRole('presence')

/** The levels: one for each layer, and the fullness, which is the mean of all of them. */
export const LEVELS: readonly RowColumn[] = [...PRESENCE, { name: 'fullness', group: 'how full it sounds' }]

/** Index of the level of all layers together. */
export const FULLNESS = PRESENCE.length

const relativeLevel = (value: number, { low, high }: LevelRange): number =>
  high - low < 1e-9 ? 0.5 : Math.max(-0.5, Math.min(1.5, (value - low) / (high - low)))

const percentile = (sorted: Float32Array, fraction: number): number =>
  sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))]!

const rangeOf = ({ columns, beats, values }: FeatureMatrix, place: number): LevelRange => {
  const sorted = new Float32Array(beats)
  for (let beat = 0; beat < beats; beat++) sorted[beat] = values[beat * columns.length + place]!
  sorted.sort()
  return { low: percentile(sorted, 0.05), high: percentile(sorted, 0.95) }
}

/** @throws Error for a matrix that lacks a layer */
export const measurePresence = (matrix: FeatureMatrix): PresenceLevels => {
  const { beats, values } = matrix
  const width = matrix.columns.length
  const places = placesOf(matrix, PRESENCE, 'Presence')
  const ranges = places.map((place) => rangeOf(matrix, place))
  const stride = beats + 1
  const sums = new Float64Array(LEVELS.length * stride)
  const highestBefore = new Float32Array(LEVELS.length * stride).fill(-0.5)
  const highestAfter = new Float32Array(LEVELS.length * stride).fill(-0.5)
  const fullBefore = new Int32Array(LEVELS.length * stride)
  const ranked: Float32Array[] = []
  for (let beat = 0; beat < beats; beat++) {
    let all = 0
    for (let layer = 0; layer < places.length; layer++) {
      const level = relativeLevel(values[beat * width + places[layer]!]!, ranges[layer]!)
      sums[layer * stride + beat + 1] = sums[layer * stride + beat]! + level
      all += level / places.length
    }
    const last = FULLNESS * stride
    sums[last + beat + 1] = sums[last + beat]! + all
  }
  const window = Math.max(1, Math.min(LASTING_BEATS, beats))
  for (let layer = 0; layer < LEVELS.length; layer++) {
    const base = layer * stride
    const heard = new Float32Array(Math.max(0, beats - window + 1))
    for (let start = 0; start < heard.length; start++)
      heard[start] = (sums[base + start + window]! - sums[base + start]!) / window
    for (let beat = 1; beat <= beats; beat++) {
      const ended = beat - window
      highestBefore[base + beat] = Math.max(highestBefore[base + beat - 1]!, ended >= 0 ? heard[ended]! : -0.5)
      const full = beat - 1 < heard.length && heard[beat - 1]! >= FULL_LEVEL ? 1 : 0
      fullBefore[base + beat] = fullBefore[base + beat - 1]! + full
    }
    for (let beat = beats - 1; beat >= 0; beat--)
      highestAfter[base + beat] = Math.max(highestAfter[base + beat + 1]!, beat < heard.length ? heard[beat]! : -0.5)
    ranked.push(heard.sort())
  }
  return { beats, sums, highestBefore, highestAfter, fullBefore, ranked }
}

/** Mean level over a window, clipped to the track; `outside` where none of it lies in the track. */
export const meanLevel = (
  levels: PresenceLevels,
  layer: number,
  window: readonly [number, number],
  outside = 0,
): number => {
  const start = Math.max(0, window[0])
  const end = Math.min(levels.beats, window[1])
  if (end <= start) return outside
  const base = layer * (levels.beats + 1)
  return (levels.sums[base + end]! - levels.sums[base + start]!) / (end - start)
}

/** Share of the track's windows of 8 beats that are below a level. */
export const levelRank = (levels: PresenceLevels, layer: number, level: number): number => {
  const heard = levels.ranked[layer]!
  let low = 0
  let high = heard.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (heard[middle]! < level) low = middle + 1
    else high = middle
  }
  return heard.length === 0 ? 0.5 : low / heard.length
}
