import { deleteCachedFiles, wasCachedBefore } from '../../platform/store/cached-files.ts'
import type { Store } from '../../platform/store/store.ts'
import { cachedPaths } from './cached-paths.ts'

/** So many tracks take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 100

/**
 * Deletes files of the cache that belong to no track: a process that is killed while it takes tracks out leaves some.
 * What is written meanwhile stays.
 * @returns how many went
 */
export const sweepCache = async (store: Store, { signal }: { readonly signal?: AbortSignal } = {}): Promise<number> => {
  const begun = Date.now()
  const orphans = new Set(
    [store.features, store.peaks, store.heardWindows, store.forms].flatMap((cache) => cache.files()),
  )
  const ids = orphans.size === 0 ? [] : store.tracks.ids()
  const isOver = async (): Promise<boolean> => {
    await new Promise((resolve) => setImmediate(resolve))
    return signal?.aborted === true
  }
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    if (await isOver()) return 0
    for (const track of store.presence.cached(ids.slice(at, at + AT_ONCE)))
      for (const path of cachedPaths(store, track)) orphans.delete(path)
  }
  if (await isOver()) return 0
  const old = [...orphans].filter((path) => wasCachedBefore(path, begun))
  deleteCachedFiles(old)
  return old.length
}
