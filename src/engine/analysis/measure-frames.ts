import type { MonoAudio } from '../../core/audio/audio.ts'
import type { AudioFrames, SpectralFrames } from '../../core/features/track-frames.ts'
import type { HearableAudio } from '../../core/tags/mel-windows.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'

type Measured<Heard> = { readonly frames: Promise<AudioFrames>; readonly heard: Promise<Heard> }

/**
 * Measures frames and has their mel bands heard: both begin with the one transform that they share. Hearing comes
 * before the pitches, since its thread waits for the process of the network while others use the time.
 */
export const measureFrames = <Heard>(
  pool: TaskRunner,
  mono: MonoAudio,
  { listen, ...options }: { readonly listen: (audio: HearableAudio) => Promise<Heard>; readonly signal?: AbortSignal },
): Measured<Heard> => {
  const spectra: Promise<SpectralFrames> = pool.run('measureSpectra', mono, options)
  const heard = spectra.then(({ heardMel }) => listen({ ...mono, mel: heardMel }))
  const frames = spectra.then(async (measured) => ({
    ...measured,
    ...(await pool.run('measurePitches', mono, options)),
  }))
  return { frames, heard }
}
