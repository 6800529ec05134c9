import { basename, dirname } from 'node:path'
import { openLabelFile } from '../../core/interop/label-bytes.ts'
import { toErrorReport, UserError } from '../../core/support/user-error.ts'
import { readingFailure, readRegularFile } from '../../platform/store/regular-file.ts'
import type { FileFailure } from '../kit/file-failure.ts'
import type { LabelFilePlace } from './find-labelled-track.ts'

/** A file with labels, read already. */
export type LabelFile = LabelFilePlace & { readonly text: string }

/** A file as its client has read it. */
export type GivenFile = { readonly name: string } & ({ readonly text: string } | { readonly bytes: Uint8Array })

type OpenedFiles = { readonly files: readonly LabelFile[]; readonly failures: readonly FileFailure[] }

/** What a client calls a folder is none of this machine's. */
export const openGivenFiles = (given: readonly GivenFile[]): OpenedFiles => {
  const files: LabelFile[] = []
  const failures: FileFailure[] = []
  for (const { name, ...content } of given)
    try {
      const opened = 'text' in content ? [{ name, text: content.text }] : openLabelFile(name, content.bytes)
      files.push(...opened.map((file) => ({ name: basename(file.name), text: file.text, folder: null })))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      failures.push({ file: basename(name), error: toErrorReport(error) })
    }
  return { files, failures }
}

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
