import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { type EnergyEstimate, estimateEnergy } from '../../core/features/energy.ts'
import { featuresOfFrames } from '../../core/features/extract-features.ts'
import type { FeatureMatrix } from '../../core/features/feature-matrix.ts'
import { type KeyEstimate, keyOfPeaks } from '../../core/features/key.ts'
import { type AudioFrames, alignFrames } from '../../core/features/track-frames.ts'
import { trackVector } from '../../core/similarity/track-vector.ts'
import { areFinite } from '../../core/support/are-finite.ts'
import type { TaskContext } from './task-context.ts'

export type DescribeTrackInput = {
  readonly frames: AudioFrames
  readonly grid: BeatGrid
}

export type DescribedTrack = {
  /** Without the features that a network hears. */
  readonly features: FeatureMatrix
  /** As in `TrackFrames`. */
  readonly beatFrames: Float64Array
  readonly key: KeyEstimate | null
  readonly energy: EnergyEstimate
  /** As `trackVector` makes it. */
  readonly vector: Float32Array
}

export const describeTrack = async (
  { frames, grid }: DescribeTrackInput,
  { signal }: TaskContext<never>,
): Promise<DescribedTrack> => {
  const track = alignFrames(frames, grid)
  const features = featuresOfFrames(track, { signal })
  // A value that is not finite would be stored and spoil every model trained on it.
  if (!areFinite(features.values)) throw new Error('The features are not all finite')
  return {
    features,
    beatFrames: track.beatFrames,
    key: keyOfPeaks(frames.pitches, frames.tuningCents),
    energy: estimateEnergy(features, grid),
    vector: trackVector(features),
  }
}
