import { giveWay } from '../../core/support/give-way.ts'
import { deleteCachedFiles } from '../../platform/store/cached-files.ts'
import type { Store } from '../../platform/store/store.ts'
import { cachedPaths } from './cached-paths.ts'

/** So many tracks take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 50

/**
 * Forgets tracks with everything made of them, in the database and in the cache, a few at a time.
 * @param options.withWork whether also those go that a person has worked on
 */
export const forgetTracks = async (
  store: Store,
  trackIds: readonly number[],
  { withWork }: { readonly withWork: boolean },
): Promise<void> => {
  for (let at = 0; at < trackIds.length; at += AT_ONCE) {
    if (at > 0) await giveWay()
    const asked = trackIds.slice(at, at + AT_ONCE)
    // Somebody may have begun to work on them meanwhile.
    const kept = withWork ? [] : store.presence.withOwnWork(asked)
    const ids = asked.filter((id) => !kept.includes(id))
    // Taken first, since the rows tell what the files are called.
    const cached = store.presence.cached(ids)
    store.presence.forget(ids)
    for (const track of cached) deleteCachedFiles(cachedPaths(store, track))
  }
}

/**
 * Forgets tracks that have no file left and that no person has worked on. The others stay, as missing ones.
 * @returns how many went
 */
export const forgetLostTracks = async (store: Store): Promise<number> => {
  const lost = store.presence.lostIds()
  await forgetTracks(store, lost, { withWork: false })
  return lost.length
}
