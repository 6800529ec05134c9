/** @file Where a span lies once its track has another grid: over the same time, on whole beats. */
import type { Beats } from '../units/units.ts'
import { type Anchored, type BeatGrid, beatsToSeconds, secondsToBeats } from './beat-grid.ts'

/** A half-open stretch of the track in beats; labels and sections have this form. */
type BeatRange = { readonly startBeat: Beats; readonly endBeat: Beats }

/** @returns the range on the new grid that covers the same time, on whole beats, at least one beat long. */
export const carrySpan = (span: BeatRange, from: Anchored, to: BeatGrid): { startBeat: Beats; endBeat: Beats } => {
  const carry = (beat: Beats): Beats => {
    const carried = Math.round(secondsToBeats(to, beatsToSeconds(from, beat)))
    return Math.max(0, Math.min(to.beatCount, carried))
  }
  const startBeat = Math.min(carry(span.startBeat), Math.max(0, to.beatCount - 1))
  return { startBeat, endBeat: Math.max(startBeat + 1, carry(span.endBeat)) }
}
