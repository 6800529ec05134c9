import type { HeardPace } from '../../core/beats/heard-octave.ts'
import { mainTempo } from '../../core/beats/main-tempo.ts'
import { keyOfPeaks } from '../../core/features/key.ts'
import { checkQuality } from '../../core/quality/check-quality.ts'
import type { Recording } from '../../core/quality/duplicate-audio.ts'
import type { QualityFlag } from '../../core/quality/quality-flag.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { HearAudioInput } from '../../platform/workers/hear-audio.ts'
import type { EarsInput } from '../../platform/workers/opened-ears.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { measureFrames } from './measure-frames.ts'

export type CheckedFile = {
  readonly flags: readonly QualityFlag[]
  /** Why no network heard whether this is music; null where one did, or none was asked. */
  readonly unheard: string | null
  /** Identifies the recording among other files; null without a beat to compare it by. */
  readonly recording: Recording | null
}

const PULSELESS: readonly string[] = ['BEATS_NOT_FOUND', 'AUDIO_SILENT', 'AUDIO_TOO_SHORT']

/**
 * Finds what is wrong with a file. Unlike an analysis it takes files without a pulse and silent ones.
 * @throws UserError of decoding
 */
export const checkFile = async (
  pool: TaskRunner,
  path: string,
  { ears, ...options }: { readonly ears?: EarsInput | undefined; readonly signal?: AbortSignal } = {},
): Promise<CheckedFile> => {
  const decoded = await pool.run('decodeAudio', { path }, options)
  const beatsOrNull = pool.run('findBeats', decoded.mono, options).catch((error: unknown): null => {
    if (error instanceof UserError && PULSELESS.includes(error.code)) return null
    throw error
  })
  const measured = measureFrames(pool, decoded.mono, {
    ...options,
    listen: async (audio) => (ears ? hearFlags(pool, { audio, ears }, options) : null),
  })
  const [beats, frames, faults, hearing] = await Promise.all([
    beatsOrNull,
    measured.frames,
    pool.run('measureFaults', decoded.mono, options),
    measured.heard,
  ])
  const grid = beats && (await pool.run('placeGrid', { beats, heard: hearing?.pace }, options))
  const key = keyOfPeaks(frames.pitches, frames.tuningCents)
  const flags = [...checkQuality({ ...decoded, faults, grid, key }), ...(hearing?.flags ?? [])]
  const unheard = hearing?.unheard ?? null
  if (grid === null) return { flags, unheard, recording: null }
  const { energy } = await pool.run('describeTrack', { frames, grid }, options)
  const recording = {
    file: path,
    durationSeconds: decoded.durationSeconds,
    tempoBpm: mainTempo(grid),
    energyCurve: energy.curve,
    onsets: faults.onsets,
  }
  return { flags, unheard, recording }
}

/** A file that no network can hear is still checked for everything else. */
const hearFlags = async (
  pool: TaskRunner,
  input: HearAudioInput,
  options: { readonly signal?: AbortSignal },
): Promise<Pick<CheckedFile, 'flags' | 'unheard'> & { readonly pace: HeardPace | null }> => {
  try {
    const { flags, levels } = await pool.run('hearAudio', input, options)
    return { flags, unheard: null, pace: levels?.pace ?? null }
  } catch (error) {
    options.signal?.throwIfAborted()
    return { flags: [], unheard: (error as Error).message, pace: null }
  }
}
