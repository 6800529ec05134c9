import type { GivenFile } from '../../platform/workers/read-label-files.ts'
import type { JobOf } from '../jobs/job-definition.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import type { FileOptions } from './collect-export.ts'
import { exportJob } from './export-job.ts'
import type { ExportOptions, ExportReport } from './export-labels.ts'
import { importJob } from './import-job.ts'
import type { ImportOptions } from './import-labels.ts'
import type { ImportReport } from './import-report.ts'
import type { DownloadOptions, LabelDownload } from './label-download.ts'
import { type LibraryExchange, libraryExchange } from './library-exchange.ts'
import type { ProgramExportOptions, ProgramExportReport } from './program-export.ts'
import type { RestoredTags, RestoreOptions } from './restore-serato-tags.ts'
import { restoreTagsJob } from './restore-tags-job.ts'

/** Labels from and to files of other programs; whoever shows them is told what changed. */
export type ExchangeActions = {
  /** @param files paths */
  readonly import: (files: readonly string[], options?: ImportOptions) => Promise<ImportReport>
  readonly libraries: LibraryExchange
  /** Says what an import would do, and changes nothing. @param files read already, by whoever has them */
  readonly rehearseImport: (files: readonly GivenFile[], options?: ImportOptions) => Promise<ImportReport>
  /**
   * @param files read already, by whoever has them; they are kept until the job has ended
   * @throws TRACK_NOT_FOUND, QUEUE_FULL, STORAGE_FULL
   */
  readonly startImport: (
    files: readonly GivenFile[],
    options: Omit<ImportOptions, 'dryRun'>,
  ) => Promise<JobOf<typeof importJob>>
  readonly export: (options: ExportOptions) => Promise<ExportReport>
  /** Starts a job that does the following. @throws TRACK_NOT_FOUND */
  readonly startExport: (options: ProgramExportOptions) => Promise<JobOf<typeof exportJob>>
  /** The same as one file to take away. @throws SECTION_NOT_FOUND where there is nothing to write */
  readonly downloadExport: (options: FileOptions) => Promise<LabelDownload>
  /** Sections as cues for another DJ program. @throws EXPORT_EXISTS, TRACK_NOT_FOUND, FORMAT_UNKNOWN, IMPORT_MALFORMED */
  readonly exportToProgram: (options: ProgramExportOptions, job?: JobOptions) => Promise<ProgramExportReport>
  /** Puts back the Serato tags that an export into the files themselves has replaced. @throws ROOT_NOT_FOUND */
  readonly restoreSeratoTags: (options: RestoreOptions, job?: JobOptions) => Promise<RestoredTags>
  /** Starts a job that does so. */
  readonly startRestoringTags: (options: RestoreOptions) => Promise<JobOf<typeof restoreTagsJob>>
  /** Labels as one file to take away. @throws TRACK_NOT_FOUND, LABEL_NOT_FOUND when there is nothing to export */
  readonly download: (options: DownloadOptions) => Promise<LabelDownload>
}

/** The formats are loaded with the first exchange, so that no start waits for them. @param urgent threads for what a person waits for */
export const exchangeActions = (workspace: Workspace, urgent: Workspace, jobs: JobQueue): ExchangeActions => {
  const { store } = workspace
  const { stagedFiles } = store
  const waiting = jobs.list({ kind: importJob.kind, statuses: ['pending'] }) as readonly JobOf<typeof importJob>[]
  // What earlier imports have left; the next start tries again.
  void stagedFiles.dropOthers(waiting.map(({ payload }) => payload.staged)).catch(() => {})
  return {
    rehearseImport: async (files, options) =>
      (await import('./import-labels.ts')).importLabels(urgent, { files }, { ...options, dryRun: true }),
    startImport: async (files, options) => {
      const staged = await stagedFiles.keep(files)
      try {
        return jobs.start(importJob, { staged, options }, { priority: 'urgent' })
      } catch (error) {
        await stagedFiles.drop(staged)
        throw error
      }
    },
    import: async (paths, options) => {
      const [{ importLabels }, { readLabelFiles, withUnread }] = await Promise.all([
        import('./import-labels.ts'),
        import('./read-label-files.ts'),
      ])
      const { files, failures } = await readLabelFiles(paths)
      return withUnread(await importLabels(urgent, { files }, options), failures)
    },
    libraries: libraryExchange(workspace, jobs),
    startExport: async (options) => jobs.start(exportJob, options),
    downloadExport: async (options) => (await import('./export-download.ts')).exportDownload(workspace, options),
    exportToProgram: async (options, job) =>
      (await import('./export-to-program.ts')).exportToProgram(workspace, options, job),
    restoreSeratoTags: async (options, job) =>
      (await import('./restore-serato-tags.ts')).restoreSeratoTags(store, options, job),
    startRestoringTags: async (options) => jobs.start(restoreTagsJob, options, { priority: 'urgent' }),
    export: async (options) => (await import('./export-labels.ts')).exportLabels(store, options),
    download: async (options) => (await import('./label-download.ts')).labelDownload(urgent, options),
  }
}
