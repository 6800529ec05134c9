/**
 * @file Stretches of a track at another tempo than the rest: windows of 12 s where another tempo explains the onsets far better,
 * at least three in a row that agree on it, and where all three frequency groups follow it (a loop or delay that runs across the beat
 * stays in its own group; hats and kick go on). Thresholds from the corpus, decision 0002: one true change found, none invented.
 * Conventions: frames as in onset-strength.ts; regions are half-open, in rising order, and do not overlap.
 */
import { type FrameRange, foldOnsets } from './beat-phase.ts'
import type { OnsetStrength } from './onset-strength.ts'
import { type TempoSpectrum, tempoSalience, tempoSpectrum } from './tempo-candidates.ts'

const WINDOW_SECONDS = 12
const HOP_SECONDS = 4
/** Spectrum of a window: 172 frames/s · 12 s, tenfold zero-padded. */
const WINDOW_SPECTRUM_SIZE = 2 ** 15
const TEMPO_RATIO_STEP = 1.0025
/** Tempi within 1.5 % of these ratios to the track's do not count as another tempo: they are the same, or 4:3 and 3:4 misreadings. */
const RELATED_RATIOS = [1, 3 / 4, 4 / 3] as const
const RELATED_TOLERANCE = 0.015
const MIN_ADVANTAGE = 2
const MIN_WINDOWS = 3
const AGREEMENT = 0.01
const MIN_CONTRAST_ADVANTAGE = 1.3

export type TempoRegion = FrameRange & { readonly beatHertz: number }

/** A window, and what its onsets follow far better than the track's tempo; null where that is nothing. */
export type WindowTempo = FrameRange & { readonly beatHertz: number | null }

/** Tempi within half an octave of the track's that sound instead of it, window by window. */
export const otherTempi = (onsets: OnsetStrength, signal: Float32Array, beatHertz: number): readonly WindowTempo[] => {
  const windowFrames = Math.round(WINDOW_SECONDS * onsets.framesPerSecond)
  const hopFrames = Math.round(HOP_SECONDS * onsets.framesPerSecond)
  const windows: WindowTempo[] = []
  for (let firstFrame = 0; firstFrame + windowFrames <= onsets.frames; firstFrame += hopFrames) {
    const endFrame = firstFrame + windowFrames
    const spectrum = tempoSpectrum(signal.subarray(firstFrame, endFrame), onsets.framesPerSecond, WINDOW_SPECTRUM_SIZE)
    windows.push({ firstFrame, endFrame, beatHertz: otherTempo(spectrum, beatHertz) })
  }
  return windows
}

/** @returns regions with their rough tempo, within half an octave of the track's; empty for almost all tracks. */
export const findTempoRegions = (
  onsets: OnsetStrength,
  windows: readonly WindowTempo[],
  beatHertz: number,
): TempoRegion[] =>
  agreeingRuns(windows).flatMap((run) => {
    const middle = run[run.length >> 1]!.beatHertz!
    const inner = { firstFrame: run[0]!.firstFrame, endFrame: run.at(-1)!.endFrame }
    return isFollowedByAllGroups(onsets, inner, { beatHertz: middle, rival: beatHertz })
      ? [{ ...inner, beatHertz: middle }]
      : []
  })

const otherTempo = (spectrum: TempoSpectrum, beatHertz: number): number | null => {
  const own = Math.max(1, tempoSalience(spectrum, beatHertz * 60))
  let best: number | null = null
  let highest = MIN_ADVANTAGE * own
  for (let ratio = Math.SQRT1_2; ratio < Math.SQRT2; ratio *= TEMPO_RATIO_STEP) {
    if (RELATED_RATIOS.some((related) => Math.abs(ratio / related - 1) < RELATED_TOLERANCE)) continue
    const salience = tempoSalience(spectrum, beatHertz * ratio * 60)
    if (salience > highest) {
      highest = salience
      best = beatHertz * ratio
    }
  }
  return best
}

const agreeingRuns = (windows: readonly WindowTempo[]): WindowTempo[][] => {
  const runs: WindowTempo[][] = []
  let run: WindowTempo[] = []
  for (const window of [...windows, { firstFrame: 0, endFrame: 0, beatHertz: null }]) {
    const last = run.at(-1)?.beatHertz
    const agrees = last != null && window.beatHertz !== null && Math.abs(window.beatHertz / last - 1) < AGREEMENT
    if (!agrees) {
      if (run.length >= MIN_WINDOWS) runs.push(run)
      run = []
    }
    if (window.beatHertz !== null) run.push(window)
  }
  return runs
}

const isFollowedByAllGroups = (
  onsets: OnsetStrength,
  range: FrameRange,
  tempi: { readonly beatHertz: number; readonly rival: number },
): boolean => {
  const peaks = sharpestPeaks(onsets, range, tempi.beatHertz)
  const rivals = sharpestPeaks(onsets, range, tempi.rival)
  return peaks.every((peak, group) => peak > MIN_CONTRAST_ADVANTAGE * rivals[group]!)
}

/** Highest value of each group's fold, at the tempo near the given one where the groups are highest together. */
const sharpestPeaks = (onsets: OnsetStrength, range: FrameRange, beatHertz: number): number[] => {
  let best: number[] = [0, 0, 0]
  for (let ratio = 1 - TUNING_REACH; ratio <= 1 + TUNING_REACH; ratio += TUNING_STEP) {
    const folded = foldOnsets(onsets, { beatHertz: beatHertz * ratio, origin: 0 }, range)
    const peaks = folded.map((histogram) => Math.max(...histogram))
    if (sum(peaks) > sum(best)) best = peaks
  }
  return best
}
const TUNING_REACH = 0.004
const TUNING_STEP = 0.0004

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
