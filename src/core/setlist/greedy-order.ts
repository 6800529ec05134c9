/**
 * @file The order that plays, after each track, the one that it leads into best: what a planned order is compared with.
 * Conventions: as in `order-problem.ts`.
 */
import type { OrderProblem, OrderScore } from './order-problem.ts'

/** Begins with the track whose energy fits the arc best; wishes other than fixed places are not looked after. */
export const greedyOrder = ({ count, places, fixed }: OrderProblem, score: OrderScore): Int32Array => {
  const order = new Int32Array(places)
  const used = new Uint8Array(count)
  for (const track of fixed.values()) used[track] = 1
  for (let place = 0; place < places; place++) {
    let best = fixed.get(place) ?? -1
    if (best < 0) {
      const gain = (track: number): number =>
        place === 0
          ? score.stay(track, 0)
          : score.step(order[place - 1]!, track) +
            score.artistCost(order, place, track, place) +
            score.passCost(order, place, track)
      for (let track = 0; track < count; track++)
        if (used[track] === 0 && (best < 0 || gain(track) > gain(best))) best = track
    }
    order[place] = best
    used[best] = 1
  }
  return order
}
