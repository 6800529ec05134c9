/**
 * @file The tracks of a library that are nearest to one of them.
 * Method: each dimension as z-score over the library, so that what hardly differs between its tracks does not decide; then the
 * root mean square of the differences.
 * Conventions: a distance is in standard deviations of the library: 0 is the same vector, √2 is usual for two tracks drawn at
 * random, and figures of different libraries do not compare.
 */
import { standardise } from '../features/beat-vectors.ts'

export type TrackVectors = {
  /** Dimensions of a vector. */
  readonly width: number
  /** Shape (tracks, width), row-major. */
  readonly values: Float32Array
}

export type Neighbour = {
  /** Row of the track. */
  readonly row: number
  readonly distance: number
}

/** @param count at least 1 @returns at most so many others, the nearest first; those that are equally far in the order of their rows. */
export const nearestTracks = (
  { width, values }: TrackVectors,
  { to, count }: { readonly to: number; readonly count: number },
): readonly Neighbour[] => {
  const scaled = standardise(values, width)
  const distanceOf = (row: number): number => {
    let squares = 0
    for (let at = 0; at < width; at++) squares += (scaled[row * width + at]! - scaled[to * width + at]!) ** 2
    return Math.sqrt(squares / width)
  }
  const nearest: Neighbour[] = []
  for (let row = 0; row < values.length / width; row++) {
    if (row === to) continue
    const distance = distanceOf(row)
    if (nearest.length === count && distance >= nearest[count - 1]!.distance) continue
    nearest.splice(nearest.findLastIndex((nearer) => nearer.distance <= distance) + 1, 0, { row, distance })
    if (nearest.length > count) nearest.pop()
  }
  return nearest
}
