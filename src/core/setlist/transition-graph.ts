/**
 * @file The good transitions of a pool of tracks: the best of each track, and what they join and leave alone.
 * Method: only pairs that can be good by key and tempo are looked at (`transition-candidates.ts`), those whose ends match best first. In a
 * pool too large to judge every one of them, each track gets its share; then what seems to lead nowhere, to be unreached or to be an
 * island is looked at until that is certain, or until so many pairs are judged that nobody would wait for more.
 * Conventions: tracks are numbers from 0; a transition is good from the score `least` on.
 */
import { OVERLAP_WEIGHT } from './overlap-part-names.ts'
import { trackIslands } from './track-islands.ts'
import { transitionCandidates } from './transition-candidates.ts'
import { type MixTrack, mixFacts, pairScore, type SetByHand, type TableLimits } from './transition-table.ts'

export type GraphWish = {
  /** The most transitions that are kept of a track. */
  readonly exits: number
  /** Score from which a transition is good, over 0 and at most 1. */
  readonly least: number
}

/** What takes long of a graph: to look at the tracks, to find what leads into what, and to lay it out. */
export const GRAPH_STAGES = ['reading', 'connecting', 'placing'] as const
export type GraphProgress = {
  readonly stage: (typeof GRAPH_STAGES)[number]
  readonly done: number
  readonly total: number
}

/** More lines from a track than these and nobody sees where they lead. */
export const [DEFAULT_EXITS, MOST_EXITS] = [5, 50] as const
/** Set by judgement: a pair whose keys clash never reaches it. */
export const DEFAULT_LEAST = 0.75
/** A lower one would call nearly everything good. */
export const LOWEST_LEAST = 0.05

const NO_LIMITS: TableLimits = { mostRisePercent: null, mostFallPercent: null, leastBars: 1 }
/** All weights of the parts that a transition may be judged by, those of the ends alone being 1. */
const MOST_WEIGHT = 1 + OVERLAP_WEIGHT
/** About ten seconds. */
const MOST_JUDGED = 200_000
/** What is spent on the best transitions of each track; the rest is for making sure of what leads nowhere. */
const BEST_SHARE = 0.6

/** Transition n leads from track `from[n]` into `to[n]`: track by track, the best first. */
export type KeptTransitions = { readonly from: Int32Array; readonly to: Int32Array; readonly score: Float64Array }

export type TransitionGraph = {
  readonly transitions: KeptTransitions
  /** Groups of tracks that no good transition joins with others, the largest first; a track may be one by itself. */
  readonly islands: readonly (readonly number[])[]
  /** Tracks with no good transition into another. */
  readonly deadEnds: readonly number[]
  /** Tracks with no good transition from another. */
  readonly unreached: readonly number[]
  /** Tracks of which one of these could not be made sure of, and is not said. */
  readonly unsure: readonly number[]
}

/** The score of a transition as a pair has it by itself; negative where there is none. */
export type JudgePair = (from: number, to: number) => number

/**
 * How far the beginnings of tracks are from the end of one, shape (end − first); null where sounds are not compared.
 * @param first place in the order of the tracks @param end the place after the last
 */
export type MeasureStretch = (from: number, first: number, end: number) => Float32Array | null

/** The best transitions of one track so far, best first; of equal ones the lower track. */
class BestExits {
  readonly #most: number
  readonly #kept: { readonly to: number; readonly score: number }[] = []

  constructor(most: number) {
    this.#most = most
  }

  get kept(): readonly { readonly to: number; readonly score: number }[] {
    return this.#kept
  }

  add(to: number, score: number): void {
    let at = this.#kept.length
    while (at > 0) {
      const { to: other, score: theirs } = this.#kept[at - 1]!
      if (theirs > score || (theirs === score && other < to)) break
      at--
    }
    this.#kept.splice(at, 0, { to, score })
    if (this.#kept.length > this.#most) this.#kept.pop()
  }
}

export type GraphOptions = {
  /** What a person has set counts whatever key and tempo say. */
  readonly byHand?: readonly SetByHand[]
  readonly onTrack?: (done: number) => void
  /** No more pairs are judged. */
  readonly mostJudged?: number
}

/** @param measureIn given the order of the tracks, measures stretches of it */
export const transitionGraph = (
  tracks: readonly MixTrack[],
  measureIn: (order: Int32Array) => MeasureStretch,
  judge: JudgePair,
  { exits, least }: GraphWish,
  { byHand = [], onTrack, mostJudged = MOST_JUDGED }: GraphOptions = {},
): TransitionGraph => {
  const count = tracks.length
  const facts = tracks.map(mixFacts)
  const { order, stretchesFor: mayFollow } = transitionCandidates(facts, least ** MOST_WEIGHT)
  const { stretchesFor: likelyFollow } = transitionCandidates(facts, least)
  const measure = measureIn(order)
  const endsScore = pairScore(tracks, NO_LIMITS)
  const islands = trackIslands(count)
  const [hasExit, isReached, isUnsure] = [new Uint8Array(count), new Uint8Array(count), new Uint8Array(count)]
  const best = tracks.map(() => new BestExits(exits))
  const judged = new Set(byHand.map(({ from, to }) => from * count + to))
  let left = mostJudged
  const add = (from: number, to: number, score: number): void => {
    best[from]!.add(to, score)
    hasExit[from] = 1
    isReached[to] = 1
    islands.join(from, to)
  }
  /** @returns false where there is no time left for it */
  const look = (from: number, to: number): boolean => {
    const pair = from * count + to
    if (from === to || judged.has(pair)) return true
    if (left === 0) return false
    left--
    judged.add(pair)
    const score = judge(from, to)
    if (score >= least) add(from, to, score)
    return true
  }
  /** Tracks that may follow one, those whose beginnings match its end best first. */
  const following = (from: number, stretches: ReturnType<typeof mayFollow>): readonly number[] => {
    const found: { readonly to: number; readonly rank: number }[] = []
    for (const [first, end] of stretches) {
      const distances = measure(from, first, end)
      for (let place = first; place < end; place++) {
        const to = order[place]!
        found.push({ to, rank: endsScore(from, to, distances?.[place - first] ?? Number.NaN) })
      }
    }
    return found.sort((one, other) => other.rank - one.rank || one.to - other.to).map(({ to }) => to)
  }
  for (const { from, to, score } of byHand) if (score >= least) add(from, to, score)
  const isSmall = count * (count - 1) <= mostJudged
  const share = Math.max(1, Math.floor((BEST_SHARE * mostJudged) / Math.max(1, count)))
  for (let from = 0; from < count; from++) {
    onTrack?.(from)
    if (isSmall) for (const to of following(from, mayFollow(from))) look(from, to)
    else for (const to of following(from, likelyFollow(from)).slice(0, share)) look(from, to)
  }
  /** Looks at pairs until one of them is good. */
  const seek = (track: number, pairs: Iterable<readonly [number, number]>, isFound: () => boolean): void => {
    for (const [from, to] of pairs) {
      if (isFound()) return
      if (look(from, to)) continue
      isUnsure[track] = 1
      return
    }
  }
  const others = (track: number): readonly number[] => following(track, mayFollow(track))
  for (let track = 0; track < count && !isSmall; track++) {
    if (!hasExit[track])
      seek(
        track,
        others(track).map((to) => [track, to]),
        () => hasExit[track] === 1,
      )
    if (!isReached[track])
      seek(
        track,
        others(track).map((from) => [from, track]),
        () => isReached[track] === 1,
      )
  }
  const numbers = Array.from(tracks.keys())
  /** Looks for what joins the island of a track with others. */
  const seekOut = (first: number): void => {
    const size = islands.sizeOf(first)
    // Of one that has grown all tracks, since those that it grew by were looked at only until then.
    for (const track of numbers.filter((one) => islands.areJoined(one, first))) {
      const pairs = others(track).flatMap((other) =>
        islands.areJoined(track, other)
          ? []
          : ([
              [track, other],
              [other, track],
            ] as const),
      )
      seek(track, pairs, () => islands.sizeOf(first) > size)
      if (islands.sizeOf(first) > size) return
    }
  }
  // From the smallest island on, since the largest has the most pairs; what joins that one with others is found from them.
  const [largest, ...smaller] = isSmall ? [] : islands.list().map((island) => island[0]!)
  for (const first of smaller.reverse()) if (!islands.areJoined(first, largest!)) seekOut(first)
  // Others may have grown larger, and be given up.
  if (largest !== undefined && !islands.areJoined(largest, islands.list()[0]![0]!)) seekOut(largest)
  const kept = best.flatMap((own, from) => own.kept.map((one) => ({ from, ...one })))
  return {
    transitions: {
      from: Int32Array.from(kept, ({ from }) => from),
      to: Int32Array.from(kept, ({ to }) => to),
      score: Float64Array.from(kept, ({ score }) => score),
    },
    islands: islands.list(),
    deadEnds: numbers.filter((track) => !(hasExit[track] || isUnsure[track])),
    unreached: numbers.filter((track) => !(isReached[track] || isUnsure[track])),
    unsure: numbers.filter((track) => isUnsure[track]),
  }
}
