import type { GridVersion } from '../../core/beats/grid-version.ts'
import type { FeatureMatrix } from '../../core/features/feature-matrix.ts'
import type { Track } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'

/** @throws ANALYSIS_REQUIRED */
export const requireGrid = (store: Store, track: Track): GridVersion => {
  const grid = store.grids.current(track.id)
  if (grid === null) throw new UserError('ANALYSIS_REQUIRED', `Track ${track.id} has no beat grid yet.`)
  return grid
}

/** Features on the grid in force; null where the cache has none. @throws ANALYSIS_REQUIRED */
export const currentFeatures = (store: Store, track: Track): FeatureMatrix | null => {
  const analysis = store.analyses.get(track.id)
  return analysis?.gridDigest === requireGrid(store, track).digest ? store.features.read(analysis) : null
}
