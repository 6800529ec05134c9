import { deleteCachedFiles } from '../../platform/store/cached-files.ts'
import type { Store } from '../../platform/store/store.ts'
import { cachedPaths } from './cached-paths.ts'

/** So many tracks take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 50

/**
 * Forgets tracks with everything made of them, in the database and in the cache.
 * @param remove deletes their rows, as one step
 */
export const forgetTracks = async (
  store: Store,
  trackIds: readonly number[],
  remove: (trackIds: readonly number[]) => void = (ids) => store.presence.forget(ids),
): Promise<void> => {
  // Taken first, since the rows tell what the files are called.
  const cached = store.presence.cached(trackIds)
  remove(trackIds)
  for (const [index, track] of cached.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve))
    deleteCachedFiles(cachedPaths(store, track))
  }
}

/**
 * Forgets tracks that have no file left and that no person has worked on. The others stay, as missing ones.
 * @returns how many went
 */
export const forgetLostTracks = async (store: Store): Promise<number> => {
  const lost = store.presence.lostIds()
  await forgetTracks(store, lost)
  return lost.length
}
