import type { ErrorReport } from '../../core/support/user-error.ts'
import type { JobOf } from '../jobs/job-definition.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import type { FileFailure } from '../kit/file-failure.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import type { CollectOptions } from './collect-export.ts'
import { exportJob } from './export-job.ts'
import type { ExportOptions, ExportReport } from './export-labels.ts'
import type { ProgramExportOptions, ProgramExportReport } from './export-to-program.ts'
import type { FileReport, ImportOptions, ImportReport } from './import-labels.ts'
import type { DownloadOptions, LabelDownload } from './label-download.ts'
import { type LibraryExchange, libraryExchange } from './library-exchange.ts'
import type { GivenFile, LabelFile } from './read-label-files.ts'

/** Labels from and to files of other programs; whoever shows them is told what changed. */
export type ExchangeActions = {
  /** @param files paths */
  readonly import: (files: readonly string[], options?: ImportOptions) => Promise<ImportReport>
  /** @param files read already, by whoever has them */
  readonly importFiles: (files: readonly GivenFile[], options?: ImportOptions) => Promise<ImportReport>
  readonly libraries: LibraryExchange
  readonly export: (options: ExportOptions) => Promise<ExportReport>
  /** Starts a job that does the following. @throws TRACK_NOT_FOUND */
  readonly startExport: (options: ProgramExportOptions) => Promise<JobOf<typeof exportJob>>
  /** The same as one file to take away. @throws SECTION_NOT_FOUND where there is nothing to write */
  readonly downloadExport: (options: CollectOptions) => Promise<LabelDownload>
  /** Sections as cues for another DJ program. @throws EXPORT_EXISTS, TRACK_NOT_FOUND, FORMAT_UNKNOWN, IMPORT_MALFORMED */
  readonly exportToProgram: (options: ProgramExportOptions, job?: JobOptions) => Promise<ProgramExportReport>
  /** Labels as one file to take away. @throws TRACK_NOT_FOUND, LABEL_NOT_FOUND when there is nothing to export */
  readonly download: (options: DownloadOptions) => Promise<LabelDownload>
}

const unreadFile = (file: string, { title, detail }: ErrorReport): FileReport => ({
  file,
  format: null,
  imported: 0,
  unchanged: 0,
  skipped: 0,
  tracks: [],
  titles: [],
  reasons: [`${title}. ${detail}`],
  unmatched: [],
})

/** The formats are loaded with the first exchange, so that no start waits for them. */
export const exchangeActions = (workspace: Workspace, jobs: JobQueue): ExchangeActions => {
  const { store, emit } = workspace
  const importTexts = async (files: readonly LabelFile[], options?: ImportOptions): Promise<ImportReport> => {
    const { importLabels } = await import('./import-labels.ts')
    const report = await importLabels(store, files, options)
    if (report.tracks.length > 0 && !report.dryRun) emit({ type: 'labels', trackIds: report.tracks })
    return report
  }
  /** Files that are there, with those that could not be opened. */
  const finish = (report: ImportReport, failures: readonly FileFailure[]): ImportReport => {
    const unread = failures.map(({ file, error }) => unreadFile(file, error))
    return { ...report, failures: [...report.failures, ...failures], files: [...report.files, ...unread] }
  }
  return {
    importFiles: async (given, options) => {
      const { openGivenFiles } = await import('./read-label-files.ts')
      const { files, failures } = openGivenFiles(given)
      return finish(await importTexts(files, options), failures)
    },
    import: async (paths, options) => {
      const { readLabelFiles } = await import('./read-label-files.ts')
      const { files, failures } = await readLabelFiles(paths)
      return finish(await importTexts(files, options), failures)
    },
    libraries: libraryExchange(workspace, jobs),
    startExport: async (options) => jobs.start(exportJob, options),
    downloadExport: async (options) => (await import('./export-download.ts')).exportDownload(workspace, options),
    exportToProgram: async (options, job) =>
      (await import('./export-to-program.ts')).exportToProgram(workspace, options, job),
    export: async (options) => (await import('./export-labels.ts')).exportLabels(store, options),
    download: async (options) => (await import('./label-download.ts')).labelDownload(store, options),
  }
}
