/**
 * @file One vector per track of how it sounds and moves: the mean and the standard deviation of some columns of the feature
 * matrix over the beats, the "bag of frames" of Tzanetakis & Cook 2002 with beats for frames.
 * Columns: spectral envelope (MFCC, without the level), brightness and noisiness, dynamics within the beat, what share is
 * struck, how often and how hard, and where within the beat. Key, level and anything counted per second are left out, so that
 * the same music at another gain or tempo stays near. A grid of half or double the tempo moves it, since it is counted by beats.
 * Conventions: shape (2 · columns): all means, then all deviations, in the units of the columns. Only vectors of the same
 * `trackVectorSpecString` are comparable. Compared beside the embedding of a network, `sound-table.ts`.
 */
import { cepstrumShape } from '../features/cepstrum.ts'
import { type FeatureMatrix, placeOf, placesOf } from '../features/feature-matrix.ts'
import { columnsWithRole, featureSpecString } from '../features/feature-spec.ts'
import { loudnessShape } from '../features/loudness-shape.ts'
import { spectralShape } from '../features/spectral-shape.ts'

/** Stored vectors have their columns in this order. */
const COLUMNS = columnsWithRole('vector', [
  ...cepstrumShape.columns,
  ...spectralShape.columns,
  ...loudnessShape.columns,
])

/**
 * Beats this far below the loud ones are pauses and fades, which say nothing about the sound; onsets are sought as far
 * down (`ONSET_SHAPE`).
 */
const AUDIBLE_WITHIN_DB = 40
/** Loud means as loud as the 95th percentile of the beats. */
const LOUD_SHARE = 0.95
/** Raise it when the computation changes in a way that the columns do not show. */
const VERSION = 1

/** @returns a string that is equal for comparable vectors; the store hashes it. */
export const trackVectorSpecString = (): string =>
  JSON.stringify([VERSION, AUDIBLE_WITHIN_DB, LOUD_SHARE, COLUMNS.map(({ name }) => name), featureSpecString()])

/** Rows of the beats that are audible beside the loud ones. */
const audibleRows = ({ beats, values, columns }: FeatureMatrix, rms: number): readonly number[] => {
  const levels = Float32Array.from({ length: beats }, (_, beat) => values[beat * columns.length + rms]!)
  const least = levels.toSorted()[Math.floor(LOUD_SHARE * (beats - 1))]! - AUDIBLE_WITHIN_DB
  return [...levels.keys()].filter((beat) => levels[beat]! >= least).map((beat) => beat * columns.length)
}

/** @param features of at least one beat @returns shape (2 · columns) */
export const trackVector = (features: FeatureMatrix): Float32Array => {
  if (features.beats === 0) throw new Error('A track without beats has no vector')
  const rows = audibleRows(features, placeOf(features, 'rms', 'A track vector'))
  const places = placesOf(features, COLUMNS, 'A track vector')
  const vector = new Float32Array(2 * places.length)
  for (const [at, place] of places.entries()) {
    let [sum, squares] = [0, 0]
    for (const row of rows) sum += features.values[row + place]!
    const mean = sum / rows.length
    for (const row of rows) squares += (features.values[row + place]! - mean) ** 2
    vector[at] = mean
    vector[places.length + at] = Math.sqrt(squares / rows.length)
  }
  return vector
}
