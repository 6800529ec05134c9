import type { Column } from './column.ts'
import type { TrackFrames } from './track-frames.ts'

/** Columns that are computed together, by a pure function of the track's frames. */
export type FeatureExtractor = {
  readonly columns: readonly Column[]
  /** What the values depend on besides the frames; it is part of the feature specification. */
  readonly parameters: Readonly<Record<string, number | readonly number[]>>
  /** @returns shape (beats, columns.length), row-major, finite. */
  readonly extract: (track: TrackFrames) => Float32Array
}
