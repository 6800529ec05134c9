/**
 * @file What the order of a set is judged by.
 * Method: the mean of its transitions and the mean of how near each track's energy comes to the wished arc, weighted; whatever may not
 * be (a transition that nobody would play, an artist again too soon) costs more than everything else can bring, so that a search may pass
 * through such an order but never prefers it. The weights are set by judgement, like those of a transition.
 * Conventions: tracks are numbers from 0 in the pool, places are numbers from 0 in the set.
 */

import { energyScore } from './transition-parts.ts'

export type OrderProblem = {
  /** Tracks in the pool. */
  readonly count: number
  /** Tracks in the set, at most `count`. */
  readonly places: number
  /**
   * How well a track leads into each of the pool, 0 to 1, or negative where that cannot follow, and how well each leads into a track;
   * asked often, so what they give is to be kept.
   */
  readonly edgesFrom: (track: number) => Float64Array
  readonly edgesInto: (track: number) => Float64Array
  /** Energy of each track, 0 to 1. */
  readonly energies: Float64Array
  /** Wished energy of each place, 0 to 1. */
  readonly arc: Float64Array
  /** The same number for the same artist, −1 where nobody knows. */
  readonly artists: Int32Array
  /** So many places an artist comes again at the earliest; 1 allows it at once. */
  readonly artistDistance: number
  /** Place → track. */
  readonly fixed: ReadonlyMap<number, number>
  readonly mustPlay: ReadonlySet<number>
  /** Whether the second of three tracks has come in before it goes out; always where left out. */
  readonly passes?: Passes | null
}

/** Whether a track that comes in after one track can go out into another one. */
export type Passes = (before: number, via: number, next: number) => boolean

const TRANSITION_WEIGHT = 0.65
const ARC_WEIGHT = 0.35
/** More than the whole rest of the value, which is 0 to 1. */
const VIOLATION = 2

/** How near an energy comes to the wished one, on the scale of a transition's energies: half the scale off is no fit at all. */
const arcFit = (energy: number, wished: number): number => energyScore(energy - wished)

/** A chosen order by the scores of its transitions and its energies, as far as they are known, on the scale of `scoreOrders`; null where nothing is. */
export const scoreChosen = (
  transitions: readonly (number | null)[],
  energies: readonly (number | null)[],
  arc: ArrayLike<number>,
): number | null => {
  const meanOf = (values: readonly number[]): number | null =>
    values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
  const fit = meanOf(energies.flatMap((energy, place) => (energy === null ? [] : [arcFit(energy, arc[place]!)])))
  const transition = meanOf(transitions.filter((score) => score !== null))
  if (fit === null || transition === null) return transition ?? fit
  return TRANSITION_WEIGHT * transition + ARC_WEIGHT * fit
}

export type OrderScore = {
  /** What a transition adds by its score, negative where it may not be: −2 then. */
  readonly worth: (edge: number) => number
  /** What a track adds that follows another; −2 where it may not. */
  readonly step: (from: number, to: number) => number
  /** What a track adds at a place. */
  readonly stay: (track: number, place: number) => number
  /** −2 for each place nearby that has the same artist. @param end places from here on are not looked at */
  readonly artistCost: (order: Int32Array, place: number, track: number, end: number) => number
  /** −2 for a track at a place that the one before cannot go out into after the one before that. */
  readonly passCost: (order: Int32Array, place: number, track: number) => number
  /** What the places `first` to `last` contribute, and the transitions into and out of them: it tells apart orders that differ there only. */
  readonly valueWithin: (order: Int32Array, first: number, last: number) => number
  /** 0 to 1 without violations, and below 0 with one. */
  readonly valueOf: (order: Int32Array) => number
}

export const scoreOrders = (problem: OrderProblem): OrderScore => {
  const { places, energies, arc, artists, artistDistance, edgesFrom, passes } = problem
  const transitionShare = places > 1 ? TRANSITION_WEIGHT / (places - 1) : 0
  const arcShare = places > 1 ? ARC_WEIGHT / places : 1
  const worth = (edge: number): number => (edge < 0 ? -VIOLATION : edge * transitionShare)
  const step = (from: number, to: number): number => worth(edgesFrom(from)[to]!)
  const stay = (track: number, place: number): number => arcShare * arcFit(energies[track]!, arc[place]!)
  const artistCost = (order: Int32Array, place: number, track: number, end: number): number => {
    const artist = artists[track]!
    if (artist < 0) return 0
    let cost = 0
    const last = Math.min(end, place + artistDistance)
    for (let near = Math.max(0, place - artistDistance + 1); near < last; near++)
      if (near !== place && artists[order[near]!] === artist) cost -= VIOLATION
    return cost
  }
  const passCost = (order: Int32Array, place: number, track: number): number =>
    !passes || place < 2 || passes(order[place - 2]!, order[place - 1]!, track) ? 0 : -VIOLATION
  const valueWithin = (order: Int32Array, first: number, last: number): number => {
    const end = order.length
    let value = 0
    for (let place = first; place <= last; place++) value += stay(order[place]!, place)
    for (let place = Math.max(1, first); place <= last + 1 && place < end; place++)
      value += step(order[place - 1]!, order[place]!)
    if (artistDistance > 1)
      for (let place = first; place < last + artistDistance && place < end; place++)
        value += artistCost(order, place, order[place]!, place)
    if (passes)
      for (let place = Math.max(2, first); place <= last + 2 && place < end; place++)
        value += passCost(order, place, order[place]!)
    return value
  }
  return {
    worth,
    step,
    stay,
    artistCost,
    passCost,
    valueWithin,
    valueOf: (order) => valueWithin(order, 0, order.length - 1),
  }
}
