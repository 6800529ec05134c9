/**
 * @file How much a track sounds like a song rather than like dance music: which kinds it may have, how long they last and what follows what.
 * Method: a logistic curve over how much rock a network hears in it, on the whole. The middle lies between the medians of songs and dance music of the
 * public corpora; generated tracks, which had no say in it, all fall on their side (decision 0046).
 */
import { type FeatureMatrix, placeOf } from './feature-matrix.ts'

/** In logits of tags, when it was chosen; `npm run evaluate -- DIR DIR --styles` prints today's, and what the curve says there. */
const MIDDLE = -4.4
const STEEPNESS = 12
const UNDECIDED = 0.5

/** @param matrix with the columns of styles @returns 0 (dance music) to 1 (a song); in between where no network has heard the track */
export const songLikeness = (matrix: FeatureMatrix): number => {
  const { beats, columns, values } = matrix
  const rock = placeOf(matrix, 'heard rock', 'The likeness to a song')
  let [sum, isHeard] = [0, false]
  for (let beat = 0; beat < beats; beat++) {
    const value = values[beat * columns.length + rock]!
    sum += value
    isHeard ||= value !== values[rock]
  }
  return isHeard ? 1 / (1 + Math.exp(-STEEPNESS * (sum / beats - MIDDLE))) : UNDECIDED
}
