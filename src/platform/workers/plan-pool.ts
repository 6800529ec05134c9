import { type Beside, besideHand, type HandWindow } from '../../core/setlist/beside-hand.ts'
import type { WindowLimits } from '../../core/setlist/best-window.ts'
import { scoreOfObstacle } from '../../core/setlist/obstacles.ts'
import { judgePairs, type PackedPool, unpackPool } from '../../core/setlist/packed-pool.ts'
import { type PlannedSet, type PoolTrack, planSet, type SetWish } from '../../core/setlist/plan-set.ts'
import { type RefinedTable, refinedTable } from '../../core/setlist/refined-table.ts'
import { tableDistances } from '../../core/setlist/table-distances.ts'
import { type TableLimits, type TransitionTable, transitionTable } from '../../core/setlist/transition-table.ts'
import { type PackedList, unpackList } from '../../core/support/packed-list.ts'

type PoolInput = {
  readonly pool: PackedPool
  readonly limits: TableLimits & WindowLimits
  readonly byHand: readonly HandWindow[]
}

export type PlanPoolInput = PoolInput & {
  /** Those of the pool, in its order. */
  readonly tracks: PackedList<PoolTrack>
  readonly wish: SetWish
}

export type FitBetweenInput = PoolInput & {
  /** Places in the tracks; null at the beginning and the end of a set. */
  readonly before: number | null
  readonly after: number | null
  /** The one before the one before, and the one after the one after. */
  readonly earlier: number | null
  readonly later: number | null
}

export type FitBetween = {
  /** Of each track, how well the one before leads into it and it into the one after; negative where it cannot, 1 where there is none. */
  readonly into: Float64Array
  readonly out: Float64Array
  /** 0 for a track where it, or one beside it, would go out before it has come in. */
  readonly passes: Uint8Array
}

/** How well the ends of tracks lead into the beginnings of others. */
const endsTable = ({ pool, limits, byHand }: PoolInput): TransitionTable & Beside => {
  const tracks = unpackPool(pool)
  const left = besideHand(tracks, byHand)
  return { ...transitionTable(left.tracks, tableDistances(tracks, pool.scale), limits, byHand), ...left }
}

/** How well tracks lead into others, judged in full where it matters. */
export const poolEdges = (input: PoolInput): RefinedTable & Pick<Beside, 'passes'> => {
  const { pool, limits, byHand } = input
  const { passes, tracks: ways, ...table } = endsTable(input)
  const refined = refinedTable(table, judgePairs(pool, { limits }, ways), { count: pool.count, byHand })
  return { ...refined, passes }
}

/** Plans a set. @throws as `planSet` */
export const planPool = (input: PlanPoolInput): PlannedSet =>
  planSet(unpackList(input.tracks), poolEdges(input), { ...input.wish, leastBars: input.limits.leastBars })

/** Of so many tracks whose ends fit best the bars are looked at. */
const MOST_LOOKED = 200
const NOTHING_KNOWN = scoreOfObstacle('nothing known')

/** What fits between two tracks. */
export const fitBetween = ({ before, after, earlier, later, ...input }: FitBetweenInput): FitBetween => {
  const { count } = input.pool
  const { passes, tracks: ways, ...table } = endsTable(input)
  const judge = judgePairs(input.pool, { limits: input.limits }, ways)
  const isSet = new Set(input.byHand.map(({ from, to }) => `${from} ${to}`))
  const ones = new Float64Array(count).fill(1)
  const [into, out] = [before === null ? ones : table.from(before), after === null ? ones : table.into(after)]
  const possible = [...ones.keys()].filter((track) => into[track]! >= 0 && out[track]! >= 0)
  const ranked = possible.sort((one, other) => into[other]! + out[other]! - into[one]! - out[one]! || one - other)
  const looked = new Set(ranked.slice(0, MOST_LOOKED))
  const inFull = (ends: Float64Array, pairOf: (track: number) => readonly [number, number]): Float64Array =>
    ends.map((score, track) => {
      if (!looked.has(track)) return Math.min(score, NOTHING_KNOWN)
      return isSet.has(pairOf(track).join(' ')) ? score : judge(...pairOf(track))
    })
  const passesAt = (track: number): boolean => {
    const around = [earlier, before, track, after, later]
    return around.every((via, at) => {
      const [one, next] = [around[at - 1] ?? null, around[at + 1] ?? null]
      return passes === null || via === null || one === null || next === null || passes(one, via, next)
    })
  }
  return {
    passes: Uint8Array.from({ length: count }, (_, track) => Number(passesAt(track))),
    into: before === null ? ones : inFull(into, (track) => [before, track]),
    out: after === null ? ones : inFull(out, (track) => [track, after]),
  }
}
