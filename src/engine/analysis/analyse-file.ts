import type { DecodedAudio } from '../../core/audio/audio.ts'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { NO_HABIT, type TempoHabit } from '../../core/beats/tempo-habit.ts'
import type { FeatureMatrix } from '../../core/features/feature-matrix.ts'
import { type HeardLevels, withHeardLevels } from '../../core/features/heard-levels.ts'
import type { AudioFrames } from '../../core/features/track-frames.ts'
import { checkQuality, QUALITY_CHECKS_VERSION } from '../../core/quality/check-quality.ts'
import type { MeasuredFaults } from '../../core/quality/checked-track.ts'
import type { TrackFacts } from '../../core/quality/track-facts.ts'
import type { HearableAudio } from '../../core/tags/mel-windows.ts'
import { SHIPPED_EARS } from '../../platform/inference/shipped-ears.ts'
import { collectGarbage } from '../../platform/workers/collect-garbage.ts'
import type { DecodeAudioInput } from '../../platform/workers/decode-audio.ts'
import type { DescribedTrack } from '../../platform/workers/describe-track.ts'
import type { HeardAudio } from '../../platform/workers/hear-audio.ts'
import type { EarsInput } from '../../platform/workers/opened-ears.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { measureFrames } from './measure-frames.ts'

export type AnalyseFileInput = DecodeAudioInput & {
  /** The grid in force, edited or not; null to estimate one. */
  readonly grid: BeatGrid | null
  /** What the person has said of tempi so far. @default nothing */
  readonly habit?: TempoHabit
  /** Whether the waveform is wanted too. @default false */
  readonly peaks?: boolean
  /** The network that hears tags; without it, none are heard. */
  readonly ears?: EarsInput | undefined
}

export type FileAnalysis = {
  readonly durationSeconds: number
  readonly grid: BeatGrid
  readonly features: FeatureMatrix
  /** Sound of the whole track, to compare it with others. */
  readonly vector: Float32Array
  readonly facts: TrackFacts
  /** As `encodePeaks` writes them; null when they are not wanted. */
  readonly peaks: Uint8Array | null
  /** Null where no network was asked, or where it failed, of which a warning tells. */
  readonly hearing: HeardAudio | null
}

/**
 * Goes the whole way from a file to everything that is kept about it. Beats are sought and frames measured side by side
 * where the pool has two threads free; the grid waits for both.
 * @throws UserError of decoding or of the grid; `signal.reason` when aborted
 */
export const analyseFile = async (
  pool: TaskRunner,
  { grid: known, habit = NO_HABIT, peaks: wantsPeaks = false, ears, ...source }: AnalyseFileInput,
  options: { readonly signal?: AbortSignal } = {},
): Promise<FileAnalysis> => {
  const decoded = await pool.run('decodeAudio', source, options)
  const { mono } = decoded
  const measured = measureFrames(pool, mono, { ...options, listen: (audio) => listen(pool, { audio, ears }, options) })
  // Which octave is the beat depends on what is heard, too.
  const estimate = async (): Promise<BeatGrid> => {
    const [beats, { levels }] = await Promise.all([pool.run('findBeats', { ...mono, habit }, options), measured.heard])
    return pool.run('placeGrid', { beats, habit, heard: levels?.pace }, options)
  }
  const grid = known === null ? estimate() : Promise.resolve(known)
  const [hearing, described, faults, peaks] = await Promise.all([
    measured.heard,
    describe(pool, { grid, frames: measured.frames }, options),
    pool.run('measureFaults', mono, options),
    wantsPeaks ? pool.run('makePeaks', mono, options) : null,
  ])
  countShared(mono.samples.byteLength)
  const { tags, levels } = hearing
  const warnings = [...decoded.warnings, ...hearing.warnings]
  return {
    durationSeconds: decoded.durationSeconds,
    grid: described.grid,
    features: withHeardLevels(described.features, levels, described),
    vector: described.vector,
    facts: factsOf({ ...decoded, warnings }, { ...described, faults }),
    peaks,
    hearing: tags,
  }
}

/** Two five-minute tracks; short ones count as this much. Their spectra are larger still. */
const COLLECT_AT_BYTES = 2 ** 26
const LEAST_BYTES = COLLECT_AT_BYTES / 8

let sharedBytes = 0

/** Has samples freed that no thread needs any more. It takes some 30 ms, hence not after every track. */
const countShared = (bytes: number): void => {
  sharedBytes += Math.max(LEAST_BYTES, bytes)
  if (sharedBytes < COLLECT_AT_BYTES) return
  sharedBytes = 0
  setImmediate(collectGarbage)
}

type Described = DescribedTrack & { readonly grid: BeatGrid }

/** Measures what needs no network. */
const describe = async (
  pool: TaskRunner,
  measured: { readonly grid: Promise<BeatGrid>; readonly frames: Promise<AudioFrames> },
  options: { readonly signal?: AbortSignal },
): Promise<Described> => {
  const [grid, frames] = await Promise.all([measured.grid, measured.frames])
  return { ...(await pool.run('describeTrack', { frames, grid }, options)), grid }
}

type Listening = {
  readonly tags: HeardAudio | null
  readonly levels: HeardLevels | null
  readonly warnings: readonly string[]
}

/**
 * A track is analysed even where no network can hear it. The shipped network is asked once, also where it hears tags as
 * well.
 */
const listen = async (
  pool: TaskRunner,
  { audio, ears }: { readonly audio: HearableAudio; readonly ears: EarsInput | undefined },
  options: { readonly signal?: AbortSignal },
): Promise<Listening> => {
  const warnings: string[] = []
  const orWarning = async <Heard>(running: Promise<Heard>, without: string): Promise<Heard | null> => {
    try {
      return await running
    } catch (error) {
      options.signal?.throwIfAborted()
      warnings.push(`${without}: ${(error as Error).message}`)
      return null
    }
  }
  const tags = ears && (await orWarning(pool.run('hearAudio', { audio, ears }, options), 'No tags were heard'))
  const isShipped = ears?.folder === SHIPPED_EARS
  const levels =
    (isShipped ? tags?.levels : null) ??
    (await orWarning(pool.run('hearLevels', audio, options), 'Sections are told without what is heard'))
  return { tags: tags ?? null, levels, warnings }
}

const factsOf = (
  decoded: DecodedAudio,
  { key, energy: { energy, curve }, faults, grid }: Described & { readonly faults: MeasuredFaults },
): TrackFacts => ({
  key: key?.key ?? null,
  camelot: key?.camelot ?? null,
  tuningCents: key?.tuningCents ?? null,
  keyConfidence: key?.confidence ?? null,
  energy,
  energyCurve: curve,
  onsets: faults.onsets,
  loudnessLufs: decoded.loudness.integratedLufs,
  truePeakDb: decoded.loudness.truePeakDb,
  decoder: decoded.decoder,
  warnings: decoded.warnings,
  quality: { version: QUALITY_CHECKS_VERSION, flags: checkQuality({ ...decoded, faults, grid, key }) },
})
