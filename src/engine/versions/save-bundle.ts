import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { storageError } from '../../core/support/storage-error.ts'
import { UserError } from '../../core/support/user-error.ts'
import { type DiskEffects, diskEffects, FOR_OTHERS, isTaken } from '../../platform/store/disk-effects.ts'
import { partialPath } from '../../platform/store/partial-path.ts'
import type { ExportedBundle } from './model-bundles.ts'

export type SavedBundle = { readonly file: string; readonly bytes: number }

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

const notWritten = (path: string, error: unknown): UserError => {
  const { code, message } = error as NodeJS.ErrnoException
  const told = storageError(error)
  return new UserError(
    told instanceof UserError ? told.code : 'EXPORT_NOT_WRITTEN',
    `${path}: ${code ?? message}`,
    {},
    error,
  )
}

/**
 * Whole or not at all, and never over a file. @param target a file, or a folder that is there
 * @throws EXPORT_EXISTS, STORAGE_FULL, STORAGE_READ_ONLY, ACCESS_DENIED, EXPORT_NOT_WRITTEN
 */
export const saveBundle = (
  { fileName, bytes }: ExportedBundle,
  target: string,
  effects: DiskEffects = diskEffects,
): SavedBundle => {
  const file = isFolder(resolve(target)) ? join(resolve(target), fileName) : resolve(target)
  if (isTaken(file)) throw new UserError('EXPORT_EXISTS', `${file} exists.`)
  const partial = partialPath(file)
  try {
    effects.writeDurably(partial, bytes, FOR_OTHERS)
    effects.rename(partial, file)
  } catch (error) {
    effects.remove(partial)
    throw notWritten(file, error)
  }
  return { file, bytes: bytes.length }
}
