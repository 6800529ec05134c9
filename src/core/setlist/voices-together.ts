/**
 * @file Where the voices of two tracks sound at once while one lies over the other.
 * Method: beat by beat of the track that goes out, what is heard in the middle of it in both.
 * Conventions: spans in beats of their own track.
 */
import type { Span } from '../labels/span.ts'
import type { MixProfile } from './mix-profile.ts'

type Voiced = Pick<MixProfile, 'voice'>
type Window = { readonly from: Span; readonly to: Span }

export type VoicesTogether = {
  /** Share of the window, 0 to 1, in which both sound. */
  readonly share: number
  /** From the first beat of the track that goes out in which both sound to the end of the last one; null where there is none. */
  readonly span: Span | null
}

/** @returns null where the voice of one is not known */
export const voicesTogether = (one: Voiced, other: Voiced, { from, to }: Window): VoicesTogether | null => {
  if (one.voice === null || other.voice === null) return null
  const beats = Math.max(1, Math.round(from.endBeat - from.startBeat))
  const ratio = (to.endBeat - to.startBeat) / beats
  let [count, first, last] = [0, -1, -1]
  for (let beat = 0; beat < beats; beat++) {
    if (one.voice[Math.floor(from.startBeat + beat)] !== 1) continue
    if (other.voice[Math.floor(to.startBeat + (beat + 0.5) * ratio)] !== 1) continue
    count++
    if (first < 0) first = beat
    last = beat
  }
  return {
    share: count / beats,
    span: first < 0 ? null : { startBeat: from.startBeat + first, endBeat: from.startBeat + last + 1 },
  }
}
