import { hearingKey } from '../../platform/store/hearing-store.ts'
import type { CachedTrack } from '../../platform/store/presence-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'

/** So many tracks take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 50

/** Features that were made before an update of the program may have another digest than the analysis that it found. */
const deleteCached = (store: Store, { audioDigest, gridDigest, featureSpecDigest, packDigest }: CachedTrack): void => {
  if (gridDigest !== null)
    for (const spec of new Set([currentFeatureSpecDigest(), featureSpecDigest ?? currentFeatureSpecDigest()]))
      store.features.delete({ audioDigest, gridDigest, featureSpecDigest: spec })
  store.peaks.delete(audioDigest)
  if (packDigest !== null) store.heardWindows.delete(hearingKey({ audioDigest, packDigest }))
}

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
    deleteCached(store, track)
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
