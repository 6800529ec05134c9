/**
 * @file Spectral peaks as pitches: local maxima of a fine power spectrum (8192 samples, bins of 2.7 Hz, which separate semitones
 * from 110 Hz up), their frequency by a parabola through the logarithms (Smith & Serra, PARSHL, 1987).
 * Conventions: pitch in semitones, MIDI numbering (69 = 440 Hz), fractional; frame t is centred on sample t · hop.
 */
import type { MonoAudio } from '../audio/audio.ts'
import { countFrames } from '../audio/framing.ts'
import { eachPowerFrame } from '../audio/spectrogram.ts'
import { nthSmallest } from '../support/nth-smallest.ts'
import type { Progress } from '../support/progress.ts'

export const PITCH_SHAPE = {
  frameSize: 8192,
  hopSamples: 4096,
  minHz: 60,
  maxHz: 4000,
  /** A peak counts if it is within this many dB of the frame's highest one; weaker ones are mostly noise and side lobes (Hann: −31 dB). */
  rangeDb: 50,
  peaksPerFrame: 48,
} as const

export type PitchPeaks = {
  readonly frames: number
  readonly framesPerSecond: number
  /** Shape (frames + 1): the peaks of frame t are `firsts[t]` … `firsts[t + 1]` − 1. */
  readonly firsts: Int32Array
  readonly semitones: Float32Array
  /** Power of the peak; a full-scale sine has 1. */
  readonly powers: Float32Array
}

export const hertzToSemitones = (hertz: number): number => 69 + 12 * Math.log2(hertz / 440)

/** Position of the maximum relative to the middle one of three equally spaced levels, in any logarithm, −0.5 to 0.5. */
export const parabolicOffset = (left: number, middle: number, right: number): number => {
  const bend = left - 2 * middle + right
  return bend < 0 ? Math.max(-0.5, Math.min(0.5, (0.5 * (left - right)) / bend)) : 0
}

type PeakRange = { readonly firstBin: number; readonly lastBin: number; readonly range: number }

/** Of a frame; `reordered` holds the heights, too, in whatever order. */
type FoundPeaks = { readonly bins: Int32Array; readonly heights: Float32Array; readonly reordered: Float32Array }

/** Writes bins and heights of a frame's peaks. A function of its own is compiled once for all tracks. @returns their number */
const collectPeaks = (
  power: Float32Array,
  { firstBin, lastBin, range }: PeakRange,
  { bins, heights, reordered }: FoundPeaks,
): number => {
  let highest = 0
  for (let bin = firstBin; bin <= lastBin; bin++) if (power[bin]! > highest) highest = power[bin]!
  const lowest = Math.max(highest * range, 1e-10)
  let found = 0
  for (let bin = firstBin; bin <= lastBin; bin++) {
    const height = power[bin]!
    if (height <= lowest) continue
    // A Hann peak is the highest of five bins; this drops most noise maxima.
    if (height <= power[bin - 1]! || height < power[bin + 1]!) continue
    if (height <= power[bin - 2]! || height < power[bin + 2]!) continue
    heights[found] = height
    reordered[found] = height
    bins[found++] = bin
  }
  return found
}

/** Writes pitches and powers of the highest peaks of a frame from place `count` on. @returns the place behind them */
const writeHighest = (
  power: Float32Array,
  { bins, heights, reordered, found }: FoundPeaks & { readonly found: number },
  { semitones, powers, binHz }: Pick<PitchPeaks, 'semitones' | 'powers'> & { readonly binHz: number },
  count: number,
): number => {
  const most = PITCH_SHAPE.peaksPerFrame
  let least = 0
  if (found > most) least = nthSmallest(reordered, found, found - most)
  const limit = count + most
  let next = count
  for (let peak = 0; peak < found && next < limit; peak++) {
    if (heights[peak]! < least) continue
    const bin = bins[peak]!
    const offset = parabolicOffset(Math.log(power[bin - 1]!), Math.log(power[bin]!), Math.log(power[bin + 1]!))
    semitones[next] = hertzToSemitones((bin + offset) * binHz)
    powers[next++] = heights[peak]!
  }
  return next
}

export const findPitchPeaks = (mono: MonoAudio, options: Progress = {}): PitchPeaks => {
  const { frameSize, hopSamples, minHz, maxHz, rangeDb, peaksPerFrame } = PITCH_SHAPE
  const binHz = mono.sampleRate / frameSize
  const frames = countFrames(mono.samples.length, hopSamples)
  const firstBin = Math.max(2, Math.ceil(minHz / binHz))
  const lastBin = Math.min((frameSize >> 1) - 2, Math.floor(maxHz / binHz))
  const range = 10 ** (-rangeDb / 10)
  const semitones = new Float32Array(frames * peaksPerFrame)
  const powers = new Float32Array(frames * peaksPerFrame)
  const firsts = new Int32Array(frames + 1)
  const bins = new Int32Array(lastBin)
  const heights = new Float32Array(lastBin)
  const reordered = new Float32Array(lastBin)
  let count = 0
  eachPowerFrame(mono, { frameSize, hopSamples, ...options }, (power, frame) => {
    const found = collectPeaks(power, { firstBin, lastBin, range }, { bins, heights, reordered })
    count = writeHighest(power, { bins, heights, reordered, found }, { semitones, powers, binHz }, count)
    firsts[frame + 1] = count
  })
  return {
    frames,
    framesPerSecond: mono.sampleRate / hopSamples,
    firsts,
    semitones: semitones.subarray(0, count),
    powers: powers.subarray(0, count),
  }
}
