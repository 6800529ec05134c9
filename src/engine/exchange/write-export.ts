import { existsSync, statSync } from 'node:fs'
import { basename, extname, join, resolve } from 'node:path'
import { digestOf } from '../../platform/store/digest.ts'
import { packageManifest } from '../kit/package-manifest.ts'
import type { FileToWrite } from '../kit/write-files.ts'

/** Where its digest is known already, it is not counted again. */
export type ExportedFile = FileToWrite & { readonly sha256?: string }

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
export const manifestOf = (format: string, target: string, files: readonly ExportedFile[]): FileToWrite => {
  const listed = files.map(({ path, bytes, sha256 = digestOf(bytes) }) => ({
    name: basename(path),
    bytes: bytes.length,
    sha256,
  }))
  const manifest = { schema: 'algiers.export/1', algiers: packageManifest.version, format, files: listed }
  return { path: manifestPath(target), bytes: new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`) }
}
