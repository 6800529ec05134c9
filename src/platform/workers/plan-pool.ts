import { type PackedPool, unpackPool } from '../../core/setlist/packed-pool.ts'
import { type PlannedSet, type PoolTrack, planSet, type SetWish } from '../../core/setlist/plan-set.ts'
import {
  type SetByHand,
  type TableLimits,
  type TransitionTable,
  transitionTable,
} from '../../core/setlist/transition-table.ts'
import { SoundTable } from '../../core/similarity/sound-table.ts'
import { SOUND_WEIGHTS } from '../../core/similarity/sound-weights.ts'

type PoolInput = {
  readonly pool: PackedPool
  readonly limits: TableLimits
  readonly byHand: readonly SetByHand[]
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
}

/** Of each track, how well the one before leads into it and it into the one after; negative where it cannot, 1 where there is none. */
export type FitBetween = { readonly into: Float64Array; readonly out: Float64Array }

/** Sounds are compared within the pool. */
const tableOf = ({ pool, limits, byHand }: PoolInput): TransitionTable => {
  const tracks = unpackPool(pool)
  const sounds = new SoundTable(
    [...tracks.map(({ outSound }) => outSound), ...tracks.map(({ inSound }) => inSound)],
    SOUND_WEIGHTS,
  )
  const distances = {
    from: (track: number): Float32Array => sounds.distancesFrom(track).subarray(tracks.length),
    into: (track: number): Float32Array => sounds.distancesFrom(tracks.length + track).subarray(0, tracks.length),
  }
  return transitionTable(tracks, distances, limits, byHand)
}

/** Plans a set. @throws as `planSet` */
export const planPool = (input: PlanPoolInput): PlannedSet =>
  planSet(input.tracks, tableOf(input), { ...input.wish, leastBars: input.limits.leastBars })

/** What fits between two tracks. */
export const fitBetween = ({ before, after, ...input }: FitBetweenInput): FitBetween => {
  const table = tableOf(input)
  const ones = new Float64Array(input.pool.count).fill(1)
  return {
    into: before === null ? ones : table.from(before),
    out: after === null ? ones : table.into(after),
  }
}
