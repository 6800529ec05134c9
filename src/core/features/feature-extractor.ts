import type { TrackFrames } from './track-frames.ts'

/** One group of columns: a pure function of the track's frames and of what extractors before it found. */
export type FeatureExtractor = {
  readonly columns: readonly string[]
  /** What the values depend on beside the frames: part of the feature specification. */
  readonly parameters: Readonly<Record<string, number | readonly number[]>>
  /** @returns shape (beats, columns.length), row-major, finite. */
  readonly extract: (track: TrackFrames) => Float32Array
}
