import { trackVector, trackVectorSpecString } from '../../core/similarity/track-vector.ts'
import { digestOf } from '../../platform/store/digest.ts'
import type { Store } from '../../platform/store/store.ts'
import type { AnalysisStatus } from './analysis-state.ts'

/** Digest of the way in which this version computes vectors of tracks. */
export const currentVectorSpecDigest = (): string => digestOf(trackVectorSpecString())

/**
 * Makes the vector of a track whose analysis is older than this kind of vector, where the cache still has its features.
 */
export const fillTrackVector = (
  store: Store,
  { track, analysis }: Pick<AnalysisStatus, 'track' | 'analysis'>,
): void => {
  if (analysis === null) return
  const key = { trackId: track.id, gridDigest: analysis.gridDigest, specDigest: currentVectorSpecDigest() }
  if (store.vectors.has(key)) return
  const features = store.features.read(analysis)
  if (features !== null) store.vectors.put(key, trackVector(features))
}
