/**
 * @file The good transitions of a pool of tracks: the best of each track, and what they join and leave alone.
 * Method: only pairs that can be good by key and tempo are looked at (`transition-candidates.ts`), and of those only the ones that can
 * still change the answer. Islands, and tracks that nothing leads into, are found among all good transitions, not just the kept ones.
 * Conventions: tracks are numbers from 0; a transition is good from the score `least` on.
 */
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

const NO_LIMITS: TableLimits = { mostRisePercent: null, mostFallPercent: null, mostVoices: null, leastBars: 1 }

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
}

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

  /** Less than this changes nothing. */
  get floor(): number {
    return this.#kept.length < this.#most ? 0 : this.#kept.at(-1)!.score
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

/** @param measureIn given the order of the tracks, measures stretches of it @param options what a person has set counts whatever key and tempo say */
export const transitionGraph = (
  tracks: readonly MixTrack[],
  measureIn: (order: Int32Array) => MeasureStretch,
  { exits, least }: GraphWish,
  { byHand = [], onTrack }: { readonly byHand?: readonly SetByHand[]; readonly onTrack?: (done: number) => void } = {},
): TransitionGraph => {
  const { order, stretchesFor } = transitionCandidates(tracks.map(mixFacts), least)
  const measure = measureIn(order)
  const scoreOf = pairScore(tracks, NO_LIMITS)
  const islands = trackIslands(tracks.length)
  const isReached = new Uint8Array(tracks.length)
  const best = tracks.map(() => new BestExits(exits))
  const add = (from: number, to: number, score: number): void => {
    best[from]!.add(to, score)
    isReached[to] = 1
    islands.join(from, to)
  }
  const setFrom = Map.groupBy(byHand, ({ from }) => from)
  for (const [from, own] of best.entries()) {
    onTrack?.(from)
    const set = setFrom.get(from) ?? []
    const isSet = new Set(set.map(({ to }) => to))
    for (const { to, score } of set) if (score >= least) add(from, to, score)
    for (const [first, end] of stretchesFor(from)) {
      const distances = measure(from, first, end)
      for (let place = first; place < end; place++) {
        const to = order[place]!
        // A transition that joins nothing new and is reached anyway only counts where it is one of the best.
        const isKnown = isReached[to] === 1 && islands.areJoined(from, to)
        const atLeast = isKnown ? Math.max(least, own.floor) : least
        if (to === from || isSet.has(to)) continue
        const score = scoreOf(from, to, distances?.[place - first] ?? Number.NaN, atLeast)
        if (score >= least) add(from, to, score)
      }
    }
  }
  const kept = best.flatMap(({ kept }, from) => kept.map((one) => ({ from, ...one })))
  const numbers = Array.from(tracks.keys())
  return {
    transitions: {
      from: Int32Array.from(kept, ({ from }) => from),
      to: Int32Array.from(kept, ({ to }) => to),
      score: Float64Array.from(kept, ({ score }) => score),
    },
    islands: islands.list(),
    deadEnds: numbers.filter((track) => best[track]!.kept.length === 0),
    unreached: numbers.filter((track) => isReached[track] === 0),
  }
}
