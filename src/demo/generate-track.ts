import type { PlanarAudio } from '../core/audio/audio.ts'
import type { DrumKit } from './drum-kit.ts'
import { drumNames } from './drum-parts.ts'
import type { Genre } from './genre.ts'
import { renderTrack } from './render-track.ts'
import { loadDrumKit } from './samples.ts'
import { planTrack, type TrackPlan } from './track-plan.ts'
import { describeTruth, type TrackTruth } from './track-truth.ts'
import { encodeWav } from './wav-file.ts'

export type GeneratedTrack = {
  readonly plan: TrackPlan
  /** One plane, 44.1 kHz. */
  readonly audio: PlanarAudio
  readonly truth: TrackTruth
}

const kitOf = (plan: TrackPlan): Promise<DrumKit> => loadDrumKit(drumNames(plan))

/** The bytes of a track's WAV file, tags included. */
export const renderWav = async (plan: TrackPlan): Promise<Uint8Array<ArrayBuffer>> =>
  encodeWav(renderTrack(plan, await kitOf(plan)), plan)

/** A dance track in memory with everything that is true of it; about 2 minutes long, the same for the same arguments. */
export const generateTrack = async (seed: number, genre: Genre): Promise<GeneratedTrack> => {
  const plan = planTrack(seed, genre)
  return {
    plan,
    audio: renderTrack(plan, await kitOf(plan)),
    truth: describeTruth(plan, `${genre}-${seed}`),
  }
}
