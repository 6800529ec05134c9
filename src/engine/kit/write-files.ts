import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { storageError } from '../../core/support/storage-error.ts'
import { UserError } from '../../core/support/user-error.ts'
import { type DiskEffects, diskEffects, FOR_OTHERS, isTaken } from '../../platform/store/disk-effects.ts'
import { partialPath } from '../../platform/store/partial-path.ts'

/** A file that goes where a person said. */
export type FileToWrite = { readonly path: string; readonly bytes: Uint8Array }

/** @param target a file, or a folder that is there @param name of the file in such a folder */
export const fileAt = (target: string, name: string): string => {
  const path = resolve(target)
  return existsSync(path) && statSync(path).isDirectory() ? join(path, name) : path
}

/** @throws EXPORT_EXISTS */
export const requireFreePaths = (paths: readonly string[]): void => {
  const existing = paths.find(isTaken)
  if (existing !== undefined) throw new UserError('EXPORT_EXISTS', `${existing} exists.`)
}

/** @returns STORAGE_FULL, STORAGE_READ_ONLY, ACCESS_DENIED or EXPORT_NOT_WRITTEN */
export const writingFailure = (path: string, error: unknown): UserError => {
  const { code, message } = error as NodeJS.ErrnoException
  const told = storageError(error)
  const refused = told instanceof UserError ? told.code : 'EXPORT_NOT_WRITTEN'
  return new UserError(refused, `${path}: ${code ?? message}`, {}, error)
}

/** Level by level: where a folder can hold none, Node would try for ever to make all at once. @throws STORAGE_FULL, STORAGE_READ_ONLY, ACCESS_DENIED, EXPORT_NOT_WRITTEN */
export const makeFolder = (path: string): void => {
  if (existsSync(path) && statSync(path).isDirectory()) return
  const parent = dirname(path)
  if (parent !== path) makeFolder(parent)
  try {
    mkdirSync(path)
  } catch (error) {
    throw writingFailure(path, error)
  }
}

/** Every file whole or not at all; where one fails, those before it go again. @throws STORAGE_FULL, STORAGE_READ_ONLY, ACCESS_DENIED, EXPORT_EXISTS, EXPORT_NOT_WRITTEN */
export const writeFiles = (files: readonly FileToWrite[], effects: DiskEffects = diskEffects): void => {
  requireFreePaths(files.map(({ path }) => path))
  const partials = files.map(({ path }) => partialPath(path))
  const written: string[] = []
  try {
    for (const [index, { bytes }] of files.entries()) effects.writeDurably(partials[index]!, bytes, FOR_OTHERS)
    for (const [index, { path }] of files.entries()) {
      effects.rename(partials[index]!, path)
      written.push(path)
    }
  } catch (error) {
    for (const path of [...partials, ...written]) if (existsSync(path)) effects.remove(path)
    throw writingFailure(files[0]!.path, error)
  }
}
