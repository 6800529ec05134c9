import { presentLocation, type Track, trackTitle } from '../../core/library/track.ts'
import type { SectionModel } from '../../core/models/section-model.ts'
import { toErrorReport } from '../../core/support/user-error.ts'
import { type AnalysisStatus, analysisStatus, visitAnalysisStatus } from '../analysis/analysis-state.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'
import type { FileFailure } from '../kit/file-failure.ts'
import { runConcurrently } from '../kit/run-concurrently.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { BASE_MODEL_VERSION } from '../versions/base-model.ts'
import { readModelVersion } from '../versions/section-model-file.ts'

export type LibraryReading = {
  readonly version: number
  readonly classified: number
  readonly upToDate: number
  /** Tracks that are not analysed or out of date, which a scan must see first. */
  readonly notAnalysed: number
  readonly failures: readonly FileFailure[]
}

export type ReadLibraryOptions = JobOptions & {
  readonly version: number
  /** Only these tracks; all where left out. */
  readonly only?: ReadonlySet<number>
}

/**
 * Has a model version read every analysed track, and keeps the sections. Tracks that are up to date are skipped.
 * @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL
 */
export const readLibrary = async (
  workspace: Workspace,
  { version, only, onProgress, signal }: ReadLibraryOptions,
): Promise<LibraryReading> => {
  const { store, pool } = workspace
  const model = readModelVersion(store, version)
  const origins = store.sections.origins(version)
  const due: number[] = []
  let [upToDate, notAnalysed] = [0, 0]
  const sort = ({ track, analysis, stale }: AnalysisStatus): void => {
    const origin = origins.get(track.id)
    if (stale !== null || analysis === null) notAnalysed++
    else if (origin?.gridDigest === analysis.gridDigest && origin.featureSpecDigest === analysis.featureSpecDigest)
      upToDate++
    else due.push(track.id)
  }
  await visitAnalysisStatus(store, sort, { only, signal })
  const failures: FileFailure[] = []
  let done = 0
  onProgress?.({ stage: 'classifying', done, total: due.length, item: null })
  const read = async (trackId: number): Promise<void> => {
    const track = store.tracks.get(trackId)
    const item = track && (presentLocation(track)?.path ?? trackTitle(track))
    try {
      if (track !== null) await readOne(workspace, track, { version, model, ...(signal ? { signal } : {}) })
    } catch (error) {
      signal?.throwIfAborted()
      failures.push({ file: item ?? `track ${trackId}`, trackId, error: toErrorReport(error) })
    }
    onProgress?.({ stage: 'classifying', done: ++done, total: due.length, item })
  }
  await runConcurrently(due, read, { concurrency: pool.size, signal })
  return {
    version,
    classified: due.length - failures.length,
    upToDate,
    notAnalysed,
    failures,
  }
}

type ReadOne = { readonly version: number; readonly model: SectionModel; readonly signal?: AbortSignal }

/** Keeps the sections unless meanwhile the grid was edited, the version deleted or the track taken away. */
const readOne = async (
  { store, pool, emit }: Workspace,
  track: Track,
  { version, model, signal }: ReadOne,
): Promise<void> => {
  const { grid, analysis } = analysisStatus(store, track, currentFeatureSpecDigest())
  const features = analysis && store.features.read(analysis)
  if (!features || !grid) return
  const input = { model, features, grid: grid.grid }
  const sections = await pool.run('readSections', input, signal ? { signal } : {})
  const { gridDigest, featureSpecDigest } = analysis
  const isThere =
    store.tracks.get(track.id) !== null && (version === BASE_MODEL_VERSION || store.models.exists(version))
  if (!isThere || store.grids.current(track.id)?.digest !== gridDigest) return
  store.sections.put({ trackId: track.id, modelVersion: version, gridDigest, featureSpecDigest, sections })
  emit({ type: 'sections', trackId: track.id, version })
}
