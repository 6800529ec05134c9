/**
 * @file A transition with what is heard around it.
 * Conventions: seconds of the mix.
 */
import { beatsToSeconds, secondsToBeats } from '../beats/beat-grid.ts'
import type { Seconds } from '../units/units.ts'
import type { Mix, MixedTrack } from './plan-mix.ts'
import { mixAt, sourceAt } from './time-map.ts'

export type MixRange = { readonly startSeconds: Seconds; readonly endSeconds: Seconds }

/** DJs listen from the phrases before a transition to those behind it. */
export const AUDITION_BARS = 8

/** From so many bars before the only transition of a mix to as many behind it, as far as there is sound. */
export const rangeAround = (mix: Mix, mixed: readonly MixedTrack[], bars: number): MixRange => {
  const { startSeconds, endSeconds } = mix.overlaps[0]!
  const barsFrom = (deck: number, seconds: number, count: number): number => {
    const [{ grid }, { map }] = [mixed[deck]!, mix.decks[deck]!]
    const beat = secondsToBeats(grid, sourceAt(map, seconds)) + count * grid.beatsPerBar
    return mixAt(map, beatsToSeconds(grid, beat))
  }
  return {
    startSeconds: Math.max(0, barsFrom(0, startSeconds, -bars)),
    endSeconds: Math.min(mix.seconds, barsFrom(1, endSeconds, bars)),
  }
}

export type MixBeat = { readonly seconds: Seconds; readonly isDownbeat: boolean }

/** The beats of the mix of two tracks: of the first to the end of the window, then of the second. */
export const mixBeats = (
  mix: Mix,
  mixed: readonly MixedTrack[],
  { startSeconds, endSeconds }: MixRange,
): readonly MixBeat[] => {
  const change = mix.overlaps[0]!.endSeconds
  return mixed.flatMap(({ grid }, deck) => {
    const { map } = mix.decks[deck]!
    const [from, to] = deck === 0 ? [startSeconds, change] : [change, endSeconds]
    const first = Math.max(0, Math.ceil(secondsToBeats(grid, sourceAt(map, from)) - 1e-6))
    const last = Math.min(grid.beatCount - 1, Math.ceil(secondsToBeats(grid, sourceAt(map, to)) - 1e-6) - 1)
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => ({
      seconds: mixAt(map, beatsToSeconds(grid, first + n)),
      isDownbeat: (first + n - grid.firstDownbeat) % grid.beatsPerBar === 0,
    }))
  })
}
