/**
 * @file A table of transitions in which those that matter score as the pair does by itself.
 * Method: the table of ends tells which tracks can follow one at all, and in what order to look at them; the first ones of each row are judged
 * in full, all of them in a small pool. The others count by their ends, times what full scores come to of those. Whatever an order uses is
 * judged before it is the answer: `settle`.
 * Conventions: as in `transition-table.ts`; rows and columns are made once, and kept.
 */
import type { SetByHand, TransitionTable } from './transition-table.ts'

export type RefinedTable = TransitionTable & {
  /** Judges the transitions of an order. @returns whether one of them had not been judged, so that a better order may show itself */
  readonly settle: (order: ArrayLike<number>) => boolean
}

/** Every pair of so many tracks is judged at once. */
const SMALL_POOL = 60
/** Of a larger pool, so many of each row; of a very large one fewer will do, since there always is another good one. */
const JUDGED_OF_ROW = 4
const [LARGE_POOL, JUDGED_OF_LARGE] = [500, 2] as const

type Judge = (from: number, to: number) => number

/** The best places of a row, best first; of equal ones the lower place. */
const bestPlaces = (row: Float64Array, most: number): readonly number[] => {
  const best: number[] = []
  for (let to = 0; to < row.length; to++) {
    const score = row[to]!
    if (score < 0 || (best.length === most && row[best[most - 1]!]! >= score)) continue
    let at = best.length
    while (at > 0 && row[best[at - 1]!]! < score) at--
    best.splice(at, 0, to)
    if (best.length > most) best.pop()
  }
  return best
}

/** All of them that are possible. */
const inOrder = (row: Float64Array): readonly number[] =>
  [...row.keys()].filter((to) => row[to]! >= 0).sort((one, other) => row[other]! - row[one]! || one - other)

export const refinedTable = (
  table: TransitionTable,
  judge: Judge,
  { count, byHand }: { readonly count: number; readonly byHand: readonly SetByHand[] },
): RefinedTable => {
  const [rows, columns]: [Float64Array[], Float64Array[]] = [[], []]
  /** Of each track, what is judged of the ways out of it and into it. */
  const [outOf, into] = [0, 1].map(() => Array.from({ length: count }, () => new Map<number, number>())) as [
    Map<number, number>[],
    Map<number, number>[],
  ]
  const isSet = new Set(byHand.map(({ from, to }) => from * count + to))
  const isGiven = (from: number, to: number): boolean => isSet.size > 0 && isSet.has(from * count + to)
  let [byEnds, inFull] = [0, 0]
  const shareOfEnds = (): number => (byEnds > 0 ? inFull / byEnds : 1)
  const isSmall = count <= SMALL_POOL
  const judged = (from: number, to: number): number => {
    const score = outOf[from]!.get(to) ?? judge(from, to)
    outOf[from]!.set(to, score)
    into[to]!.set(from, score)
    return score
  }
  /** What needs no closer look stays; what was judged counts by that, and the rest by its ends. */
  const fill = (
    ends: Float64Array,
    known: ReadonlyMap<number, number>,
    given: (other: number) => boolean,
  ): Float64Array => {
    const share = isSmall ? 1 : shareOfEnds()
    const scores = ends.slice()
    for (let other = 0; other < count; other++) if (scores[other]! >= 0 && !given(other)) scores[other]! *= share
    for (const [other, score] of known) scores[other] = score
    return scores
  }
  const lookAt = (from: number, to: number, ends: number): boolean => {
    const score = judged(from, to)
    if (score < 0) return false
    byEnds += ends
    inFull += score
    return true
  }
  const refineRow = (from: number): Float64Array => {
    const ends = table.from(from)
    const isOpen = (to: number): boolean => ends[to]! >= 0 && !isGiven(from, to)
    if (isSmall) {
      for (let to = 0; to < count; to++) if (isOpen(to)) lookAt(from, to, ends[to]!)
    } else {
      const most = count > LARGE_POOL ? JUDGED_OF_LARGE : JUDGED_OF_ROW
      const looked = bestPlaces(ends, most).filter(isOpen)
      const goesOn = looked.map((to) => lookAt(from, to, ends[to]!)).includes(true)
      // Further down only until one of them can follow at all.
      if (!goesOn) for (const to of inOrder(ends)) if (isOpen(to) && lookAt(from, to, ends[to]!)) break
    }
    return fill(ends, outOf[from]!, (to) => isGiven(from, to))
  }
  const refineColumn = (to: number): Float64Array => {
    const ends = table.into(to)
    if (isSmall) for (let from = 0; from < count; from++) if (ends[from]! >= 0 && !isGiven(from, to)) judged(from, to)
    return fill(ends, into[to]!, (from) => isGiven(from, to))
  }
  const rowOf = (from: number): Float64Array => (rows[from] ??= refineRow(from))
  return {
    from: rowOf,
    into: (to) => (columns[to] ??= refineColumn(to)),
    settle: (order) => {
      let isNew = false
      for (let place = 1; place < order.length; place++) {
        const [one, other] = [order[place - 1]!, order[place]!]
        const row = rowOf(one)
        if (row[other]! < 0 || outOf[one]!.has(other) || isGiven(one, other)) continue
        row[other] = judged(one, other)
        const column = columns[other]
        if (column !== undefined) column[one] = row[other]
        isNew = true
      }
      return isNew
    },
  }
}
