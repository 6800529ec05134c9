import { type BeatGrid, beatsToSeconds } from '../beats/beat-grid.ts'
import type { Seconds } from '../units/units.ts'
import type { EarsCard } from './ears-card.ts'
import { type HeardWindows, rowsIn } from './heard-windows.ts'

/** Where in a recording a voice sings or speaks over music. */
export type HeardVoice = Pick<HeardWindows, 'count' | 'seconds'> & {
  /** Shape (count), 1 where a voice is heard. */
  readonly windows: Uint8Array
}

/** The names that listeners gave a voice in the collections that the networks learnt from. */
const VOICE_TAGS: ReadonlySet<string> = new Set([
  ...['vocal', 'vocals', 'voice', 'singing', 'female vocalists', 'male vocalists'],
  ...['female vocal', 'female voice', 'male vocal', 'male voice'],
])

/** A voice is heard where at least half of its tags are. @returns null where the network has no measured tag for it */
export const heardVoice = (heard: HeardWindows, { tags }: Pick<EarsCard, 'tags'>): HeardVoice | null => {
  const known = tags.flatMap(({ name, threshold }, at) =>
    VOICE_TAGS.has(name) && threshold !== null ? [{ at, threshold }] : [],
  )
  if (known.length === 0) return null
  const windows = Uint8Array.from({ length: heard.count }, (_, row) => {
    const reached = known.filter(({ at, threshold }) => heard.tags[row * tags.length + at]! >= threshold)
    return Number(2 * reached.length >= known.length)
  })
  return { count: heard.count, seconds: heard.seconds, windows }
}

/** Share of the windows with a voice, 0 to 1, in a stretch or in all; 0 where there are none. */
export const voiceShare = (
  { windows, ...heard }: HeardVoice,
  stretch?: readonly [start: Seconds, end: Seconds],
): number => {
  const [first, end] = rowsIn(heard, stretch)
  return end === first ? 0 : windows.subarray(first, end).reduce((sum, one) => sum + one, 0) / (end - first)
}

const beatsOf = ({ windows, count, seconds }: HeardVoice, grid: BeatGrid): readonly number[] =>
  Array.from({ length: grid.beatCount }, (_, beat) => {
    const window = Math.floor(beatsToSeconds(grid, beat + 0.5) / seconds)
    return windows[Math.min(count - 1, Math.max(0, window))] ?? 0
  })

const known = new WeakMap<HeardVoice, { readonly grid: BeatGrid; readonly beats: readonly number[] }>()

/** For each beat of a grid, 1 where a voice is heard in its middle, else 0. */
export const voiceBeats = (voice: HeardVoice, grid: BeatGrid): readonly number[] => {
  const before = known.get(voice)
  // Many windows of a track are asked for one after the other.
  if (before?.grid === grid) return before.beats
  const beats = beatsOf(voice, grid)
  known.set(voice, { grid, beats })
  return beats
}

/** The stretches in which a voice is heard, in order. */
export const voiceSpans = ({
  windows,
  count,
  seconds,
}: HeardVoice): readonly (readonly [start: Seconds, end: Seconds])[] => {
  const spans: [Seconds, Seconds][] = []
  for (let at = 0; at < count; at++) {
    if (windows[at] !== 1) continue
    const last = spans.at(-1)
    if (last?.[1] === at * seconds) last[1] = (at + 1) * seconds
    else spans.push([at * seconds, (at + 1) * seconds])
  }
  return spans
}
