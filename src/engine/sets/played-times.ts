import { type SetTimes, setTimes } from '../../core/setlist/set-times.ts'
import { giveWay } from '../../core/support/give-way.ts'
import type { Store } from '../../platform/store/store.ts'
import type { TrackTransition } from './transition.ts'

/** When each track of a set is heard, by the grids of today. @param transitions null where one of the two cannot be mixed */
export const playedTimes = async (
  { grids, analyses }: Pick<Store, 'grids' | 'analyses'>,
  trackIds: readonly number[],
  transitions: readonly (Pick<TrackTransition, 'from' | 'to'> | null)[],
): Promise<SetTimes> => {
  const played: Parameters<typeof setTimes>[0][number][] = []
  for (const [at, trackId] of trackIds.entries()) {
    await giveWay()
    played.push({
      grid: grids.current(trackId)?.grid ?? null,
      durationSeconds: analyses.summary(trackId)?.durationSeconds ?? 0,
      into: transitions[at - 1]?.to ?? null,
      out: transitions[at]?.from ?? null,
    })
  }
  return setTimes(played)
}
