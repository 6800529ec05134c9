import type { DecodedAudio } from '../audio/audio.ts'
import type { BeatGrid } from '../beats/beat-grid.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { checkQuality, QUALITY_CHECKS_VERSION } from '../quality/check-quality.ts'
import type { HeardFaults } from '../quality/hear-faults.ts'
import type { TrackFacts } from '../store/analysis-store.ts'
import type { DecodeAudioInput } from './decode-audio.ts'
import type { DescribedTrack } from './describe-track.ts'
import type { EarsInput, HearAudioInput, HeardAudio } from './hear-audio.ts'
import type { TaskRunner } from './worker-pool.ts'

export type AnalyseFileInput = DecodeAudioInput & {
  /** The grid in force, edited or not; null to estimate one. */
  readonly grid: BeatGrid | null
  /** Whether the waveform is wanted too. @default false */
  readonly peaks?: boolean
  /** The network that hears tags; nothing is heard where left out. */
  readonly ears?: EarsInput | undefined
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
  /** Null where no network was asked, or it failed: then a warning says so. */
  readonly hearing: HeardAudio | null
}

/**
 * The whole way from a file to everything that is kept about it. Beats are sought and frames measured side by side where the
 * pool has two threads free.
 * @throws UserError of decoding or of the grid; `signal.reason` when aborted
 */
export const analyseFile = async (
  pool: TaskRunner,
  { grid: known, peaks: wantsPeaks = false, ears, ...source }: AnalyseFileInput,
  options: { readonly signal?: AbortSignal } = {},
): Promise<FileAnalysis> => {
  const decoded = await pool.run('decodeAudio', source, options)
  const { mono } = decoded
  const [grid, frames, heard, peaks, hearing] = await Promise.all([
    known ?? pool.run('estimateGrid', mono, options),
    pool.run('measureFrames', mono, options),
    pool.run('hearFaults', mono, options),
    wantsPeaks ? pool.run('makePeaks', mono, options) : null,
    ears ? hear(pool, { mono, ears }, options) : null,
  ])
  const described = await pool.run('describeTrack', { frames, grid }, options)
  const warnings = [...decoded.warnings, ...(hearing !== null && 'warning' in hearing ? [hearing.warning] : [])]
  return {
    durationSeconds: decoded.durationSeconds,
    grid,
    features: described.features,
    vector: described.vector,
    facts: factsOf({ ...decoded, warnings }, { ...described, heard, grid }),
    peaks,
    hearing: hearing !== null && 'embedding' in hearing ? hearing : null,
  }
}

/** Tags are welcome, but a track without them is still a track. */
const hear = (
  pool: TaskRunner,
  input: HearAudioInput,
  options: { readonly signal?: AbortSignal },
): Promise<HeardAudio | { readonly warning: string }> =>
  pool.run('hearAudio', input, options).catch((error: Error) => {
    options.signal?.throwIfAborted()
    return { warning: `No tags were heard: ${error.message}` }
  })

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
