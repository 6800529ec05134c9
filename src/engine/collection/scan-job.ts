import { analyseAgain } from '../analysis/analyse-job.ts'
import { followingJob, type JobDefinition } from '../jobs/job-definition.ts'
import { reportItems, scanFraction } from '../jobs/job-progress.ts'
import { type LibraryScan, type ScanPlace, scanLibrary } from './scan-library.ts'

/** Looks at all roots, then analyses what is new or out of date. */
export type ScanPayload = {
  readonly analyse: boolean
  readonly newGrids: boolean
  /** Only these folders, where something has changed. */
  readonly places?: readonly ScanPlace[]
}

export const scanJob: JobDefinition<'scan', ScanPayload, LibraryScan> = {
  kind: 'scan',
  lane: 'library',
  firstStatus: 'running',
  isResumed: true,
  run: (workspace, payload, context) =>
    scanLibrary(workspace, {
      ...payload,
      signal: context.signal,
      onProgress: reportItems(context, scanFraction, payload.analyse ? 'analysing' : 'reading'),
    }),
  retry: ({ failures }, payload) =>
    failures.some(({ trackId }) => trackId === undefined) ? followingJob(scanJob, payload) : analyseAgain(failures),
}
