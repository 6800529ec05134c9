/**
 * @file How much later or earlier the beats of another program lie than ours: decoders of MP3 and AAC disagree by up to 60 ms about
 * where the audio begins. Measured as the median distance of their beats to the nearest of ours, taken only where the distances agree.
 * Conventions: seconds to add to a time of the other program to get one of ours.
 */
import { type BeatGrid, beatsToSeconds, secondsToBeats } from '../../beats/beat-grid.ts'
import type { Seconds } from '../../units/units.ts'

/** Distances that are this small change nothing that anyone hears; larger ones are no matter of decoders. */
const LEAST_SECONDS = 0.004
const MOST_SECONDS = 0.06
/** Where the middle half of the distances spreads wider, the two grids differ in more than their start. */
const MOST_SPREAD_SECONDS = 0.005
const LEAST_BEATS = 16

export type ImportOffset = {
  /** Median of the distances. */
  readonly seconds: Seconds
  /** Between the quartiles of the distances. */
  readonly spreadSeconds: Seconds
  /** Whether it is to be added: it is neither too small to matter nor too large or unsure to be one. */
  readonly isApplied: boolean
}

const quantile = (sorted: readonly number[], share: number): number => {
  const at = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!]
  return low + (high - low) * (at - Math.floor(at))
}

/** @param times beats of the other program @returns null where there are too few of them within the track */
export const measureImportOffset = (times: readonly Seconds[], grid: BeatGrid): ImportOffset | null => {
  const distances = times
    .flatMap((time) => {
      const beat = Math.round(secondsToBeats(grid, time))
      return beat >= 0 && beat < grid.beatCount ? [beatsToSeconds(grid, beat) - time] : []
    })
    .sort((a, b) => a - b)
  if (distances.length < LEAST_BEATS) return null
  const seconds = quantile(distances, 0.5)
  const spreadSeconds = quantile(distances, 0.75) - quantile(distances, 0.25)
  const size = Math.abs(seconds)
  return {
    seconds,
    spreadSeconds,
    isApplied: size >= LEAST_SECONDS && size <= MOST_SECONDS && spreadSeconds < MOST_SPREAD_SECONDS,
  }
}

const WITH_AN_OFFSET = /\.(?:mp3|m4a|mp4|aac|m4b)$/i

/** Whether decoders disagree about where the audio of such a file begins. */
export const mayHaveOffset = (path: string): boolean => WITH_AN_OFFSET.test(path)
