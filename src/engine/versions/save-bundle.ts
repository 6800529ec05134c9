import { fileAt, writeFiles } from '../kit/write-files.ts'
import type { ExportedBundle } from './model-bundles.ts'

export type SavedBundle = { readonly file: string; readonly bytes: number }

/** @param target a file, or a folder that is there @throws as `writeFiles` */
export const saveBundle = ({ fileName, bytes }: ExportedBundle, target: string): SavedBundle => {
  const file = fileAt(target, fileName)
  writeFiles([{ path: file, bytes }])
  return { file, bytes: bytes.length }
}
