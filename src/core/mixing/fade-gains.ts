/**
 * @file How loud the bass and the rest of both tracks are while one gives way to the other.
 * Method: equal power, since two different tracks add up by power. Where the basses are swapped only one of them sounds at a time.
 * Conventions: gains of amplitudes, 0 to 1; seconds of the mix.
 */
import type { Seconds } from '../units/units.ts'
import type { Overlap } from './plan-mix.ts'

export type BandGains = { readonly bass: number; readonly rest: number }
export type FadeGains = { readonly out: BandGains; readonly into: BandGains }

/** A cut takes so long, which no one hears as a click. */
const CUT_SECONDS = 0.005

const shareOf = (seconds: Seconds, start: Seconds, end: Seconds): number =>
  Math.max(0, Math.min(1, (seconds - start) / (end - start)))
const falling = (share: number): number => (share >= 1 ? 0 : Math.cos((share * Math.PI) / 2))
const rising = (share: number): number => (share >= 1 ? 1 : Math.sin((share * Math.PI) / 2))

export const fadeGains = (overlap: Overlap, seconds: Seconds): FadeGains => {
  const { curve, startSeconds, endSeconds, bassSwapSeconds, swapSeconds } = overlap
  const start = curve === 'cut' ? endSeconds - CUT_SECONDS : startSeconds
  const rest = shareOf(seconds, start, endSeconds)
  const swapStart = bassSwapSeconds === null ? 0 : Math.min(endSeconds - swapSeconds, bassSwapSeconds - swapSeconds / 2)
  const bass =
    curve === 'bass swap' && bassSwapSeconds !== null ? shareOf(seconds, swapStart, swapStart + swapSeconds) : rest
  return {
    out: { bass: falling(bass), rest: falling(rest) },
    into: { bass: rising(bass), rest: rising(rest) },
  }
}
