import type { JobDefinition } from '../jobs/job-definition.ts'
import { stageFraction } from '../jobs/job-progress.ts'
import { requireTrack } from '../kit/track-reference.ts'
import { type ImportOptions, importLabels } from './import-labels.ts'
import type { ImportReport } from './import-report.ts'

export type ImportPayload = {
  /** The files that a client has sent, by the name that they are kept by. */
  readonly staged: string
  readonly options: Omit<ImportOptions, 'dryRun'>
}

/** A job is listed with its result: of more files than a page sends at once, the first are told. */
const MOST_FILES_TOLD = 500

/** Takes labels of files into the library. What is there already stays as it is, so that it can be done twice. */
export const importJob: JobDefinition<'import', ImportPayload, ImportReport> = {
  kind: 'import',
  lane: 'exchange',
  firstStatus: 'running',
  isResumed: true,
  prepare: ({ store }, { options: { track, chosen = [] } }) => {
    if (track !== undefined) requireTrack(store, track)
    for (const { trackId } of chosen) requireTrack(store, String(trackId))
    return null
  },
  run: async (workspace, { staged, options }, { report, signal }) => {
    const { stagedFiles } = workspace.store
    report({ stage: 'reading' })
    const done = await importLabels(workspace, { staged: stagedFiles.path(staged) }, options, {
      signal,
      onProgress: (progress) => {
        const fraction = stageFraction(progress)
        report({ ...progress, stage: 'importing', fraction, pace: fraction })
      },
    })
    await stagedFiles.drop(staged)
    return { ...done, files: done.files.slice(0, MOST_FILES_TOLD) }
  },
}
