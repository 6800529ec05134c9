import type { Workspace } from '../kit/workspace.ts'
import type { ExportOptions, ExportReport } from './export-labels.ts'
import type { ImportOptions, ImportReport } from './import-labels.ts'
import type { DownloadOptions, LabelDownload } from './label-download.ts'
import type { LabelFile } from './read-label-files.ts'

/** Labels from and to files of other programs; whoever shows them is told what changed. */
export type ExchangeActions = {
  /** @param files paths */
  readonly import: (files: readonly string[], options?: ImportOptions) => Promise<ImportReport>
  /** @param files read already, by whoever has them */
  readonly importTexts: (files: readonly LabelFile[], options?: ImportOptions) => Promise<ImportReport>
  readonly export: (options: ExportOptions) => Promise<ExportReport>
  /** Labels as one file to take away. @throws TRACK_NOT_FOUND, LABEL_NOT_FOUND when there is nothing to export */
  readonly download: (options: DownloadOptions) => Promise<LabelDownload>
}

/** The formats are loaded with the first exchange, so that no start waits for them. */
export const exchangeActions = ({ store, emit }: Workspace): ExchangeActions => {
  const importTexts: ExchangeActions['importTexts'] = async (files, options) => {
    const { importLabels } = await import('./import-labels.ts')
    const report = await importLabels(store, files, options)
    if (report.tracks.length > 0 && !report.dryRun) emit({ type: 'labels', trackIds: report.tracks })
    return report
  }
  return {
    importTexts,
    import: async (paths, options) => {
      const { readLabelFiles } = await import('./read-label-files.ts')
      const { files, failures } = await readLabelFiles(paths)
      const report = await importTexts(files, options)
      return { ...report, failures: [...report.failures, ...failures] }
    },
    export: async (options) => (await import('./export-labels.ts')).exportLabels(store, options),
    download: async (options) => (await import('./label-download.ts')).labelDownload(store, options),
  }
}
