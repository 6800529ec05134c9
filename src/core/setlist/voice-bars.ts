/**
 * @file In which bars of an end of a track a voice is heard, as bits, so that many pairs can be asked whether two voices meet.
 * Conventions: bit 0 is the bar at which both tracks meet: the first one of a blend, the last one before two drops.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import type { Span } from '../labels/span.ts'
import { type HeardVoice, voiceBeats } from '../tags/heard-voice.ts'
import { lengthInBars, MOST_BARS } from './mix-sides.ts'

/** A bar has a voice where half of its beats have. */
const HALF = 0.5

/** @param fromEnd whether the ends of both stretches meet */
export const voiceBarsOf = (voice: HeardVoice, grid: BeatGrid, span: Span, fromEnd: boolean): number => {
  const beats = voiceBeats(voice, grid)
  const { beatsPerBar } = grid
  const bars = Math.min(MOST_BARS, lengthInBars(grid, span))
  let bits = 0
  for (let bar = 0; bar < bars; bar++) {
    const first = fromEnd ? span.endBeat - (bar + 1) * beatsPerBar : span.startBeat + bar * beatsPerBar
    const heard = beats.slice(first, first + beatsPerBar).reduce((sum, one) => sum + one, 0)
    if (heard >= HALF * beatsPerBar) bits |= 1 << bar
  }
  return bits >>> 0
}

/** Share of so many bars from where both meet in which both have a voice. */
export const sharedVoiceBars = (one: number, other: number, bars: number): number => {
  let bits = (one & other) >>> 0
  if (bars < MOST_BARS) bits &= (1 << bars) - 1
  let count = 0
  for (let left = bits >>> 0; left > 0; left = (left & (left - 1)) >>> 0) count++
  return count / bars
}
