import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { giveWay } from '../../core/support/give-way.ts'
import { type ErrorReport, toErrorReport } from '../../core/support/user-error.ts'
import { deleteCachedFiles, deleteCachedFolders, wasCachedBefore } from '../../platform/store/cached-files.ts'
import type { Store } from '../../platform/store/store.ts'
import { cachedPaths } from './cached-paths.ts'

const NOTHING: CacheSweep = { deleted: 0, left: [], problem: null }

/** So many tracks take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 100

const unfinishedMixes = ({ directory: { mixing } }: Store): readonly string[] =>
  existsSync(mixing) ? readdirSync(mixing).map((name) => join(mixing, name)) : []

export type CacheSweep = {
  readonly deleted: number
  /** Files that could not be deleted. */
  readonly left: readonly string[]
  /** Why it was cut short; null where it was not. */
  readonly problem: ErrorReport | null
}

/**
 * Deletes what of the cache belongs to no track: a process that is killed while it takes tracks out, or while it mixes, leaves some.
 * What is written meanwhile stays.
 */
export const sweepCache = async (
  store: Store,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<CacheSweep> => {
  const begun = Date.now()
  const orphans = new Set(
    [store.features, store.peaks, store.heardWindows, store.forms].flatMap((cache) => cache.files()),
  )
  const ids = orphans.size === 0 ? [] : store.tracks.ids()
  const isOver = async (): Promise<boolean> => {
    await giveWay()
    return signal?.aborted === true
  }
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    if (await isOver()) return NOTHING
    for (const track of store.presence.cached(ids.slice(at, at + AT_ONCE)))
      for (const path of cachedPaths(store, track)) orphans.delete(path)
  }
  if (await isOver()) return NOTHING
  const isOld = (path: string): boolean => wasCachedBefore(path, begun)
  const [files, mixes] = [[...orphans].filter(isOld), unfinishedMixes(store).filter(isOld)]
  const left = [...deleteCachedFiles(files), ...deleteCachedFolders(mixes)]
  return { deleted: files.length + mixes.length - left.length, left, problem: null }
}

/** The same at a start, which a cache that cannot be listed does not hold up: the doctor tells. */
export const sweepCacheAtStart = (store: Store, options: { readonly signal: AbortSignal }): Promise<CacheSweep> =>
  sweepCache(store, options).catch((error: unknown) => ({ ...NOTHING, problem: toErrorReport(error) }))
