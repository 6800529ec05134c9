/**
 * @file The onsets of each window folded over the beat, at several tempi: what the beat is followed by (`follow-beats.ts`).
 * Conventions: windows of eight beats, one every four; a histogram of square roots per frequency group, mean subtracted.
 */
import type { LinearGrid } from './beat-phase.ts'
import type { OnsetStrength } from './onset-strength.ts'

export const HOP_BEATS = 4
const WINDOW_HOPS = 2
export const BINS = 32
/** One step of tempo moves the beat by one bin from window to window. */
export const TEMPO_STEP = 1 / (BINS * HOP_BEATS)
export const GROUPS = 3

export type WindowFolds = {
  readonly windows: number
  readonly ratios: number
  /** Histogram of a window at a tempo, [group × bin], mean subtracted, unit length; shape (windows, ratios, GROUPS · BINS). */
  readonly values: Float32Array
  readonly weights: Float64Array
  readonly centres: Float64Array
}

export type FollowRange = { readonly slowest: number; readonly fastest: number }

/** One group by itself, by a function of its own: the engine compiles a loop inside a function anew for each track. */
const foldBlocks = (
  into: Float32Array,
  strength: Float32Array,
  {
    blocks,
    hopFrames,
    binsPerFrame,
  }: { readonly blocks: number; readonly hopFrames: number; readonly binsPerFrame: number },
): void => {
  for (let at = 0; at < blocks; at++) {
    const first = Math.round(at * hopFrames)
    const end = Math.min(strength.length, Math.round((at + 1) * hopFrames))
    const base = at * GROUPS * BINS
    let position = (first * binsPerFrame) % BINS
    for (let frame = first; frame < end; frame++) {
      const bin = position | 0
      const share = position - bin
      const next = bin + 1 === BINS ? 0 : bin + 1
      const value = strength[frame]!
      into[base + bin]! += value * (1 - share)
      into[base + next]! += value * share
      position += binsPerFrame
      if (position >= BINS) position -= BINS
    }
  }
}

const addBlock = (values: Float32Array, into: number, blocks: Float32Array, from: number): void => {
  for (let n = 0; n < GROUPS * BINS; n++) values[into + n]! += blocks[from + n]!
}

/** @returns folds for tempo steps slowest … fastest (in steps) */
export const foldWindows = (
  onsets: OnsetStrength,
  signal: Float32Array,
  { grid, slowest, fastest }: FollowRange & { readonly grid: LinearGrid },
): WindowFolds => {
  const { frames, framesPerSecond } = onsets
  const hopFrames = (HOP_BEATS / grid.beatHertz) * framesPerSecond
  const blocks = Math.floor(frames / hopFrames)
  const windows = Math.max(0, blocks - WINDOW_HOPS + 1)
  const ratios = fastest - slowest + 1
  const width = GROUPS * BINS
  const values = new Float32Array(windows * ratios * width)
  const centres = Float64Array.from(
    { length: windows },
    (_, window) => ((window + WINDOW_HOPS / 2) * hopFrames) / framesPerSecond,
  )
  const block = new Float32Array(blocks * width)
  const contrasts = new Float64Array(windows * ratios)
  for (let step = 0; step < ratios; step++) {
    const hertz = grid.beatHertz * (1 + (slowest + step) * TEMPO_STEP)
    const binsPerFrame = (hertz / framesPerSecond) * BINS
    block.fill(0)
    for (const [group, strength] of onsets.groups.entries())
      foldBlocks(block.subarray(group * BINS), strength, { blocks, hopFrames, binsPerFrame })
    for (let window = 0; window < windows; window++) {
      const into = (window * ratios + step) * width
      for (let part = 0; part < WINDOW_HOPS; part++) addBlock(values, into, block, (window + part) * width)
      contrasts[window * ratios + step] = subtractMeans(values, into)
    }
  }
  const strengths = strikeStrengths(signal, windows, hopFrames)
  scaleFolds(values, contrasts, strengths)
  return { windows, ratios, values, weights: weighStrikes(strengths), centres }
}

/** Subtracts the mean of each group, of square roots, so that one loud hit does not count as many; @returns what is left. */
const subtractMeans = (values: Float32Array, from: number): number => {
  let power = 0
  for (let group = 0; group < GROUPS; group++) {
    let sum = 0
    for (let bin = 0; bin < BINS; bin++) sum += values[from + group * BINS + bin]!
    const mean = Math.sqrt(sum / BINS)
    for (let bin = 0; bin < BINS; bin++) {
      const at = from + group * BINS + bin
      const value = Math.sqrt(values[at]!) - mean
      values[at] = value
      power += value * value
    }
  }
  return Math.sqrt(power)
}

/** How much strikes in each window, at whatever tempo. */
const strikeStrengths = (signal: Float32Array, windows: number, hopFrames: number): Float64Array =>
  Float64Array.from({ length: windows }, (_, window) => {
    let power = 0
    const end = Math.min(signal.length, Math.round((window + WINDOW_HOPS) * hopFrames))
    for (let frame = Math.round(window * hopFrames); frame < end; frame++) power += signal[frame]! ** 2
    return Math.sqrt(power)
  })

/** Against half of what strikes in the middle one. */
const weighStrikes = (strengths: Float64Array): Float64Array => {
  const median = quantile(strengths, 0.5)
  return strengths.map((strength) => strength / (strength + 0.5 * median + 1e-9))
}

const quantile = (values: Float64Array, share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0

/**
 * Scales folds to unit length, but a fold that is much flatter than its strikes could make it stays short: what runs at another
 * tempo is smeared, and must not look like a pattern of its own.
 */
const scaleFolds = (values: Float32Array, contrasts: Float64Array, strengths: Float64Array): void => {
  const ratios = contrasts.length / strengths.length
  const width = GROUPS * BINS
  const sharpness = contrasts.map((contrast, n) => contrast / (strengths[Math.floor(n / ratios)]! + 1e-9))
  const sharp = SHARP_SHARE * quantile(sharpness, 0.9)
  for (let n = 0; n < contrasts.length; n++) {
    const length = Math.max(contrasts[n]!, sharp * strengths[Math.floor(n / ratios)]!)
    if (length > 0) for (let at = n * width; at < (n + 1) * width; at++) values[at]! /= length
  }
}
const SHARP_SHARE = 0.75
