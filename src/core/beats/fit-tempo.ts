/**
 * @file Exact tempo and offset by robust regression. In windows of 16 beats the local onset histogram is compared with the whole
 * track's; the lag says how early or late the beats are there, and a weighted line through the lags corrects period and origin.
 * (Users of beat trackers do such a regression by hand: CPJKU/beat_this issue 13.) Residuals show tempo changes.
 */
import { foldOnsets, type LinearGrid, PHASE_BINS, withEnds } from './beat-phase.ts'
import type { OnsetStrength } from './onset-strength.ts'

const WINDOW_BEATS = 16
/** Lags reach an eighth of a beat: beyond that lies the neighbouring sixteenth note. */
const MAX_LAG_BINS = PHASE_BINS / 8
const PASSES = 3
/** Points beyond this many times the median residual are left out (breaks, fills). */
const OUTLIER_FACTOR = 3

type LocalLag = {
  /** Middle of the window, in beats. */
  readonly beat: number
  /** How much later than the grid the onsets come, in beats. */
  readonly lag: number
  /** 0 where nothing periodic sounds. */
  readonly weight: number
}

/** @returns one lag per window of 16 beats, windows overlapping by half. */
const localLags = (onsets: OnsetStrength, grid: LinearGrid): LocalLag[] => {
  const template = foldOnsets(onsets, grid)
  const framesPerBeat = onsets.framesPerSecond / grid.beatHertz
  const windowFrames = Math.min(onsets.frames, Math.round(WINDOW_BEATS * framesPerBeat))
  const lags: LocalLag[] = []
  for (let first = 0; first + windowFrames <= onsets.frames; first += Math.max(1, windowFrames >> 1)) {
    const local = foldOnsets(onsets, grid, { firstFrame: first, endFrame: first + windowFrames })
    const { lag, contrast } = bestLag(template, local)
    const middleSeconds = (first + windowFrames / 2) / onsets.framesPerSecond
    lags.push({ beat: (middleSeconds - grid.origin) * grid.beatHertz, lag, weight: contrast })
  }
  return lags
}

/** @param around as long as the template and all lags to either side */
const addProducts = (products: Float64Array, template: Float64Array, around: Float64Array): void => {
  for (let lag = 0; lag < products.length; lag++) {
    let product = products[lag]!
    for (let bin = 0; bin < template.length; bin++) product += (template[bin]! - 1) * around[bin + lag]!
    products[lag] = product
  }
}

const bestLag = (
  template: readonly Float64Array[],
  local: readonly Float64Array[],
): { readonly lag: number; readonly contrast: number } => {
  const products = new Float64Array(2 * MAX_LAG_BINS + 1)
  for (const [group, histogram] of local.entries())
    addProducts(products, template[group]!, withEnds(histogram, MAX_LAG_BINS))
  let top = 0
  for (let n = 1; n < products.length; n++) if (products[n]! > products[top]!) top = n
  if (top === 0 || top === products.length - 1) return { lag: 0, contrast: 0 }
  const curvature = products[top - 1]! - 2 * products[top]! + products[top + 1]!
  const fine = curvature < 0 ? top + (0.5 * (products[top - 1]! - products[top + 1]!)) / curvature : top
  return { lag: (fine - MAX_LAG_BINS) / PHASE_BINS, contrast: Math.max(0, products[top]!) }
}

type Line = { readonly slope: number; readonly offset: number }

/** Weighted least squares, repeated twice without the outliers; null with fewer than two usable points. */
const robustLine = (points: readonly LocalLag[]): Line | null => {
  let used = points.filter((point) => point.weight > 0)
  let line: Line | null = null
  for (let pass = 0; pass < PASSES; pass++) {
    line = weightedLine(used)
    if (line === null) return null
    const { slope, offset } = line
    const residuals = used.map((point) => Math.abs(point.lag - offset - slope * point.beat))
    const median = [...residuals].sort((a, b) => a - b)[residuals.length >> 1]!
    used = used.filter((_, n) => residuals[n]! <= OUTLIER_FACTOR * median + 1e-6)
  }
  return line
}

const weightedLine = (points: readonly LocalLag[]): Line | null => {
  let [weight, meanBeat, meanLag] = [0, 0, 0]
  for (const point of points) {
    weight += point.weight
    meanBeat += point.weight * point.beat
    meanLag += point.weight * point.lag
  }
  if (points.length < 2 || weight === 0) return null
  meanBeat /= weight
  meanLag /= weight
  let [spread, product] = [0, 0]
  for (const point of points) {
    spread += point.weight * (point.beat - meanBeat) ** 2
    product += point.weight * (point.beat - meanBeat) * (point.lag - meanLag)
  }
  if (spread === 0) return null
  const slope = product / spread
  return { slope, offset: meanLag - slope * meanBeat }
}

/** @returns the grid with period and origin corrected by the line: beat b moves to b + offset + slope · b. */
const applyLine = (grid: LinearGrid, line: Line): LinearGrid => ({
  beatHertz: grid.beatHertz / (1 + line.slope),
  origin: grid.origin + line.offset / grid.beatHertz,
})

/** @returns the grid after corrections until it settles. */
export const fitGrid = (onsets: OnsetStrength, start: LinearGrid): LinearGrid => {
  let grid = start
  for (let pass = 0; pass < PASSES; pass++) {
    const line = robustLine(localLags(onsets, grid))
    if (line === null) return grid
    grid = applyLine(grid, line)
  }
  return grid
}
