import { besideHand, type HandWindow } from '../../core/setlist/beside-hand.ts'
import type { Passes } from '../../core/setlist/order-problem.ts'
import { type PackedPool, unpackPool } from '../../core/setlist/packed-pool.ts'
import { type PlannedSet, type PoolTrack, planSet, type SetWish } from '../../core/setlist/plan-set.ts'
import { type TableLimits, type TransitionTable, transitionTable } from '../../core/setlist/transition-table.ts'
import { SoundTable } from '../../core/similarity/sound-table.ts'
import { SOUND_WEIGHTS } from '../../core/similarity/sound-weights.ts'

type PoolInput = {
  readonly pool: PackedPool
  readonly limits: TableLimits
  readonly byHand: readonly HandWindow[]
}

export type PlanPoolInput = PoolInput & {
  /** Those of the pool, in its order. */
  readonly tracks: readonly PoolTrack[]
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

/** Sounds are compared within the pool. */
const tableOf = ({ pool, limits, byHand }: PoolInput): TransitionTable & { readonly passes: Passes | null } => {
  const tracks = unpackPool(pool)
  const sounds = new SoundTable(
    [...tracks.map(({ outSound }) => outSound), ...tracks.map(({ inSound }) => inSound)],
    SOUND_WEIGHTS,
  )
  const distances = {
    from: (track: number): Float32Array => sounds.distancesFrom(track).subarray(tracks.length),
    into: (track: number): Float32Array => sounds.distancesFrom(tracks.length + track).subarray(0, tracks.length),
  }
  const left = besideHand(tracks, byHand)
  return { ...transitionTable(left.tracks, distances, limits, byHand), passes: left.passes }
}

/** Plans a set. @throws as `planSet` */
export const planPool = (input: PlanPoolInput): PlannedSet =>
  planSet(input.tracks, tableOf(input), { ...input.wish, leastBars: input.limits.leastBars })

/** What fits between two tracks. */
export const fitBetween = ({ before, after, earlier, later, ...input }: FitBetweenInput): FitBetween => {
  const table = tableOf(input)
  const { count } = input.pool
  const ones = new Float64Array(count).fill(1)
  const { passes } = table
  const passesAt = (track: number): boolean => {
    const around = [earlier, before, track, after, later]
    return around.every((via, at) => {
      const [one, next] = [around[at - 1] ?? null, around[at + 1] ?? null]
      return passes === null || via === null || one === null || next === null || passes(one, via, next)
    })
  }
  return {
    passes: Uint8Array.from({ length: count }, (_, track) => Number(passesAt(track))),
    into: before === null ? ones : table.from(before),
    out: after === null ? ones : table.into(after),
  }
}
