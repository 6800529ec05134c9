import type { Track } from '../../core/library/track.ts'
import type { SectionModel } from '../../core/models/section-model.ts'
import { analysisStatus } from '../analysis/analysis-state.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'
import { formOf } from '../kit/form-of.ts'
import { readSpecDigest } from '../kit/section-spec-digest.ts'
import type { Workspace } from '../kit/workspace.ts'
import { BASE_MODEL_VERSION } from '../versions/base-model.ts'

type ReadOne = { readonly version: number; readonly model: SectionModel; readonly signal?: AbortSignal }

/**
 * Keeps the sections unless meanwhile the grid was edited, the version deleted or the track taken away.
 * @returns whether the model read alone, since the network of form cannot be asked here
 */
export const readOne = async (
  { store, pool, emit }: Workspace,
  track: Track,
  { version, model, signal }: ReadOne,
): Promise<boolean> => {
  const { grid, analysis } = analysisStatus(store, track, currentFeatureSpecDigest())
  const features = analysis && store.features.read(analysis)
  // What was measured on an earlier grid says nothing of this one: its own analysis is on the way.
  if (!features || grid?.digest !== analysis.gridDigest) return false
  const cancellation = signal ? { signal } : {}
  const form = await formOf({ store, pool }, { key: analysis, features, grid: grid.grid }, cancellation)
  const sections = await pool.run('readSections', { model, features, grid: grid.grid, form }, cancellation)
  const { gridDigest, featureSpecDigest } = analysis
  const specDigest = readSpecDigest(featureSpecDigest, form)
  const isThere =
    store.tracks.get(track.id) !== null && (version === BASE_MODEL_VERSION || store.models.exists(version))
  if (!isThere || store.grids.current(track.id)?.digest !== gridDigest) return false
  store.sections.put({ trackId: track.id, modelVersion: version, gridDigest, specDigest, sections })
  emit({ type: 'sections', trackId: track.id, version })
  return form === null
}
