import { isMissing, presentLocation, trackTitle } from '../../core/library/track.ts'
import { toErrorReport } from '../../core/support/user-error.ts'
import { type AnalysisStatus, visitAnalysisStatus } from '../analysis/analysis-state.ts'
import type { FileFailure } from '../kit/file-failure.ts'
import { runConcurrently } from '../kit/run-concurrently.ts'
import { sectionSpecDigest } from '../kit/section-spec-digest.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { readModelVersion } from '../versions/section-model-file.ts'
import { readOne } from './read-one.ts'

export type LibraryReading = {
  readonly version: number
  readonly classified: number
  readonly upToDate: number
  /** Tracks that are not analysed or out of date, which a scan must see first. */
  readonly notAnalysed: number
  /** Tracks whose analysis failed: there is nothing to read. */
  readonly unreadable: number
  /** Of those that were read, how many by the model alone, since the network of form cannot be asked here. */
  readonly withoutForm: number
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
  let [upToDate, notAnalysed, unreadable] = [0, 0, 0]
  const sort = ({ track, analysis, stale }: AnalysisStatus): void => {
    // A track that has no file any more proposes nothing.
    if (only === undefined && isMissing(track)) return
    const origin = origins.get(track.id)
    if (stale !== null && store.analyses.failure(track.id) !== null) unreadable++
    else if (stale !== null || analysis === null) notAnalysed++
    else if (
      origin?.gridDigest === analysis.gridDigest &&
      origin.specDigest === sectionSpecDigest(analysis.featureSpecDigest)
    )
      upToDate++
    else due.push(track.id)
  }
  await visitAnalysisStatus(store, sort, { only, signal })
  const failures: FileFailure[] = []
  let [done, withoutForm] = [0, 0]
  onProgress?.({ stage: 'classifying', done, total: due.length, item: null })
  const read = async (trackId: number): Promise<void> => {
    const track = store.tracks.get(trackId)
    const item = track && (presentLocation(track)?.path ?? trackTitle(track))
    try {
      const options = { version, model, ...(signal ? { signal } : {}) }
      if (track !== null && (await readOne(workspace, track, options))) withoutForm++
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
    unreadable,
    withoutForm,
    failures,
  }
}
