/**
 * @file A table of transitions in which those that matter score as the pair does by itself.
 * Method: the table of ends tells which tracks can follow one at all, and in what order to look at them; the first ones of each row are judged
 * in full, all of them in a small pool. The others count by their ends, times what full scores come to of those. Whatever an order uses is
 * judged before it is the answer: `settle`.
 * Conventions: as in `transition-table.ts`.
 */
import type { SetByHand, TransitionTable } from './transition-table.ts'

export type RefinedTable = TransitionTable & {
  /** Judges the transitions of an order. @returns whether one of them had not been judged, so that a better order may show itself */
  readonly settle: (order: ArrayLike<number>) => boolean
}

/** Every pair of so many tracks is judged at once. */
const SMALL_POOL = 60
/** Of a larger pool, so many of each row. */
const JUDGED_OF_ROW = 12

type Judge = (from: number, to: number) => number

export const refinedTable = (
  table: TransitionTable,
  judge: Judge,
  { count, byHand }: { readonly count: number; readonly byHand: readonly SetByHand[] },
): RefinedTable => {
  const pairOf = (from: number, to: number): number => from * count + to
  const isSet = new Set(byHand.map(({ from, to }) => pairOf(from, to)))
  const known = new Map<number, number>()
  const [rows, columns] = [new Map<number, Float64Array>(), new Map<number, Float64Array>()]
  let [byEnds, inFull] = [0, 0]
  const isSmall = count <= SMALL_POOL
  const judged = (from: number, to: number): number => {
    const score = known.get(pairOf(from, to)) ?? judge(from, to)
    known.set(pairOf(from, to), score)
    return score
  }
  /** What needs no closer look. */
  const isGiven = (from: number, to: number, score: number): boolean => score < 0 || isSet.has(pairOf(from, to))
  const refineRow = (from: number): Float64Array => {
    const row = table.from(from).slice()
    const open = [...row.keys()].filter((to) => !isGiven(from, to, row[to]!))
    const ranked = isSmall ? open : open.sort((one, other) => row[other]! - row[one]! || one - other)
    let [looked, hasOne] = [0, false]
    for (const to of ranked) {
      // Further down only until one of them can follow at all.
      if (!isSmall && looked >= JUDGED_OF_ROW && hasOne) break
      const score = judged(from, to)
      looked++
      if (score >= 0) {
        hasOne = true
        byEnds += row[to]!
        inFull += score
      }
      row[to] = score
    }
    const share = byEnds > 0 ? inFull / byEnds : 1
    for (const to of ranked.slice(looked)) row[to] = known.get(pairOf(from, to)) ?? share * row[to]!
    return row
  }
  const refineColumn = (to: number): Float64Array => {
    const share = byEnds > 0 ? inFull / byEnds : 1
    return table.into(to).map((ends, from) => {
      if (isGiven(from, to, ends)) return ends
      return isSmall ? judged(from, to) : (known.get(pairOf(from, to)) ?? share * ends)
    })
  }
  const once = (kept: Map<number, Float64Array>, refine: (track: number) => Float64Array) => (track: number) => {
    const before = kept.get(track)
    if (before !== undefined) return before
    const scores = refine(track)
    kept.set(track, scores)
    return scores
  }
  const from = once(rows, refineRow)
  return {
    from,
    into: once(columns, refineColumn),
    settle: (order) => {
      let isNew = false
      for (let place = 1; place < order.length; place++) {
        const [one, other] = [order[place - 1]!, order[place]!]
        const row = from(one)
        if (known.has(pairOf(one, other)) || isGiven(one, other, row[other]!)) continue
        row[other] = judged(one, other)
        const column = columns.get(other)
        if (column !== undefined) column[one] = row[other]
        isNew = true
      }
      return isNew
    },
  }
}
