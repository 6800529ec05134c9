import { judgePairs, type PackedPool, unpackPool } from '../../core/setlist/packed-pool.ts'
import { type GraphWish, type TransitionGraph, transitionGraph } from '../../core/setlist/transition-graph.ts'
import type { SetByHand } from '../../core/setlist/transition-table.ts'
import { SoundTable } from '../../core/similarity/sound-table.ts'
import { SOUND_WEIGHTS } from '../../core/similarity/sound-weights.ts'

export type ConnectTracksInput = {
  readonly pool: PackedPool
  readonly wish: GraphWish
  readonly byHand: readonly SetByHand[]
}

/** Finds the good transitions of a pool. @param report how many tracks are done */
export const connectTracks = (
  { pool, wish, byHand }: ConnectTracksInput,
  report: (done: number) => void,
): TransitionGraph => {
  const tracks = unpackPool(pool)
  const { scale } = pool
  return transitionGraph(
    tracks,
    (order) => {
      if (scale === null) return () => null
      // Beginnings stand in the order of the candidates, so that those of a stretch are measured at once.
      const ins = Array.from(order, (track) => tracks[track]!.inSound)
      const table = new SoundTable([...ins, ...tracks.map(({ outSound }) => outSound)], SOUND_WEIGHTS, scale)
      return (from, first, end) => table.distancesFrom(tracks.length + from, first, end)
    },
    judgePairs(pool, { atLeast: wish.least }),
    wish,
    { byHand, onTrack: report },
  )
}
