/**
 * @file Where a track is heard on the timeline of a mix.
 * Conventions: seconds of the mix and seconds of the track; both rise from point to point. Between points the tempo is even, outside of
 * them the track plays as it was recorded.
 */
import type { Seconds } from '../units/units.ts'

export type TimeMap = { readonly mix: Float64Array; readonly source: Float64Array }

/** Index of the last point at or before a time; −1 before the first. */
const pointBefore = (times: Float64Array, time: Seconds): number => {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! <= time) low = middle + 1
    else high = middle
  }
  return low - 1
}

const follow = (from: Float64Array, to: Float64Array, time: Seconds): Seconds => {
  const at = pointBefore(from, time)
  if (at < 0) return to[0]! + (time - from[0]!)
  if (at === from.length - 1) return to[at]! + (time - from[at]!)
  return to[at]! + ((time - from[at]!) * (to[at + 1]! - to[at]!)) / (from[at + 1]! - from[at]!)
}

/** The moment of the track that sounds at a time of the mix. */
export const sourceAt = (map: TimeMap, mixSeconds: Seconds): Seconds => follow(map.mix, map.source, mixSeconds)

/** Inverse of `sourceAt`. */
export const mixAt = (map: TimeMap, sourceSeconds: Seconds): Seconds => follow(map.source, map.mix, sourceSeconds)
