import type { DecodedAudio } from '../audio/audio.ts'
import type { BeatGrid } from '../beats/beat-grid.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { checkQuality, QUALITY_CHECKS_VERSION } from '../quality/check-quality.ts'
import type { HeardFaults } from '../quality/hear-faults.ts'
import type { TrackFacts } from '../store/analysis-store.ts'
import type { DecodeAudioInput } from './decode-audio.ts'
import type { DescribedTrack } from './describe-track.ts'
import type { TaskRunner } from './worker-pool.ts'

export type AnalyseFileInput = DecodeAudioInput & {
  /** The grid in force, edited or not; null to estimate one. */
  readonly grid: BeatGrid | null
  /** Whether the waveform is wanted too. @default false */
  readonly peaks?: boolean
}

export type FileAnalysis = {
  readonly durationSeconds: number
  readonly grid: BeatGrid
  readonly features: FeatureMatrix
  /** How it sounds as a whole, to compare it with other tracks. */
  readonly vector: Float32Array
  readonly facts: TrackFacts
  /** As `encodePeaks` writes them; null when they are not wanted. */
  readonly peaks: Uint8Array | null
}

/**
 * The whole way from a file to everything that is kept about it. Beats are sought and frames measured side by side where the
 * pool has two threads free.
 * @throws UserError of decoding or of the grid; `signal.reason` when aborted
 */
export const analyseFile = async (
  pool: TaskRunner,
  { grid: known, peaks: wantsPeaks = false, ...source }: AnalyseFileInput,
  options: { readonly signal?: AbortSignal } = {},
): Promise<FileAnalysis> => {
  const decoded = await pool.run('decodeAudio', source, options)
  const [grid, frames, heard, peaks] = await Promise.all([
    known ?? pool.run('estimateGrid', decoded.mono, options),
    pool.run('measureFrames', decoded.mono, options),
    pool.run('hearFaults', decoded.mono, options),
    wantsPeaks ? pool.run('makePeaks', decoded.mono, options) : null,
  ])
  const described = await pool.run('describeTrack', { frames, grid }, options)
  return {
    durationSeconds: decoded.durationSeconds,
    grid,
    features: described.features,
    vector: described.vector,
    facts: factsOf(decoded, { ...described, heard, grid }),
    peaks,
  }
}

type Described = DescribedTrack & { readonly heard: HeardFaults; readonly grid: BeatGrid }

const factsOf = (decoded: DecodedAudio, { key, energy: { energy, curve }, heard, grid }: Described): TrackFacts => ({
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
  quality: { version: QUALITY_CHECKS_VERSION, flags: checkQuality({ ...decoded, heard, grid, key }) },
})
