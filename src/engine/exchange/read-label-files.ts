import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { toErrorReport, UserError } from '../../core/support/user-error.ts'
import type { FileFailure } from '../kit/file-failure.ts'
import type { LabelFilePlace } from './find-labelled-track.ts'

/** A file with labels, read already. */
export type LabelFile = LabelFilePlace & { readonly text: string }

/** @returns files that could be read, and why the others could not */
export const readLabelFiles = async (
  paths: readonly string[],
): Promise<{ readonly files: readonly LabelFile[]; readonly failures: readonly FileFailure[] }> => {
  const files: LabelFile[] = []
  const failures: FileFailure[] = []
  for (const path of paths)
    try {
      files.push({ name: path, folder: dirname(path), text: await readFile(path, 'utf8') })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      const told = new UserError(code === 'ENOENT' ? 'LABEL_FILE_NOT_FOUND' : 'AUDIO_UNREADABLE', `${path}: ${code}`)
      failures.push({ file: path, error: toErrorReport(told) })
    }
  return { files, failures }
}
