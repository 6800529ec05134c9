import { type PlannedSet, type PoolTrack, planSet, type SetWish } from '../../core/setlist/plan-set.ts'
import { type MixTrack, type TableLimits, transitionTable } from '../../core/setlist/transition-table.ts'
import { type Sound, SoundTable } from '../../core/similarity/sound-table.ts'
import { SOUND_WEIGHTS } from '../../core/similarity/sound-weights.ts'

export type PlanPoolInput = {
  readonly tracks: readonly (PoolTrack & MixTrack & { readonly outSound: Sound; readonly inSound: Sound })[]
  readonly wish: SetWish
  readonly limits: TableLimits
}

/** Plans a set; sounds are compared within the pool. @throws as `planSet` */
export const planPool = ({ tracks, wish, limits }: PlanPoolInput): PlannedSet => {
  const sounds = new SoundTable(
    [...tracks.map(({ outSound }) => outSound), ...tracks.map(({ inSound }) => inSound)],
    SOUND_WEIGHTS,
  )
  const distancesFrom = (track: number): Float32Array => sounds.distancesFrom(track).subarray(tracks.length)
  return planSet(tracks, transitionTable(tracks, distancesFrom, limits), wish)
}
