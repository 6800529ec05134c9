import { trackVector, trackVectorSpecString } from '../../core/similarity/track-vector.ts'
import { digestOf } from '../../platform/store/digest.ts'
import type { Store } from '../../platform/store/store.ts'
import type { AnalysisStatus } from './analysis-state.ts'

/** Of the vectors that this version computes. */
export const currentVectorSpecDigest = (): string => digestOf(trackVectorSpecString())

/** Makes the vector of a track that was analysed before this kind of vector was, where its features are still there. */
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
