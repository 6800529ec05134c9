import { existsSync, readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { UserError } from '../../core/support/user-error.ts'
import type { DataDirectory } from './data-directory.ts'
import { listBackupFiles } from './list-backups.ts'
import { statusAt } from './regular-file.ts'

const MODEL = /^dj_section_v\d+\.(?:json|onnx)$/
const sizeOf = (path: string): number => statusAt(path)?.size ?? 0

/** What shows that a library was here. */
const remainsOf = ({ database, backups, models }: DataDirectory): readonly string[] => {
  const copies = listBackupFiles(backups).length
  const versions = readdirSync(models).filter((name) => MODEL.test(name) && name.endsWith('.onnx')).length
  const cards = readdirSync(models).filter((name) => MODEL.test(name)).length
  return [
    ...(copies > 0 ? [copies === 1 ? 'a copy of it' : `${copies} copies of it`] : []),
    ...(cards > 0 ? [versions === 1 ? 'a model version' : 'model versions'] : []),
    ...['-wal', '-journal'].flatMap((side) => (sizeOf(database + side) > 0 ? ['a log of its last changes'] : [])),
  ]
}

/**
 * Refuses to begin a new library where one has been: it would look as if everything were lost, and in a week its empty copies would
 * have replaced the full ones.
 * @throws DATABASE_MISSING
 */
export const refuseNewLibrary = (directory: DataDirectory): void => {
  if (existsSync(directory.database) && sizeOf(directory.database) > 0) return
  const remains = remainsOf(directory)
  if (remains.length === 0) return
  const state = existsSync(directory.database) ? 'is empty' : 'is missing'
  throw new UserError(
    'DATABASE_MISSING',
    `${basename(directory.database)} ${state}, but this is still there: ${remains.join(', ')} (in ${directory.path}).`,
    { path: directory.path },
  )
}
