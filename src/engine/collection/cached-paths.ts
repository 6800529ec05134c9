import { hearingKey } from '../../platform/store/hearing-store.ts'
import type { CachedTrack } from '../../platform/store/presence-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'
import { formKey } from '../kit/form-of.ts'

/**
 * Where the cache keeps, or would keep, what was made of a track. Features that were made before an update of the
 * program may have another digest than the analysis that it found.
 */
export const cachedPaths = (
  store: Store,
  { audioDigest, gridDigest, featureSpecDigest, packDigest }: CachedTrack,
): readonly string[] => {
  const specs = new Set([currentFeatureSpecDigest(), featureSpecDigest ?? currentFeatureSpecDigest()])
  return [
    store.peaks.pathOf(audioDigest),
    ...(gridDigest === null ? [] : [...specs]).flatMap((spec) => {
      const key = { audioDigest, gridDigest: gridDigest!, featureSpecDigest: spec }
      return [store.features.pathOf(key), store.forms.pathOf(formKey(key))]
    }),
    ...(packDigest === null ? [] : [store.heardWindows.pathOf(hearingKey({ audioDigest, packDigest }))]),
  ]
}
