import type { StoredImport, TakenBack } from '../../platform/store/import-store.ts'
import { analyseJob } from '../analysis/analyse-job.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import type { Job } from '../kit/job.ts'
import type { Workspace } from '../kit/workspace.ts'
import type { BringInJob, BringInOptions } from './bring-in.ts'
import { bringInJob, lookThroughJob } from './bring-in-job.ts'
import type { BringInReport } from './bring-in-report.ts'
import type { Acceptance, AcceptanceFilter, ImportDetails, OpenTrack, UndoneImport } from './imports.ts'

/** Libraries of other DJ programs: what they hold, what was brought in, and the way back. */
export type LibraryExchange = {
  /** Starts a job that says what would come of an import; it changes nothing. */
  readonly lookThrough: (options: BringInOptions) => Promise<Job<'look-through', BringInOptions, BringInReport>>
  /** Starts a job that brings a library in. */
  readonly bringIn: (options: BringInOptions) => Promise<Job<'bring-in', BringInOptions, BringInReport>>
  /** Does the one or the other at once, for whoever waits for it. @throws FOREIGN_LIBRARY_NOT_FOUND, IMPORT_MALFORMED */
  readonly run: (options: BringInOptions, job: BringInJob) => Promise<BringInReport>
  /** The newest first. */
  readonly imports: () => Promise<readonly StoredImport[]>
  /** @throws IMPORT_NOT_FOUND */
  readonly details: (id: number) => Promise<ImportDetails>
  /** Tracks for which an import suggests something that nobody has decided on. @throws IMPORT_NOT_FOUND */
  readonly openTracks: (id: number) => Promise<readonly OpenTrack[]>
  /** @throws IMPORT_NOT_FOUND */
  readonly accept: (id: number, filter?: AcceptanceFilter) => Promise<Acceptance>
  /** @param acceptance as `accept` answered */
  readonly takeBack: (acceptance: number) => Promise<TakenBack>
  /** @throws IMPORT_NOT_FOUND */
  readonly undo: (id: number) => Promise<UndoneImport>
}

export const libraryExchange = (workspace: Workspace, jobs: JobQueue): LibraryExchange => {
  const { store } = workspace
  const imports = () => import('./imports.ts')
  const analyse = (trackIds: readonly number[]): void => {
    if (trackIds.length > 0) jobs.follow({ definition: analyseJob, payload: { trackIds, newGrids: false } })
  }
  return {
    lookThrough: async (options) => jobs.start(lookThroughJob, options, { priority: 'urgent' }),
    bringIn: async (options) => jobs.start(bringInJob, options, { priority: 'urgent' }),
    run: async (options, job) => {
      const report = await (await import('./bring-in.ts')).bringIn(workspace, options, job)
      analyse(report.regridded)
      return report
    },
    imports: async () => store.imports.list(),
    details: async (id) => (await imports()).importDetails(store, id),
    openTracks: async (id) => (await imports()).openTracks(store, id),
    accept: async (id, filter) => (await imports()).acceptImported(workspace, id, filter),
    takeBack: async (acceptance) => (await imports()).takeBackAcceptance(workspace, acceptance),
    undo: async (id) => {
      const undone = await (await imports()).undoImport(workspace, id)
      analyse(undone.gridsRestored)
      return undone
    },
  }
}
