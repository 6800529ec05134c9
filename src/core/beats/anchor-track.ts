/**
 * @file Tests whether one tempo holds for the whole track, window by window, before it is called constant; where it does not hold,
 * the beat is followed (drift, slide, cut) or, where another tempo sounds, the track is fitted piece by piece.
 */

import type { FrameRange, LinearGrid } from './beat-phase.ts'
import { bendGrid, meanLikeness, tellingShare } from './bend-grid.ts'
import { followBeats, type PathPoint } from './follow-beats.ts'
import type { GridAnchor } from './grid-anchor.ts'
import type { OnsetStrength } from './onset-strength.ts'
import { anchorPieces } from './piecewise-grid.ts'
import { findTempoRegions } from './tempo-regions.ts'

/** Tempo steps to either side (none, about 4 %) that are tried first, and where the first does not explain the track clearly. */
const STEADY = { slowest: 0, fastest: 0 }
const DRIFTING = { slowest: -5, fastest: 5 }
/** A drift of 1 % blurs the pattern that one tempo learns: likeness .6. */
const STEADY_LIKENESS = 0.72
const EXPLAINED_SHARE = 0.85
/** Live drummers and vinyl reach .9 and more; the wrong tempo .7. */
const CLEAR_LIKENESS = 0.8

/** @returns one anchor where one tempo fits all windows that say something, more where it does not */
export const anchorTrack = (onsets: OnsetStrength, signal: Float32Array, grid: LinearGrid): readonly GridAnchor[] => {
  const straight = [{ beat: 0, seconds: grid.origin, bpm: 60 * grid.beatHertz }]
  const steady = followBeats(onsets, signal, { ...STEADY, grid })
  const isSteady = isExplained(steady) && meanLikeness(steady) > STEADY_LIKENESS
  const points = isSteady ? steady : followBeats(onsets, signal, { ...DRIFTING, grid })
  const bent = isExplained(points) ? bendGrid(onsets, signal, { grid, points }) : null
  if (isSteady && bent === null) return straight
  const regions = findTempoRegions(onsets, signal, grid.beatHertz)
  const isFollowed = bent !== null && meanLikeness(points) > CLEAR_LIKENESS
  if (regions.some((region) => !isFollowed || !isExplained(pointsWithin(points, region, onsets))))
    return anchorPieces(onsets, signal, { grid, regions })
  return bent ?? straight
}

const isExplained = (points: readonly PathPoint[]): boolean => tellingShare(points) > EXPLAINED_SHARE

const pointsWithin = (
  points: readonly PathPoint[],
  { firstFrame, endFrame }: FrameRange,
  { framesPerSecond }: OnsetStrength,
): PathPoint[] =>
  points.filter(({ seconds }) => seconds * framesPerSecond >= firstFrame && seconds * framesPerSecond < endFrame)
