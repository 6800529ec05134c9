/**
 * @file The best order of a small pool.
 * Method: dynamic programming over the tracks already played and the last of them (Held and Karp 1962,
 * https://doi.org/10.1137/0110015); the place is the number of tracks already played, so that the arc fits in.
 * Conventions: as in `order-problem.ts`.
 */
import type { OrderProblem, OrderScore } from './order-problem.ts'

/** 4,096 sets of tracks already played, 12 ends each. */
const MOST_EXACT_TRACKS = 12

/** The state knows the last track only, so an artist can be kept from the next place but not from later ones. */
export const isExactlySolvable = ({ count, artistDistance }: OrderProblem): boolean =>
  count <= MOST_EXACT_TRACKS && artistDistance <= 2

const bitCount = (bits: number): number => {
  let count = 0
  for (let left = bits; left > 0; left &= left - 1) count++
  return count
}

/** @param problem one that `isExactlySolvable` @returns the best of all orders; with violations where none is without */
export const exactOrder = (problem: OrderProblem, score: OrderScore): Int32Array => {
  const { count, places, fixed, mustPlay } = problem
  const sets = 1 << count
  const best = new Float64Array(sets * count).fill(Number.NEGATIVE_INFINITY)
  const before = new Int8Array(sets * count).fill(-1)
  const placeOf = new Map([...fixed].map(([place, track]) => [track, place]))
  const mayStand = (track: number, place: number): boolean =>
    (fixed.get(place) ?? track) === track && (placeOf.get(track) ?? place) === place
  const pair = new Int32Array(1)
  for (let track = 0; track < count; track++)
    if (mayStand(track, 0)) best[(1 << track) * count + track] = score.stay(track, 0)
  for (let set = 1; set < sets; set++) {
    const place = bitCount(set)
    if (place >= places) continue
    for (let last = 0; last < count; last++) {
      const value = best[set * count + last]!
      if (value === Number.NEGATIVE_INFINITY) continue
      pair[0] = last
      for (let next = 0; next < count; next++) {
        if ((set >> next) & 1 || !mayStand(next, place)) continue
        const gain = score.stay(next, place) + score.step(last, next) + score.artistCost(pair, 1, next, 1)
        const to = (set | (1 << next)) * count + next
        if (value + gain <= best[to]!) continue
        best[to] = value + gain
        before[to] = last
      }
    }
  }
  const wanted = [...mustPlay].reduce((bits, track) => bits | (1 << track), 0)
  let end = -1
  for (let set = 1; set < sets; set++)
    if (bitCount(set) === places && (set & wanted) === wanted)
      for (let last = 0; last < count; last++) {
        const at = set * count + last
        if (best[at]! > (end < 0 ? Number.NEGATIVE_INFINITY : best[end]!)) end = at
      }
  const order = new Int32Array(places)
  for (let place = places - 1, at = end; place >= 0; place--) {
    const [set, last] = [Math.floor(at / count), at % count]
    order[place] = last
    at = (set & ~(1 << last)) * count + before[at]!
  }
  return order
}
