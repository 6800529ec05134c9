import type { BeatGrid } from '../../src/core/beats/beat-grid.ts'
import type { FeatureMatrix } from '../../src/core/features/feature-matrix.ts'
import type { TrackContext } from '../../src/core/features/track-context.ts'
import type { TrackForm } from '../../src/core/sections/track-form.ts'
import type { CorpusTrack } from '../corpus/corpus.ts'
import type { HeardBeats } from './worker.ts'

export type HeardTrack = HeardBeats & { readonly track: CorpusTrack }

export type GriddedTrack = HeardTrack & {
  readonly grid: BeatGrid
  readonly features: FeatureMatrix
  readonly context: TrackContext
  /** Of a track that is judged, by a network that does not know it. */
  readonly form: TrackForm | null
}
