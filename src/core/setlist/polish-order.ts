/**
 * @file A better order from a good one.
 * Method: iterated local search (Lourenço, Martin and Stützle 2003): reversals (2-opt), moves of one to three tracks (Or-opt), swaps and
 * exchanges for tracks outside the set, until none helps; then a part is shaken, a track from outside taken in at times, and the search runs
 * again, and the better order stays.
 * Conventions: as in `order-problem.ts`; fixed places keep their track.
 */
import { createRandom, type Random } from '../support/random.ts'
import { type MoveGains, moveGains } from './move-gains.ts'
import type { OrderProblem, OrderScore } from './order-problem.ts'

/** Gains below this are rounding. */
const LEAST_GAIN = 1e-12
/** Sums along an order are that exact at least; what they promise is valued again before it is kept. */
const ROUNDING = 1e-9
const LONGEST_MOVED = 3
/** Longer parts are put right by reversals and moves; shaking them would undo too much. */
const LONGEST_SHAKEN = 8
/** Tracks are moved and parts turned over so many places: over more of them the cost would grow with the cube of a night's length. */
const REACH = 60

type Search = OrderProblem & {
  readonly score: OrderScore
  readonly gains: MoveGains
  readonly isFree: (first: number, last: number) => boolean
}

/** An order with its value, and the places that may have become improvable since they were last tried. */
type Standing = { readonly order: Int32Array; value: number; readonly isOpen: Uint8Array }

const reopen = ({ isOpen }: Standing, first: number, last: number): void =>
  void isOpen.fill(1, Math.max(0, first - 1), last + 2)

/** Plain loops: a search makes millions of these, and a view of a typed array each time would be what they cost most. */
const reverse = (order: Int32Array, first: number, last: number): void => {
  for (let low = first, high = last; low < high; low++, high--) {
    const held = order[low]!
    order[low] = order[high]!
    order[high] = held
  }
}

/** Puts the part from `middle` on before the part that comes before it. */
const rotate = (order: Int32Array, first: number, middle: number, last: number): void => {
  reverse(order, first, middle - 1)
  reverse(order, middle, last)
  reverse(order, first, last)
}

const swap = (order: Int32Array, one: number, other: number): void => {
  const held = order[one]!
  order[one] = order[other]!
  order[other] = held
}

const copyWithin = (from: Int32Array, to: Int32Array, first: number, last: number): void => {
  for (let place = first; place <= last; place++) to[place] = from[place]!
}

/** Tries the rearrangements that touch a place, and keeps each that helps. */
const rearrange = ({ places, score, gains, isFree }: Search, standing: Standing, place: number): void => {
  const { order } = standing
  const trial = order.slice()
  const end = Math.min(places, place + REACH + 1)
  gains.follow(order)
  const mayHelp = (most: number): boolean => !gains.isKnown() || most > -ROUNDING
  for (let other = Math.max(0, place - REACH); other < end; other++) {
    const [first, last] = place < other ? [place, other] : [other, place]
    if (first === last || !isFree(first, first) || !isFree(last, last)) continue
    const judge = (): void => {
      const gain = score.valueWithin(trial, first, last) - score.valueWithin(order, first, last)
      if (gain <= LEAST_GAIN) {
        copyWithin(order, trial, first, last)
        return
      }
      copyWithin(trial, order, first, last)
      standing.value += gain
      gains.follow(order)
      reopen(standing, first, last)
    }
    const tryRotation = (middle: number): void => {
      if (!mayHelp(gains.ofRotation(first, middle, last))) return
      rotate(trial, first, middle, last)
      judge()
    }
    if (mayHelp(gains.ofSwap(first, last))) {
      swap(trial, first, last)
      judge()
    }
    // Two tracks may change places across one that is fixed; whatever else is tried would move that one, too.
    if (!isFree(first, last)) continue
    if (last > first + 1 && mayHelp(gains.ofReversal(first, last))) {
      reverse(trial, first, last)
      judge()
    }
    for (let length = 1; length <= LONGEST_MOVED && first + length <= last; length++) {
      tryRotation(first + length)
      tryRotation(last - length + 1)
    }
  }
}

/** Puts the best track from outside at a place, where that helps. */
const exchange = (search: Search, standing: Standing, place: number): void => {
  const { count, places, score, isFree, mustPlay, edgesFrom, edgesInto, passes } = search
  const { order } = standing
  const held = order[place]!
  if (!isFree(place, place) || mustPlay.has(held)) return
  const used = new Uint8Array(count)
  for (const track of order) used[track] = 1
  // A row and a column are enough; the rows of all tracks would be the whole table.
  const into = place > 0 ? edgesFrom(order[place - 1]!) : null
  const out = place + 1 < places ? edgesInto(order[place + 1]!) : null
  const trial = order.slice()
  /** Of the three places that a track is seen from. */
  const passCosts = (track: number): number => {
    if (!passes) return 0
    trial[place] = track
    let cost = 0
    for (let at = place; at <= place + 2 && at < places; at++) cost += score.passCost(trial, at, trial[at]!)
    return cost
  }
  /** What it is worth there whoever made it. */
  const apart = (track: number): number =>
    score.stay(track, place) +
    (into === null ? 0 : score.worth(into[track]!)) +
    (out === null ? 0 : score.worth(out[track]!))
  const local = (track: number): number =>
    apart(track) + score.artistCost(order, place, track, places) + passCosts(track)
  let [best, value] = [held, local(held) + LEAST_GAIN]
  for (let track = 0; track < count; track++) {
    // Artists and what would go out too soon only cost: most tracks need not be looked at for them.
    if (used[track] === 1 || apart(track) <= value - ROUNDING) continue
    const reached = local(track)
    if (reached > value) [best, value] = [track, reached]
  }
  if (best === held) return
  // A column may know less of a transition than a row.
  const now = score.valueWithin(order, place, place)
  order[place] = best
  const gain = score.valueWithin(order, place, place) - now
  if (gain <= LEAST_GAIN) {
    order[place] = held
    return
  }
  standing.value += gain
  reopen(standing, place, place)
}

/** Until no change helps at any place. */
const descend = (search: Search, standing: Standing): void => {
  const { isOpen } = standing
  for (let place = isOpen.indexOf(1); place >= 0; place = isOpen.indexOf(1)) {
    isOpen[place] = 0
    rearrange(search, standing, place)
    if (search.count > search.places) exchange(search, standing, place)
  }
}

/** A whole number from 0, below the end. */
type Draw = (end: number) => number

/** Puts any track from outside at any of these places: the best one instead of each may not be the best of several. */
const takeIn = ({ count, mustPlay }: Search, order: Int32Array, draw: Draw, free: readonly number[]): void => {
  const used = new Set(order)
  let left = draw(count - used.size)
  let track = 0
  while (used.has(track) || left-- > 0) track++
  const place = free[draw(free.length)]!
  if (!mustPlay.has(order[place]!)) order[place] = track
}

/**
 * Exchanges two neighbouring parts, which no small move undoes, and at times takes a track in; around places that are fixed.
 * @returns false where there are not two places for that
 */
const shake = (search: Search, standing: Standing, random: Random): boolean => {
  const { count, places, score, isFree } = search
  const { order } = standing
  const draw: Draw = (end) => Math.floor(random() * end)
  const first = draw(places - 1)
  const middle = Math.min(places - 1, first + 1 + draw(LONGEST_SHAKEN))
  const last = Math.min(places - 1, middle + draw(LONGEST_SHAKEN))
  const free = Array.from({ length: last - first + 1 }, (_, at) => first + at).filter((place) => isFree(place, place))
  if (free.length < 2) return false
  const second = free.findIndex((place) => place >= middle)
  const tracks = free.map((place) => order[place]!)
  for (const [at, place] of free.entries()) order[place] = tracks[(at + Math.max(1, second)) % free.length]!
  // Of a large pool any other track is a worse one; there the exchange for the best one does more.
  if (count > places && random() < places / count) takeIn(search, order, draw, free)
  standing.value = score.valueOf(order)
  reopen(standing, first, last)
  return true
}

/** @param rounds shakes @returns an order at least as good; the same for the same seed */
export const polishOrder = (
  problem: OrderProblem,
  score: OrderScore,
  { order, seed, rounds }: { readonly order: Int32Array; readonly seed: number; readonly rounds: number },
): Int32Array => {
  const locked = Array.from({ length: problem.places }, (_, place) => problem.fixed.has(place))
  const isFree = (first: number, last: number): boolean => {
    for (let place = first; place <= last; place++) if (locked[place]) return false
    return true
  }
  const search: Search = { ...problem, score, gains: moveGains(problem, score, LONGEST_MOVED), isFree }
  const random = createRandom(seed)
  const open = new Uint8Array(problem.places)
  const best: Standing = { order: order.slice(), value: score.valueOf(order), isOpen: open.slice().fill(1) }
  descend(search, best)
  for (let round = 0; round < rounds && problem.places > 1; round++) {
    const trial: Standing = { order: best.order.slice(), value: best.value, isOpen: open.slice() }
    if (!shake(search, trial, random)) continue
    descend(search, trial)
    if (trial.value <= best.value + LEAST_GAIN) continue
    best.order.set(trial.order)
    best.value = trial.value
  }
  return best.order
}
