import type { MonoAudio } from '../audio/audio.ts'
import type { AudioFrames } from '../features/track-frames.ts'
import type { TaskRunner } from './worker-pool.ts'

/** On two threads, where two are free. */
export const measureFrames = async (
  pool: TaskRunner,
  mono: MonoAudio,
  options: { readonly signal?: AbortSignal },
): Promise<AudioFrames> => {
  const [spectra, pitches] = await Promise.all([
    pool.run('measureSpectra', mono, options),
    pool.run('measurePitches', mono, options),
  ])
  return { ...spectra, ...pitches }
}
