/**
 * @file Follows the beat from window to window, where one tempo does not hold to the end: a hidden Markov model whose states are how
 * late the beat is against the first guess and how fast it goes. A window speaks for a state by how much its onsets, folded at that
 * tempo and phase, look like the pattern of the track; the pattern is learnt from the path and the path from the pattern, in turns.
 * Slow changes of tempo cost little, a jump costs much, so that a cut is a jump and a drift is not.
 * Conventions: lateness in beats of the guess, positive = the beat comes after the guess; one window starts every four beats.
 */
import { modulo } from '../units/modulo.ts'
import type { LinearGrid } from './beat-phase.ts'
import type { OnsetStrength } from './onset-strength.ts'
import { BINS, type FollowRange, foldWindows, GROUPS, HOP_BEATS, TEMPO_STEP, type WindowFolds } from './window-folds.ts'

const ROUNDS = 3
const SLIP_COST = 0.3

/** What is tried, and what it costs, in likenesses of a window. */
export type Following = FollowRange & {
  /** Steps by which the tempo may change from window to window. */
  readonly mostSteps: number
  readonly stepCost: number
  /** Of a beat that does not run on. */
  readonly jumpCost: number
}

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

/** @returns the position in bins of the guess's beat in the fold of a window at a tempo */
const offsetOf = (folds: WindowFolds, grid: LinearGrid, window: number, step: number): number => {
  const seconds = folds.centres[window]!
  const bins = (seconds * grid.beatHertz * (1 + step * TEMPO_STEP) - (seconds - grid.origin) * grid.beatHertz) * BINS
  return bins
}

/** Four shifts at once, for a sum waits for the one before it. @param doubled each group twice in a row */
const correlate = (fold: Float64Array, doubled: Float64Array, into: Float64Array): void => {
  for (let shift = 0; shift < BINS; shift += 4) {
    let first = 0
    let second = 0
    let third = 0
    let fourth = 0
    for (let group = 0; group < GROUPS; group++) {
      // Fold bin b + shift holds the template's bin b.
      const base = group * 2 * BINS + BINS - shift
      for (let bin = 0; bin < BINS; bin++) {
        const value = fold[group * BINS + bin]!
        first += value * doubled[base + bin]!
        second += value * doubled[base + bin - 1]!
        third += value * doubled[base + bin - 2]!
        fourth += value * doubled[base + bin - 3]!
      }
    }
    into[shift] = first
    into[shift + 1] = second
    into[shift + 2] = third
    into[shift + 3] = fourth
  }
}

const likenesses = (folds: WindowFolds, grid: LinearGrid, slowest: number, template: Float64Array): Float32Array => {
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
  const fold = new Float64Array(width)
  for (let window = 0; window < windows; window++)
    for (let step = 0; step < ratios; step++) {
      const from = (window * ratios + step) * width
      for (let at = 0; at < width; at++) fold[at] = values[from + at]!
      correlate(fold, doubled, raw)
      const offset = modulo(offsetOf(folds, grid, window, slowest + step), BINS)
      const floor = Math.floor(offset)
      const share = offset - floor
      const into = (window * ratios + step) * BINS
      for (let late = 0; late < BINS; late++)
        result[into + late] = raw[(floor + late) % BINS]! * (1 - share) + raw[(floor + late + 1) % BINS]! * share
    }
  return result
}

/** Where the beat may come from: states, −1 where there is none, and what each move costs; shape (states, moves). */
type Sources = { readonly states: Int32Array; readonly costs: Float64Array; readonly jumpCost: number }

const sourcesOf = (ratios: number, { slowest, mostSteps, stepCost, jumpCost }: Following): Sources => {
  const moves = 3 * (2 * mostSteps + 1)
  const states = new Int32Array(ratios * BINS * moves).fill(-1)
  const costs = new Float64Array(moves)
  for (let move = 0; move < moves; move++) {
    const [change, slip] = [Math.floor(move / 3) - mostSteps, (move % 3) - 1]
    costs[move] = Math.abs(change) * stepCost + Math.abs(slip) * SLIP_COST
    for (let step = 0; step < ratios; step++) {
      const before = step - change
      if (before < 0 || before >= ratios) continue
      for (let late = 0; late < BINS; late++) {
        // The beat comes earlier by the steps that the tempo is above the guess's, half-way between both windows.
        const moved = late + slowest + before + Math.ceil(change / 2)
        states[(step * BINS + late) * moves + move] = before * BINS + modulo(moved + slip, BINS)
      }
    }
  }
  return { states, costs, jumpCost }
}

/** One window on. @param next receives the best score of each state before the window speaks @param from and where it comes from, −1 − state for a jump */
const step = (
  scores: Float64Array,
  { states, costs, jumpCost }: Sources,
  next: Float64Array,
  from: Int32Array,
): void => {
  const moves = costs.length
  let top = 0
  for (let state = 1; state < scores.length; state++) if (scores[state]! > scores[top]!) top = state
  for (let state = 0; state < scores.length; state++) {
    let best = scores[top]! - jumpCost
    let source = -1 - top
    for (let move = 0; move < moves; move++) {
      const origin = states[state * moves + move]!
      if (origin < 0) continue
      const score = scores[origin]! - costs[move]!
      if (score > best) {
        best = score
        source = origin
      }
    }
    next[state] = best
    from[state] = source
  }
}

/** State = step · BINS + lateness bin. @returns the best state of every window, and the score of the whole path */
const bestPath = (
  folds: WindowFolds,
  sources: Sources,
  emissions: Float32Array,
): { path: Int32Array; jumps: Uint8Array; score: number } => {
  const { windows, ratios, weights } = folds
  const states = ratios * BINS
  let scores = new Float64Array(states)
  const from = new Int32Array(windows * states)
  for (let state = 0; state < states; state++) scores[state] = weights[0]! * emissions[state]!
  for (let window = 1; window < windows; window++) {
    const next = new Float64Array(states)
    step(scores, sources, next, from.subarray(window * states))
    for (let state = 0; state < states; state++) next[state]! += weights[window]! * emissions[window * states + state]!
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

const learnTemplate = (folds: WindowFolds, grid: LinearGrid, slowest: number, path: Int32Array): Float64Array => {
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
  following: Following & { readonly grid: LinearGrid },
): readonly PathPoint[] => {
  const { slowest, grid } = following
  const folds = foldWindows(onsets, signal, following)
  const { windows, ratios } = folds
  if (windows === 0) return []
  const sources = sourcesOf(ratios, following)
  const steady = new Int32Array(windows).fill(-slowest * BINS)
  let found: ReturnType<typeof bestPath> | null = null
  for (const seed of seedPaths(folds, steady)) {
    let template = seed(grid, slowest)
    let result: ReturnType<typeof bestPath> | null = null
    for (let round = 0; round < ROUNDS; round++) {
      const path = result?.path
      result = bestPath(folds, sources, likenesses(folds, grid, slowest, template))
      // From the same path the same would be learnt again.
      if (path && result.path.every((state, window) => state === path[window])) break
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

const seedPaths = (folds: WindowFolds, steady: Int32Array): Seed[] => [
  (grid, slowest) => learnTemplate(folds, grid, slowest, steady),
  ...(folds.ratios > 1 ? [0.5] : [0.25, 0.5, 0.75]).map(
    (place): Seed =>
      (grid, slowest) => {
        const window = Math.floor(place * (folds.windows - 1))
        const alone: WindowFolds = { ...folds, weights: folds.weights.map((_, n) => (n === window ? 1 : 0)) }
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
