/**
 * @file Where the voices of two tracks sound at once while one lies over the other.
 * Method: beat by beat of the track that goes out, what is heard in the middle of it in both.
 * Conventions: spans in beats of their own track.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import type { Span } from '../labels/span.ts'
import { type HeardVoice, voiceBeats } from '../tags/heard-voice.ts'

type SingingTrack = { readonly grid: BeatGrid; readonly voice: HeardVoice | null }

export type VoicesTogether = {
  /** Share of the window, 0 to 1, in which both sound. */
  readonly share: number
  /** From the first beat of the track that goes out in which both sound to the end of the last one; null where there is none. */
  readonly span: Span | null
}

/** @returns null where the voice of one is not known */
export const voicesTogether = (
  one: SingingTrack,
  other: SingingTrack,
  { from, to }: { readonly from: Span; readonly to: Span },
): VoicesTogether | null => {
  if (one.voice === null || other.voice === null) return null
  const [own, others] = [voiceBeats(one.voice, one.grid), voiceBeats(other.voice, other.grid)]
  const beats = Math.max(1, Math.round(from.endBeat - from.startBeat))
  const ratio = (to.endBeat - to.startBeat) / beats
  const both = Array.from({ length: beats }, (_, beat) => {
    const [out, into] = [from.startBeat + beat, to.startBeat + (beat + 0.5) * ratio].map(Math.floor) as [number, number]
    return own[out] === 1 && others[into] === 1
  })
  const first = both.indexOf(true)
  return {
    share: both.filter(Boolean).length / beats,
    span:
      first < 0 ? null : { startBeat: from.startBeat + first, endBeat: from.startBeat + both.lastIndexOf(true) + 1 },
  }
}
