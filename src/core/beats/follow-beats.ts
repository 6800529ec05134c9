/**
 * @file Follows the beat from window to window, where one tempo does not hold to the end: a hidden Markov model whose states are how
 * late the beat is against the first guess and how fast it goes. A window speaks for a state by how much its onsets, folded at that
 * tempo and phase, look like the pattern of the track; the pattern is learnt from the path and the path from the pattern, in turns.
 * Slow changes of tempo cost little, a jump costs much, so that a cut is a jump and a drift is not.
 * Conventions: lateness in beats of the guess, positive = the beat comes after the guess; one window starts every four beats.
 */
import type { LinearGrid } from './beat-phase.ts'
import type { OnsetStrength } from './onset-strength.ts'

const HOP_BEATS = 4
const WINDOW_HOPS = 2
const BINS = 32
/** One step of tempo moves the beat by one bin from window to window. */
const TEMPO_STEP = 1 / (BINS * HOP_BEATS)
const GROUPS = 3
const ROUNDS = 3
const JUMP_COST = 1.5
const TEMPO_COST = 0.25
const SLIP_COST = 0.3

export type PathPoint = {
  /** Middle of the window. */
  readonly seconds: number
  /** Beats of the guess that the beat is late here. */
  readonly lateness: number
  /** Tempo relative to the guess. */
  readonly ratio: number
  /** Likeness to the pattern, −1 to 1. */
  readonly likeness: number
  /** How much the window has to say, 0 to 1. */
  readonly weight: number
  /** True where the beat does not run on from the window before. */
  readonly jump: boolean
}

type Folds = {
  readonly windows: number
  readonly ratios: number
  /** Histogram of a window at a tempo, [group × bin], mean subtracted, unit length; shape (windows, ratios, GROUPS · BINS). */
  readonly values: Float32Array
  readonly weights: Float64Array
  readonly centres: Float64Array
}

type FollowRange = { readonly slowest: number; readonly fastest: number }

/** @returns folds for tempo steps slowest … fastest (in steps) */
const foldWindows = (
  onsets: OnsetStrength,
  signal: Float32Array,
  { grid, slowest, fastest }: FollowRange & { readonly grid: LinearGrid },
): Folds => {
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
    for (let at = 0; at < blocks; at++) {
      const first = Math.round(at * hopFrames)
      const end = Math.min(frames, Math.round((at + 1) * hopFrames))
      let position = (first * binsPerFrame) % BINS
      for (let frame = first; frame < end; frame++) {
        const bin = position | 0
        const share = position - bin
        const next = bin + 1 === BINS ? 0 : bin + 1
        for (let group = 0; group < GROUPS; group++) {
          const value = onsets.groups[group as 0 | 1 | 2][frame]!
          const base = at * width + group * BINS
          block[base + bin]! += value * (1 - share)
          block[base + next]! += value * share
        }
        position += binsPerFrame
        if (position >= BINS) position -= BINS
      }
    }
    for (let window = 0; window < windows; window++) {
      const into = (window * ratios + step) * width
      for (let part = 0; part < WINDOW_HOPS; part++)
        for (let n = 0; n < width; n++) values[into + n]! += block[(window + part) * width + n]!
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

/** @returns the position in bins of the guess's beat in the fold of a window at a tempo */
const offsetOf = (folds: Folds, grid: LinearGrid, window: number, step: number): number => {
  const seconds = folds.centres[window]!
  const bins = (seconds * grid.beatHertz * (1 + step * TEMPO_STEP) - (seconds - grid.origin) * grid.beatHertz) * BINS
  return bins
}

const modulo = (value: number, period: number): number => ((value % period) + period) % period

const likenesses = (folds: Folds, grid: LinearGrid, slowest: number, template: Float64Array): Float32Array => {
  const { windows, ratios, values } = folds
  const width = GROUPS * BINS
  const result = new Float32Array(windows * ratios * BINS)
  const doubled = new Float64Array(2 * width)
  for (let group = 0; group < GROUPS; group++)
    for (let bin = 0; bin < BINS; bin++) {
      doubled[group * 2 * BINS + bin] = template[group * BINS + bin]!
      doubled[group * 2 * BINS + bin + BINS] = template[group * BINS + bin]!
    }
  const raw = new Float64Array(BINS)
  for (let window = 0; window < windows; window++)
    for (let step = 0; step < ratios; step++) {
      const from = (window * ratios + step) * width
      for (let shift = 0; shift < BINS; shift++) {
        // Fold bin b + shift holds the template's bin b.
        let product = 0
        for (let group = 0; group < GROUPS; group++) {
          const base = group * 2 * BINS + BINS - shift
          const start = from + group * BINS
          for (let bin = 0; bin < BINS; bin++) product += values[start + bin]! * doubled[base + bin]!
        }
        raw[shift] = product
      }
      const offset = modulo(offsetOf(folds, grid, window, slowest + step), BINS)
      const floor = Math.floor(offset)
      const share = offset - floor
      const into = (window * ratios + step) * BINS
      for (let late = 0; late < BINS; late++)
        result[into + late] = raw[(floor + late) % BINS]! * (1 - share) + raw[(floor + late + 1) % BINS]! * share
    }
  return result
}

/** State = step · BINS + lateness bin. @returns the best state of every window, and the score of the whole path */
const bestPath = (
  folds: Folds,
  slowest: number,
  emissions: Float32Array,
): { path: Int32Array; jumps: Uint8Array; score: number } => {
  const { windows, ratios, weights } = folds
  const states = ratios * BINS
  let scores = new Float64Array(states)
  const from = new Int32Array(windows * states)
  for (let state = 0; state < states; state++) scores[state] = weights[0]! * emissions[state]!
  for (let window = 1; window < windows; window++) {
    const next = new Float64Array(states)
    let top = 0
    for (let state = 1; state < states; state++) if (scores[state]! > scores[top]!) top = state
    for (let step = 0; step < ratios; step++)
      for (let late = 0; late < BINS; late++) {
        const state = step * BINS + late
        let best = scores[top]! - JUMP_COST
        let source = -1 - top
        for (let change = -1; change <= 1; change++) {
          const before = step - change
          if (before < 0 || before >= ratios) continue
          // The beat comes earlier by the steps that the tempo is above the guess's.
          const moved = modulo(late + slowest + before + (change === 1 ? 1 : 0), BINS)
          for (let slip = -1; slip <= 1; slip++) {
            const origin = before * BINS + modulo(moved + slip, BINS)
            const score = scores[origin]! - Math.abs(change) * TEMPO_COST - Math.abs(slip) * SLIP_COST
            if (score > best) {
              best = score
              source = origin
            }
          }
        }
        next[state] = best + weights[window]! * emissions[window * states + state]!
        from[window * states + state] = source
      }
    scores = next
  }
  let state = 0
  for (let n = 1; n < states; n++) if (scores[n]! > scores[state]!) state = n
  const score = scores[state]!
  const path = new Int32Array(windows)
  const jumps = new Uint8Array(windows)
  for (let window = windows - 1; window >= 0; window--) {
    path[window] = state
    if (window === 0) break
    const source = from[window * states + state]!
    if (source < 0) jumps[window] = 1
    state = source < 0 ? -1 - source : source
  }
  return { path, jumps, score }
}

const learnTemplate = (folds: Folds, grid: LinearGrid, slowest: number, path: Int32Array): Float64Array => {
  const { windows, ratios, values, weights } = folds
  const width = GROUPS * BINS
  const template = new Float64Array(width)
  for (let window = 0; window < windows; window++) {
    const step = Math.floor(path[window]! / BINS)
    const late = path[window]! % BINS
    const offset = modulo(Math.round(offsetOf(folds, grid, window, slowest + step)) + late, BINS)
    const from = (window * ratios + step) * width
    for (let group = 0; group < GROUPS; group++)
      for (let bin = 0; bin < BINS; bin++)
        template[group * BINS + bin]! += weights[window]! * values[from + group * BINS + ((bin + offset) % BINS)]!
  }
  return toUnit(template)
}

const toUnit = (values: Float64Array): Float64Array => {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
  return length > 0 ? values.map((value) => value / length) : values
}

/** @returns where the beat lies in each window; without a point for a track shorter than one window */
export const followBeats = (
  onsets: OnsetStrength,
  signal: Float32Array,
  range: FollowRange & { readonly grid: LinearGrid },
): readonly PathPoint[] => {
  const { slowest, grid } = range
  const folds = foldWindows(onsets, signal, range)
  const { windows, ratios } = folds
  if (windows === 0) return []
  const steady = new Int32Array(windows).fill(-slowest * BINS)
  let found: ReturnType<typeof bestPath> | null = null
  for (const seed of seedPaths(folds, steady)) {
    let template = seed(grid, slowest)
    let result: ReturnType<typeof bestPath> | null = null
    for (let round = 0; round < ROUNDS; round++) {
      result = bestPath(folds, slowest, likenesses(folds, grid, slowest, template))
      template = learnTemplate(folds, grid, slowest, result.path)
    }
    if (found === null || result!.score > found.score) found = result
  }
  const template = learnTemplate(folds, grid, slowest, found!.path)
  const emissions = likenesses(folds, grid, slowest, template)
  const points: PathPoint[] = []
  let late = 0
  for (let window = 0; window < windows; window++) {
    const state = found!.path[window]!
    const step = slowest + Math.floor(state / BINS)
    const fine = finePlace(emissions, window * ratios * BINS + Math.floor(state / BINS) * BINS, state % BINS)
    // Unwrapped: the place nearest to where the tempo leads.
    const expected = window === 0 ? fine / BINS : late - step * TEMPO_STEP * HOP_BEATS
    late = fine / BINS + Math.round(expected - fine / BINS)
    points.push({
      seconds: folds.centres[window]!,
      lateness: late,
      ratio: 1 + step * TEMPO_STEP,
      likeness: emissions[window * ratios * BINS + state]!,
      weight: folds.weights[window]!,
      jump: found!.jumps[window] === 1,
    })
  }
  return points
}

type Seed = (grid: LinearGrid, slowest: number) => Float64Array

const seedPaths = (folds: Folds, steady: Int32Array): Seed[] => [
  (grid, slowest) => learnTemplate(folds, grid, slowest, steady),
  ...(folds.ratios > 1 ? [0.5] : [0.25, 0.5, 0.75]).map(
    (place): Seed =>
      (grid, slowest) => {
        const window = Math.floor(place * (folds.windows - 1))
        const alone: Folds = { ...folds, weights: folds.weights.map((_, n) => (n === window ? 1 : 0)) }
        return learnTemplate(alone, grid, slowest, steady)
      },
  ),
]

/** The top of the parabola through a state and its neighbours in lateness. */
const finePlace = (emissions: Float32Array, from: number, late: number): number => {
  const [before, at, after] = [-1, 0, 1].map((step) => emissions[from + modulo(late + step, BINS)]!) as [
    number,
    number,
    number,
  ]
  const curvature = before - 2 * at + after
  if (!(curvature < 0)) return late
  return late + Math.max(-1, Math.min(1, (0.5 * (before - after)) / curvature))
}
