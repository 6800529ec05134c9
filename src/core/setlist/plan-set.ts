/**
 * @file Which tracks of a pool in which order make the set that was wished for.
 * Method: the number of places follows from the length; a small pool is solved exactly, a larger one by a beam and a seeded local search.
 * Everything that was not possible is told by the titles of the tracks.
 * Conventions: tracks are numbers from 0 in the pool, places are numbers from 0 in the set.
 */
import { UserError } from '../support/user-error.ts'
import { countText } from '../units/count-text.ts'
import { beamOrder, greedyOrder, nearestOrder } from './beam-order.ts'
import { arcAt, energyRanks } from './energy-arc.ts'
import { exactOrder, isExactlySolvable } from './exact-order.ts'
import { type NamedProblem, whyImpossible } from './obstacles.ts'
import { type OrderProblem, type OrderScore, type Passes, scoreOrders } from './order-problem.ts'
import { polishOrder } from './polish-order.ts'
import type { RefinedTable } from './refined-table.ts'
import type { TransitionTable } from './transition-table.ts'

export type PoolTrack = {
  readonly title: string
  /** From where it comes in to where the next one does. */
  readonly minutes: number
  /** Before that, where it opens a set, and after that, where it closes one. */
  readonly openingMinutes: number
  readonly closingMinutes: number
  /** On any scale that is the same for all; null where it is not known. */
  readonly energy: number | null
  /** Null where nobody knows: it then counts as an artist of its own. */
  readonly artist: string | null
  /** The most bars that it can be left over. */
  readonly outBars: number
}

export type SetWish = {
  readonly minutes: number
  /** Energies at even distances, 0 the calmest of the pool and 1 the most energetic. */
  readonly arc: readonly number[]
  /** The same artist comes again after so many other tracks at the earliest; 0 allows it at once. */
  readonly artistGap: number
  readonly mustPlay: readonly number[]
  /** Places that are decided; counted from the end where negative, −1 the last one. */
  readonly fixed: readonly { readonly place: number; readonly track: number }[]
  /** The same seed plans the same set. */
  readonly seed: number
  /** What `edges` asks of a transition, for what is said where there is none. @default 1 */
  readonly leastBars?: number
}

export type PlannedSet = {
  readonly order: readonly number[]
  readonly minutes: number
  /** Of each place: its track's energy and the wished one, 0 the calmest of the pool and 1 the most energetic. */
  readonly energies: readonly number[]
  readonly arc: readonly number[]
  /** 0 to 1: transitions and arc. */
  readonly score: number
  /** What always playing the track that the last one leads into best would score, whatever the arc says; null where that breaks a limit. */
  readonly greedyScore: number | null
  readonly isExact: boolean
  /** Why the set has fewer tracks than its length asks for; null where it has as many. */
  readonly shortenedBecause: string | null
}

const BEAM_WIDTH = 4
/** Of a set that its limits do not allow, so much is tried next. */
const SHORTENED = 0.85
/** Shakes of a set of 60 take under a second; a shorter set gets more of them. */
const SHAKEN_PLACES = 6000
/** Shakes after that, each time: an order that is nearly right needs few. */
const RESHAKEN_PLACES = 600
/** A larger pool is thinned out by its energies; a row of the table of transitions then stays small. */
export const MOST_POOL_TRACKS = 2000

const numbered = (names: readonly (string | null)[]): Int32Array => {
  const numbers = new Map<string, number>()
  return Int32Array.from(names, (name) => {
    if (name === null) return -1
    if (!numbers.has(name)) numbers.set(name, numbers.size)
    return numbers.get(name)!
  })
}

/** What tracks of a set take: each of them, and the first and last one besides. */
type Lengths = { readonly mean: number; readonly ends: number }
/** Of such tracks a set has as many as it needs. */
const ENDLESS: Lengths = { mean: Number.POSITIVE_INFINITY, ends: 0 }

const lengthOf = (tracks: readonly PoolTrack[], order: ArrayLike<number>): number => {
  const [first, last] = [tracks[order[0]!]!, tracks[order[order.length - 1]!]!]
  return Array.from(order).reduce(
    (sum, track) => sum + tracks[track]!.minutes,
    first.openingMinutes + last.closingMinutes,
  )
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

const lengthsOf = (tracks: readonly PoolTrack[]): Lengths => ({
  mean: meanOf(tracks.map(({ minutes }) => minutes)),
  ends: meanOf(tracks.map(({ openingMinutes, closingMinutes }) => openingMinutes + closingMinutes)),
})

const placesFor = ({ mean, ends }: Lengths, most: number, { minutes, mustPlay, fixed }: SetWish): number => {
  const wanted = new Set([...mustPlay, ...fixed.map(({ track }) => track)]).size
  const deepest = fixed.reduce((most, { place }) => Math.max(most, place < 0 ? -place : place + 1), 1)
  return Math.min(most, Math.max(1, wanted, deepest, Math.round((minutes - ends) / Math.max(mean, 1e-3))))
}

/** @throws SET_WISH_CONTRADICTORY for two tracks at a place, or one at two */
const fixedPlaces = ({ fixed }: SetWish, places: number, tracks: readonly PoolTrack[]): ReadonlyMap<number, number> => {
  const taken = new Map<number, number>()
  for (const { place: asked, track } of fixed) {
    const place = asked < 0 ? places + asked : asked
    if (place < 0 || place >= places)
      throw new UserError(
        'SET_WISH_CONTRADICTORY',
        `There is no place ${asked < 0 ? `${-asked} from the end` : asked + 1} in a set of ${countText(places)}.`,
      )
    const held = taken.get(place) ?? track
    if (held !== track)
      throw new UserError(
        'SET_WISH_CONTRADICTORY',
        `${tracks[held]!.title} and ${tracks[track]!.title} are both fixed at place ${place + 1}.`,
      )
    const other = [...taken].find((one) => one[1] === track && one[0] !== place)
    if (other !== undefined)
      throw new UserError(
        'SET_WISH_CONTRADICTORY',
        `${tracks[track]!.title} is fixed at places ${other[0] + 1} and ${place + 1}.`,
      )
    taken.set(place, track)
  }
  return taken
}

/** A first order of a large pool. */
export const firstOrder = (problem: OrderProblem, score: OrderScore): Int32Array =>
  beamOrder(problem, score, BEAM_WIDTH)

/** A better one, as long as the search of a plan takes. */
export const polishedOrder = (
  problem: OrderProblem,
  score: OrderScore,
  { order, seed }: { readonly order: Int32Array; readonly seed: number },
): Int32Array => polishOrder(problem, score, { order, seed, rounds: Math.ceil(SHAKEN_PLACES / problem.places) })

/** A better order may show itself so often once the transitions of one were judged. */
const MOST_TURNS = 3

type Settle = SetEdges['settle']

type Solving = { readonly score: OrderScore; readonly settle: Settle; readonly seed: number }

/** The best of several orders whose transitions are judged, one after the other. @param next from what is known by then */
const settled = (
  first: Int32Array,
  { score, settle }: Omit<Solving, 'seed'>,
  next: (order: Int32Array, turn: number) => Int32Array,
): Int32Array => {
  let [order, best] = [first, first]
  settle?.(first)
  for (let turn = 0, isNew = true; turn <= MOST_TURNS && isNew; turn++) {
    order = next(order, turn)
    isNew = settle?.(order) ?? false
    // What looked better may not be, once it is judged.
    if (score.valueOf(order) > score.valueOf(best)) best = order
  }
  return best
}

type Solved = { readonly problem: NamedProblem; readonly score: OrderScore; readonly order: Int32Array }

const reshaken = ({ problem, score, order }: Solved, seed: number): Int32Array =>
  polishOrder(problem, score, { order, seed, rounds: Math.ceil(RESHAKEN_PLACES / problem.places) })

/** An order that is nearly right: it tells how long a set of so many places is. */
const sketch = (problem: NamedProblem, { score, settle, seed }: Solving): Solved => {
  if (isExactlySolvable(problem)) return { problem, score, order: exactOrder(problem, score) }
  const first = firstOrder(problem, score)
  settle?.(first)
  const order = reshaken({ problem, score, order: first }, seed)
  settle?.(order)
  return { problem, score, order: score.valueOf(order) > score.valueOf(first) ? order : first }
}

const finish = (sketched: Solved, { settle, seed }: Omit<Solving, 'score'>): Solved => {
  const { problem, score, order: first } = sketched
  if (isExactlySolvable(problem)) return sketched
  const order = settled(first, { score, settle }, (order, turn) =>
    turn === 0 ? polishedOrder(problem, score, { order, seed }) : reshaken({ problem, score, order }, seed),
  )
  return { problem, score, order }
}

const isPossible = ({ score, order }: Solved): boolean => score.valueOf(order) >= 0

type Shortening = {
  /** The set of the wished length, which breaks a limit. */
  readonly nearest: Solved
  /** Places that the wish needs. */
  readonly least: number
  readonly sketched: (places: number) => Solved
  readonly finished: (sketch: Solved) => Solved
}

/**
 * A set that breaks no limit, of fewer tracks where that many are too many. Lengths are tried by sketches: a whole search for each of them
 * would take as many times as long as a plan does.
 * @throws SET_IMPOSSIBLE
 */
const shortened = ({ nearest, least, sketched, finished }: Shortening): Solved => {
  let longer = nearest
  while (longer.problem.places > least) {
    let shorter = sketched(Math.max(least, Math.floor(longer.problem.places * SHORTENED)))
    if (isPossible(shorter) || shorter.problem.places <= least) {
      // The whole search may get through with more tracks, where their sketch did not.
      const tried = longer === nearest ? nearest : finished(longer)
      if (isPossible(tried)) return tried
      shorter = finished(shorter)
      if (isPossible(shorter)) return shorter
    }
    longer = shorter
  }
  throw new UserError('SET_IMPOSSIBLE', whyImpossible(longer.problem, longer.order))
}

export type SetEdges = TransitionTable & {
  readonly settle?: RefinedTable['settle'] | undefined
  readonly passes?: Passes | null
}

/**
 * @param edges how well each track leads into each other, 0 to 1, or negative by `scoreOfObstacle`; rows and columns are asked for often, so they are to be kept
 * @throws SET_POOL_EMPTY, SET_WISH_CONTRADICTORY, SET_IMPOSSIBLE
 */
export const planSet = (tracks: readonly PoolTrack[], edges: SetEdges, wish: SetWish): PlannedSet => {
  if (tracks.length === 0) throw new UserError('SET_POOL_EMPTY', 'None of these tracks can be played.')
  const { from: edgesFrom, into: edgesInto, settle, passes = null } = edges
  const energies = energyRanks(tracks.map(({ energy }) => energy))
  const artists = numbered(tracks.map(({ artist }) => artist))
  const solving = { settle, seed: wish.seed }
  const sketched = (places: number): Solved => {
    const problem: NamedProblem = {
      titles: tracks.map(({ title }) => title),
      artistNames: tracks.map(({ artist }) => artist),
      outBars: tracks.map(({ outBars }) => outBars),
      leastBars: wish.leastBars ?? 1,
      count: tracks.length,
      places,
      edgesFrom,
      edgesInto,
      energies,
      arc: arcAt(wish.arc, places),
      artists,
      artistDistance: wish.artistGap + 1,
      fixed: fixedPlaces(wish, places, tracks),
      mustPlay: new Set(wish.mustPlay),
      passes,
    }
    return sketch(problem, { score: scoreOrders(problem), ...solving })
  }
  const finished = (sketch: Solved): Solved => finish(sketch, solving)
  const places = placesFor(lengthsOf(tracks), tracks.length, wish)
  const first = sketched(places)
  // The tracks that were chosen may be longer or shorter than those of the pool.
  const better = placesFor(lengthsOf([...first.order].map((track) => tracks[track]!)), tracks.length, wish)
  const second = better === places ? null : sketched(better)
  const offBy = ({ order }: Solved): number => Math.abs(lengthOf(tracks, order) - wish.minutes)
  const nearest = finished(second !== null && offBy(second) < offBy(first) ? second : first)
  const least = placesFor(ENDLESS, tracks.length, wish)
  const solved = isPossible(nearest) ? nearest : shortened({ nearest, least, sketched, finished })
  const { problem, score } = solved
  const playNearest = (): Int32Array => nearestOrder(problem, score)
  const neighbours = settled(playNearest(), { score, settle }, playNearest)
  const greedy = score.valueOf(neighbours)
  const byNext = greedyOrder(problem, score)
  settle?.(byNext)
  // A search that ends below an order that takes no search is not the answer.
  const order = [neighbours, byNext].reduce(
    (best, other) => (score.valueOf(other) > score.valueOf(best) ? other : best),
    solved.order,
  )
  return {
    order: [...order],
    minutes: lengthOf(tracks, order),
    energies: [...order].map((track) => energies[track]!),
    arc: [...problem.arc],
    score: score.valueOf(order),
    greedyScore: greedy < 0 ? null : greedy,
    isExact: isExactlySolvable(problem),
    shortenedBecause: solved === nearest ? null : whyImpossible(nearest.problem, nearest.order),
  }
}
