import type { DecodedAudio } from '../audio/audio.ts'
import type { BeatGrid } from '../beats/beat-grid.ts'
import { estimateGrid } from '../beats/estimate-grid.ts'
import { decodeFile } from '../decoding/decode-file.ts'
import { estimateEnergy } from '../features/energy.ts'
import { featuresOfFrames } from '../features/extract-features.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { type KeyEstimate, keyOfPeaks } from '../features/key.ts'
import { measureFrames } from '../features/track-frames.ts'
import type { TrackFacts } from '../store/analysis-store.ts'
import type { TaskContext } from './task-context.ts'

export type AnalyseFileInput = {
  readonly path: string
  /** The grid in force, edited or not; null to estimate one. */
  readonly grid: BeatGrid | null
  /** Longer audio is refused; the decoder's own limit where left out. */
  readonly maxDurationSeconds?: number
}

export type FileAnalysis = {
  readonly durationSeconds: number
  readonly grid: BeatGrid
  readonly features: FeatureMatrix
  readonly facts: TrackFacts
}

/** The whole way from a file to everything that is kept about it; the audio itself never leaves the thread. */
export const analyseFile = async (
  { path, grid: known, ...limits }: AnalyseFileInput,
  { signal }: TaskContext<never>,
): Promise<FileAnalysis> => {
  const decoded = await decodeFile(path, { ...limits, signal })
  const grid = known ?? estimateGrid(decoded.mono, { signal })
  const frames = measureFrames(decoded.mono, grid, { signal })
  const features = featuresOfFrames(frames, { signal })
  // A value that is not finite would be kept, and would spoil every model that is trained on it.
  if (!features.values.every(Number.isFinite)) throw new Error(`${path}: the features are not all finite`)
  return {
    durationSeconds: decoded.durationSeconds,
    grid,
    features,
    facts: factsOf(decoded, { grid, features, key: keyOfPeaks(frames.pitches) }),
  }
}

type Heard = Pick<FileAnalysis, 'grid' | 'features'> & { readonly key: KeyEstimate | null }

const factsOf = (decoded: DecodedAudio, { grid, features, key }: Heard): TrackFacts => {
  const { energy, curve } = estimateEnergy(features, grid)
  return {
    key: key?.key ?? null,
    camelot: key?.camelot ?? null,
    tuningCents: key?.tuningCents ?? null,
    keyConfidence: key?.confidence ?? null,
    energy,
    energyCurve: curve,
    loudnessLufs: decoded.loudness.integratedLufs,
    truePeakDb: decoded.loudness.truePeakDb,
    decoder: decoded.decoder,
    warnings: decoded.warnings,
  }
}
