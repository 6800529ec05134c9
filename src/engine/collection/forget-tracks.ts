import { hearingKey } from '../../platform/store/hearing-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'

/** So many tracks take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 50

/** Deletes what the cache holds of a track. */
type CacheRemoval = () => void

/** Taken before the track is deleted, since its rows tell what the files are called. */
const cacheRemovalOf = (store: Store, trackId: number): CacheRemoval => {
  const track = store.tracks.get(trackId)
  if (track === null) return () => {}
  const { audioDigest } = track
  const specs = new Set([currentFeatureSpecDigest(), store.analyses.summary(trackId)?.featureSpecDigest])
  const keys = store.grids
    .versions(trackId)
    .flatMap(({ digest: gridDigest }) =>
      [...specs].flatMap((spec) => (spec === undefined ? [] : [{ audioDigest, gridDigest, featureSpecDigest: spec }])),
    )
  const packDigest = store.hearing.heardBy(trackId, audioDigest)
  return () => {
    for (const key of keys) store.features.delete(key)
    store.peaks.delete(audioDigest)
    if (packDigest !== null) store.heardWindows.delete(hearingKey({ audioDigest, packDigest }))
  }
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
  const removals = trackIds.map((id) => cacheRemovalOf(store, id))
  remove(trackIds)
  for (const [index, removal] of removals.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve))
    removal()
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
