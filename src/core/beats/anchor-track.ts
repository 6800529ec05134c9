/**
 * @file Tests whether one tempo holds for the whole track, window by window, before it is called constant; where it does not hold,
 * the beat is followed (drift, slide, cut) or, where another tempo sounds, the track is fitted piece by piece.
 */
import type { GridAnchor } from './beat-grid.ts'
import type { FrameRange, LinearGrid } from './beat-phase.ts'
import { bendGrid, meanLikeness, tellingShare } from './bend-grid.ts'
import { followBeats, type PathPoint } from './follow-beats.ts'
import type { OnsetStrength } from './onset-strength.ts'
import { anchorPieces } from './piecewise-grid.ts'
import { findTempoRegions } from './tempo-regions.ts'

/** Tempo steps to either side (about 1 % and 4 %) that are tried first, and where those do not explain the track. */
const NEARLY_STEADY = { slowest: -2, fastest: 2 }
const DRIFTING = { slowest: -8, fastest: 8 }
const EXPLAINED_SHARE = 0.85
/** Live drummers and vinyl reach .9 and more; the wrong tempo .7. */
const CLEAR_LIKENESS = 0.8

/** @returns one anchor where one tempo fits all windows that say something, more where it does not */
export const anchorTrack = (onsets: OnsetStrength, signal: Float32Array, grid: LinearGrid): readonly GridAnchor[] => {
  const straight = [{ beat: 0, seconds: grid.origin, bpm: 60 * grid.beatHertz }]
  const steady = followBeats(onsets, signal, { ...NEARLY_STEADY, grid })
  if (isExplained(steady) && bendGrid(onsets, signal, { grid, points: steady }) === null) return straight
  const drifting = followBeats(onsets, signal, { ...DRIFTING, grid })
  const bent = isExplained(drifting) ? bendGrid(onsets, signal, { grid, points: drifting }) : null
  const regions = findTempoRegions(onsets, signal, grid.beatHertz)
  const isFollowed = bent !== null && meanLikeness(drifting) > CLEAR_LIKENESS
  if (regions.some((region) => !isFollowed || !isExplained(pointsWithin(drifting, region, onsets))))
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
