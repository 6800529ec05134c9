import type { BeatGrid } from '../../src/core/beats/beat-grid.ts'
import type { BeatTracking } from '../../src/core/beats/track-beats.ts'
import type { TrackContext } from '../../src/core/features/track-context.ts'
import type { CorpusTrack } from '../corpus/corpus.ts'

export type HeardTrack = { readonly track: CorpusTrack; readonly tracking: BeatTracking }

export type GriddedTrack = HeardTrack & { readonly grid: BeatGrid; readonly context: TrackContext }
