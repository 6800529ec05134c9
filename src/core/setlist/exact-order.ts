/**
 * @file The best order of a small pool.
 * Method: dynamic programming over the tracks already played and the last two of them (Held and Karp 1962,
 * https://doi.org/10.1137/0110015); the place is the number of tracks already played, so that the arc fits in, and what may follow a track
 * can depend on the one before it.
 * Conventions: as in `order-problem.ts`.
 */
import type { OrderProblem, OrderScore } from './order-problem.ts'

/** 4,096 sets of tracks already played, 144 ends each. */
const MOST_EXACT_TRACKS = 12

/** The state knows the last two tracks only, so an artist can be kept from the next two places but not from later ones. */
export const isExactlySolvable = ({ count, artistDistance }: OrderProblem): boolean =>
  count <= MOST_EXACT_TRACKS && artistDistance <= 3

const bitCount = (bits: number): number => {
  let count = 0
  for (let left = bits; left > 0; left &= left - 1) count++
  return count
}

/** @param problem one that `isExactlySolvable` @returns the best of all orders; with violations where none is without */
export const exactOrder = (problem: OrderProblem, score: OrderScore): Int32Array => {
  const { count, places, fixed, mustPlay } = problem
  const sets = 1 << count
  /** The state in which `last` was played after `previous`, or first where both are one. */
  const stateOf = (set: number, previous: number, last: number): number => (set * count + previous) * count + last
  const best = new Float64Array(sets * count * count).fill(Number.NEGATIVE_INFINITY)
  const before = new Int8Array(sets * count * count).fill(-1)
  const placeOf = new Map([...fixed].map(([place, track]) => [track, place]))
  const mayStand = (track: number, place: number): boolean =>
    (fixed.get(place) ?? track) === track && (placeOf.get(track) ?? place) === place
  const ends = new Int32Array(2)
  for (let track = 0; track < count; track++)
    if (mayStand(track, 0)) best[stateOf(1 << track, track, track)] = score.stay(track, 0)
  for (let set = 1; set < sets; set++) {
    const place = bitCount(set)
    if (place >= places) continue
    for (let previous = 0; previous < count; previous++)
      for (let last = 0; last < count; last++) {
        const value = best[stateOf(set, previous, last)]!
        if (value === Number.NEGATIVE_INFINITY) continue
        const played = previous === last ? 1 : 2
        ends[0] = previous
        ends[played - 1] = last
        for (let next = 0; next < count; next++) {
          if ((set >> next) & 1 || !mayStand(next, place)) continue
          const gain =
            score.stay(next, place) +
            score.step(last, next) +
            score.artistCost(ends, played, next, played) +
            score.passCost(ends, played, next)
          const to = stateOf(set | (1 << next), last, next)
          if (value + gain <= best[to]!) continue
          best[to] = value + gain
          before[to] = previous
        }
      }
  }
  const wanted = [...mustPlay].reduce((bits, track) => bits | (1 << track), 0)
  let end = -1
  for (let set = 1; set < sets; set++)
    if (bitCount(set) === places && (set & wanted) === wanted)
      for (let at = stateOf(set, 0, 0); at < stateOf(set + 1, 0, 0); at++)
        if (best[at]! > (end < 0 ? Number.NEGATIVE_INFINITY : best[end]!)) end = at
  const order = new Int32Array(places)
  for (let place = places - 1, at = end; place >= 0; place--) {
    const [last, previous, set] = [at % count, Math.floor(at / count) % count, Math.floor(at / count ** 2)]
    order[place] = last
    at = stateOf(set & ~(1 << last), before[at]!, previous)
  }
  return order
}
