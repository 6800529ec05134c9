/**
 * @file What small changes of an order would gain, told without making them.
 * Method: sums along the order tell what a stretch is worth where it lies, turned round, or moved by a few places, so that most changes
 * cost a few look-ups instead of a walk along all that they move.
 * Conventions: as in `order-problem.ts`; `first` and `last` are the outermost places that change. Artists that come again and tracks that
 * would go out too soon only cost, so where an order has none of these a gain is what a change brings at the most.
 */
import type { OrderProblem, OrderScore } from './order-problem.ts'

export type MoveGains = {
  /** Takes an order in. */
  readonly follow: (order: Int32Array) => void
  /** False where the order breaks a limit that a change may mend: then nothing is known of gains. */
  readonly isKnown: () => boolean
  readonly ofSwap: (first: number, last: number) => number
  readonly ofReversal: (first: number, last: number) => number
  /** The part from `middle` on comes before the one before it; one of both is no longer than `longestMoved`. */
  readonly ofRotation: (first: number, middle: number, last: number) => number
}

export const moveGains = (
  { places, artistDistance, passes }: OrderProblem,
  score: OrderScore,
  longestMoved: number,
): MoveGains => {
  let order: Int32Array = new Int32Array(places)
  let known = false
  const { step, stay } = score
  /** Worth of the first transitions of the order as it is, and of them turned round. */
  const [ahead, back] = [new Float64Array(places + 1), new Float64Array(places + 1)]
  /** What the first tracks add so many places later. */
  const stays = Array.from({ length: 2 * longestMoved + 1 }, () => new Float64Array(places + 1))
  const into = (place: number, track: number): number => (place > 0 ? step(order[place - 1]!, track) : 0)
  const outOf = (place: number, track: number): number => (place + 1 < places ? step(track, order[place + 1]!) : 0)
  /** What tracks add when each of them comes so many places later. */
  const staysOf = (first: number, end: number, later: number): number => {
    if (Math.abs(later) <= longestMoved) {
      const sums = stays[later + longestMoved]!
      return sums[end]! - sums[first]!
    }
    let sum = 0
    for (let place = first; place < end; place++) sum += stay(order[place]!, place + later)
    return sum
  }
  return {
    isKnown: () => known,
    follow: (next) => {
      order = next
      known = true
      for (let place = 0; place < places; place++) {
        const track = next[place]!
        const [one, other] = place === 0 ? [0, 0] : [step(next[place - 1]!, track), step(track, next[place - 1]!)]
        ahead[place + 1] = ahead[place]! + one
        back[place + 1] = back[place]! + other
        for (let later = -longestMoved; later <= longestMoved; later++) {
          const sums = stays[later + longestMoved]!
          const to = place + later
          sums[place + 1] = sums[place]! + (to >= 0 && to < places ? stay(track, to) : 0)
        }
        if (artistDistance > 1 && score.artistCost(next, place, track, place) < 0) known = false
        if (passes && score.passCost(next, place, track) < 0) known = false
      }
    },
    ofSwap: (first, last) => {
      const [one, other] = [order[first]!, order[last]!]
      const edges =
        last === first + 1
          ? into(first, other) + step(other, one) + outOf(last, one) - into(first, one) - step(one, other)
          : into(first, other) +
            outOf(first, other) +
            into(last, one) +
            outOf(last, one) -
            into(first, one) -
            outOf(first, one) -
            into(last, other)
      return edges - outOf(last, other) + stay(other, first) + stay(one, last) - stay(one, first) - stay(other, last)
    },
    ofReversal: (first, last) => {
      const [one, other] = [order[first]!, order[last]!]
      let gain =
        into(first, other) +
        outOf(last, one) -
        into(first, one) -
        outOf(last, other) +
        (back[last + 1]! - back[first + 1]!) -
        (ahead[last + 1]! - ahead[first + 1]!) -
        staysOf(first, last + 1, 0)
      for (let place = first; place <= last; place++) gain += stay(order[first + last - place]!, place)
      return gain
    },
    ofRotation: (first, middle, last) => {
      const [one, other] = [order[first]!, order[middle]!]
      const [beforeMiddle, end] = [order[middle - 1]!, order[last]!]
      return (
        into(first, other) +
        step(end, one) +
        outOf(last, beforeMiddle) -
        into(first, one) -
        step(beforeMiddle, other) -
        outOf(last, end) +
        staysOf(first, middle, last + 1 - middle) +
        staysOf(middle, last + 1, first - middle) -
        staysOf(first, last + 1, 0)
      )
    },
  }
}
