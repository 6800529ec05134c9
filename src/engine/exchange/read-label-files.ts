import { dirname } from 'node:path'
import { openLabelFile } from '../../core/interop/label-bytes.ts'
import { type ErrorReport, toErrorReport, UserError } from '../../core/support/user-error.ts'
import { readingFailure, readRegularFile } from '../../platform/store/regular-file.ts'
import type { LabelFile } from '../../platform/workers/read-label-files.ts'
import type { FileFailure } from '../kit/file-failure.ts'
import type { FileReport, ImportReport } from './import-report.ts'

type OpenedFiles = { readonly files: readonly LabelFile[]; readonly failures: readonly FileFailure[] }

/** A library of another program with a hundred thousand tracks has fewer. */
const MOST_BYTES = 512 * 1024 * 1024

/** @returns files that could be read, and why the others could not */
export const readLabelFiles = async (paths: readonly string[]): Promise<OpenedFiles> => {
  const files: LabelFile[] = []
  const failures: FileFailure[] = []
  for (const path of paths)
    try {
      for (const file of openLabelFile(path, readRegularFile(path, MOST_BYTES)))
        files.push({ ...file, folder: dirname(path) })
    } catch (error) {
      if (error instanceof UserError) {
        failures.push({ file: path, error: toErrorReport(error) })
        continue
      }
      const { code } = error as NodeJS.ErrnoException
      const told =
        code === 'ENOENT'
          ? new UserError('LABEL_FILE_NOT_FOUND', `${path}: there is no such file.`)
          : new UserError('AUDIO_UNREADABLE', `${path}: ${readingFailure(error)}`)
      failures.push({ file: path, error: toErrorReport(told) })
    }
  return { files, failures }
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

/** What came of files that are there, with those that could not be opened. */
export const withUnread = (report: ImportReport, failures: readonly FileFailure[]): ImportReport => ({
  ...report,
  failures: [...report.failures, ...failures],
  files: [...report.files, ...failures.map(({ file, error }) => unreadFile(file, error))],
})
