/**
 * @file From audio and beat grid to the beat-synchronous feature matrix: frames once, then one extractor after the other.
 * Conventions: raw values; row b describes beat b, `[b, b + 1)` on the grid.
 */
import type { MonoAudio } from '../audio/audio.ts'
import type { BeatGrid } from '../beats/beat-grid.ts'
import type { Progress } from '../support/progress.ts'
import type { FeatureMatrix } from './feature-matrix.ts'
import { EXTRACTORS, FEATURE_SPEC } from './feature-spec.ts'
import { type HeardLevels, withHeardLevels } from './heard-levels.ts'
import { alignFrames, measureFrames, type TrackFrames } from './track-frames.ts'

/** Writes the columns of an extractor into rows that have more. */
const placeColumns = (
  columns: Float32Array,
  width: number,
  into: { readonly values: Float32Array; readonly first: number; readonly width: number },
): void => {
  const beats = columns.length / width
  for (let beat = 0; beat < beats; beat++)
    for (let column = 0; column < width; column++)
      into.values[beat * into.width + into.first + column] = columns[beat * width + column]!
}

/** All features except those that a network hears. @param track frames measured once; their pitch peaks also serve `keyOfPeaks`. */
export const featuresOfFrames = (track: TrackFrames, options: Progress = {}): FeatureMatrix => {
  const { columns } = FEATURE_SPEC
  const values = new Float32Array(track.beats * columns.length)
  let first = 0
  for (const [index, extractor] of EXTRACTORS.entries()) {
    options.signal?.throwIfAborted()
    const width = extractor.columns.length
    placeColumns(extractor.extract(track), width, { values, first, width: columns.length })
    first += width
    options.onProgress?.(0.9 + (0.1 * (index + 1)) / EXTRACTORS.length)
  }
  return { columns, beats: track.beats, values }
}

export const extractFeatures = (
  mono: MonoAudio,
  grid: BeatGrid,
  { heard = null, ...options }: Progress & { readonly heard?: HeardLevels | null } = {},
): FeatureMatrix => {
  const track = alignFrames(measureFrames(mono, options), grid)
  return withHeardLevels(featuresOfFrames(track, options), heard, track)
}
