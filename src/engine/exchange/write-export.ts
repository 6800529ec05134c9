import { existsSync, mkdirSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { storageError } from '../../core/support/storage-error.ts'
import { UserError } from '../../core/support/user-error.ts'
import { digestOf } from '../../platform/store/digest.ts'
import { type DiskEffects, diskEffects, FOR_OTHERS, isTaken } from '../../platform/store/disk-effects.ts'
import { partialPath } from '../../platform/store/partial-path.ts'
import { packageManifest } from '../kit/package-manifest.ts'

export type FileToWrite = { readonly path: string; readonly bytes: Uint8Array; readonly sha256?: string }

/** Beside the first file, with the digest of each, so that a copy can be told from a damaged one. */
export const manifestPath = (path: string): string => `${path}.manifest.json`

/** A folder is one that is there, or whose name has no ending. @param name of the file in it, without its ending */
export const targetOf = (
  output: string,
  name: string,
  { extension }: { readonly extension: string },
): { readonly path: string; readonly isFolder: boolean } => {
  const path = resolve(output)
  const isThere = existsSync(path)
  const isFolder = isThere ? statSync(path).isDirectory() : /[\\/]$/.test(output) || extname(path) === ''
  return { path: isFolder ? join(path, `${name}${extension}`) : path, isFolder }
}

/** The list of what is written beside the first file, checked by `sha256sum`, file by file. */
export const manifestOf = (format: string, target: string, files: readonly FileToWrite[]): FileToWrite => {
  const listed = files.map(({ path, bytes, sha256 = digestOf(bytes) }) => ({
    name: basename(path),
    bytes: bytes.length,
    sha256,
  }))
  const manifest = { schema: 'algiers.export/1', algiers: packageManifest.version, format, files: listed }
  return { path: manifestPath(target), bytes: new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`) }
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
