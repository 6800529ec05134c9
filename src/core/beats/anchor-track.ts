/**
 * @file Tests whether one tempo holds for the whole track, window by window, before it is called constant; where it does not hold,
 * the beat is followed (drift, slide, cut; a ramp to a far tempo) or, where another tempo sounds, the track is fitted piece by piece.
 */

import type { FrameRange, LinearGrid } from './beat-phase.ts'
import { bendGrid, meanLikeness, tellingShare } from './bend-grid.ts'
import { type Following, followBeats, type PathPoint } from './follow-beats.ts'
import type { GridAnchor } from './grid-anchor.ts'
import type { OnsetStrength } from './onset-strength.ts'
import { anchorPieces } from './piecewise-grid.ts'
import { findTempoRegions, otherTempi, type WindowTempo } from './tempo-regions.ts'
import { TEMPO_STEP } from './window-folds.ts'

/** Tempo steps to either side (none, about 4 %) that are tried first, and where the first does not explain the track clearly. */
const STEADY: Following = { slowest: 0, fastest: 0, mostSteps: 1, stepCost: 0.25, jumpCost: 1.5 }
const DRIFTING: Following = { ...STEADY, slowest: -5, fastest: 5 }
/** As far as other tempi are found, and up to a 43rd of the tempo in two beats. */
const GLIDING = { mostSteps: 3, stepCost: 0.1, jumpCost: 2 }
/** A drift of 1 % blurs the pattern that one tempo learns: likeness .6. */
const STEADY_LIKENESS = 0.72
const EXPLAINED_SHARE = 0.85
/** Live drummers and vinyl reach .9 and more; the wrong tempo .7. */
const CLEAR_LIKENESS = 0.8
/** A ramp leaves more unexplained than what a drift explains, and windows behind it that follow another tempo. */
const DRIFT_SHARE = 0.9
const MIN_OTHER_WINDOWS = 3
/** Tempo steps beyond the tempi that are found, which are rough. */
const MARGIN_STEPS = 8
const MIN_GAIN = 0.1
/** Of the tempo, between two jumps: with less nothing glides, and what jumps is fitted piece by piece. */
const MIN_REACH = 0.05
/** A new tempo that begins at once looks like a steep ramp over so many windows, since they are wide. */
const STEP_WINDOWS = 4
const MOST_AT_ONCE = 0.85

/** @returns one anchor where one tempo fits all windows that say something, more where it does not */
export const anchorTrack = (onsets: OnsetStrength, signal: Float32Array, grid: LinearGrid): readonly GridAnchor[] => {
  const straight = [{ beat: 0, seconds: grid.origin, bpm: 60 * grid.beatHertz }]
  const steady = followBeats(onsets, signal, { ...STEADY, grid })
  const isSteady = isExplained(steady) && meanLikeness(steady) > STEADY_LIKENESS
  const points = isSteady ? steady : followBeats(onsets, signal, { ...DRIFTING, grid })
  const bent = isExplained(points) ? bendGrid(onsets, signal, { grid, points }) : null
  if (isSteady && bent === null) return straight
  const isFollowed = bent !== null && meanLikeness(points) > CLEAR_LIKENESS
  const windows = otherTempi(onsets, signal, grid.beatHertz)
  const glided = isFollowed ? null : glideGrid(onsets, signal, { grid, windows, drifting: points })
  if (glided !== null) return glided
  const regions = findTempoRegions(onsets, windows, grid.beatHertz)
  if (regions.some((region) => !isFollowed || !isExplained(pointsWithin(points, region, onsets))))
    return anchorPieces(onsets, signal, { grid, regions })
  return bent ?? straight
}

/** @returns null where the tempo goes nowhere far, or is not followed clearly */
const glideGrid = (
  onsets: OnsetStrength,
  signal: Float32Array,
  {
    grid,
    windows,
    drifting,
  }: {
    readonly grid: LinearGrid
    readonly windows: readonly WindowTempo[]
    readonly drifting: readonly PathPoint[]
  },
): readonly GridAnchor[] | null => {
  const steps = windows.flatMap(({ beatHertz }) =>
    beatHertz === null ? [] : [Math.round((beatHertz / grid.beatHertz - 1) / TEMPO_STEP)],
  )
  if (tellingShare(drifting) > DRIFT_SHARE || steps.length < MIN_OTHER_WINDOWS) return null
  const slowest = Math.min(0, ...steps) - MARGIN_STEPS
  const fastest = Math.max(0, ...steps) + MARGIN_STEPS
  const points = followBeats(onsets, signal, { ...GLIDING, slowest, fastest, grid })
  const gain = likenessOfAll(points) - likenessOfAll(drifting)
  const isClear = isExplained(points) && meanLikeness(points) > STEADY_LIKENESS && gain > MIN_GAIN
  return isClear && glides(points) ? bendGrid(onsets, signal, { grid, points }) : null
}

const likenessOfAll = (points: readonly PathPoint[]): number => tellingShare(points) * meanLikeness(points)

/** Whether the tempo goes far between two jumps, and not within a few windows. */
const glides = (points: readonly PathPoint[]): boolean => {
  const starts = points.flatMap(({ jump }, n) => (n === 0 || jump ? [n] : []))
  return starts.some((start, n) => {
    const ratios = points.slice(start, starts[n + 1]).map(({ ratio }) => ratio)
    const reach = Math.max(...ratios) / Math.min(...ratios) - 1
    const atOnce = ratios.map((ratio, at) => Math.abs(ratio / ratios[Math.max(0, at - STEP_WINDOWS)]! - 1))
    return reach > MIN_REACH && Math.max(...atOnce) < MOST_AT_ONCE * reach
  })
}

const isExplained = (points: readonly PathPoint[]): boolean => tellingShare(points) > EXPLAINED_SHARE

const pointsWithin = (
  points: readonly PathPoint[],
  { firstFrame, endFrame }: FrameRange,
  { framesPerSecond }: OnsetStrength,
): PathPoint[] =>
  points.filter(({ seconds }) => seconds * framesPerSecond >= firstFrame && seconds * framesPerSecond < endFrame)
