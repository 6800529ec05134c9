import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { UserError } from '../../core/support/user-error.ts'
import { changing } from './changing.ts'

/** Why a copy was made, as its name tells. */
const KINDS = [
  ['day', /^algiers-day-\d{4}-\d{2}-\d{2}\.db$/],
  ['hand', /^algiers-hand-[-\dTZ]+\.db$/],
  ['update', /^algiers-schema-\d+-[-\dTZ]+\.db$/],
  ['restore', /^algiers-before-restore-[-\dTZ]+\.db$/],
] as const

type BackupKind = (typeof KINDS)[number][0]

export type LibraryCounts = { readonly tracks: number; readonly labels: number }

export type Backup = {
  readonly name: string
  readonly kind: BackupKind
  readonly madeAt: string
  readonly bytes: number
  /** How much it contains; null when it cannot be read. */
  readonly holds: LibraryCounts | null
}

export const countLibrary = (database: DatabaseSync): LibraryCounts =>
  database
    .prepare('SELECT (SELECT count(*) FROM tracks) AS tracks, (SELECT count(*) FROM labels) AS labels')
    .get() as LibraryCounts

const countsIn = (path: string): LibraryCounts | null => {
  try {
    const copy = new DatabaseSync(path, { readOnly: true })
    try {
      return { ...countLibrary(copy) }
    } finally {
      copy.close()
    }
  } catch {
    // A damaged or foreign file is listed as such and cannot be restored.
    return null
  }
}

/** Copies of the library, newest first. */
export const listBackups = (folder: string): readonly Backup[] =>
  readdirSync(folder)
    .flatMap((name): readonly Backup[] => {
      const kind = KINDS.find(([, pattern]) => pattern.test(name))?.[0]
      const stats = statSync(join(folder, name), { throwIfNoEntry: false })
      if (kind === undefined || !stats?.isFile()) return []
      const holds = countsIn(join(folder, name))
      return [{ name, kind, madeAt: stats.mtime.toISOString(), bytes: stats.size, holds }]
    })
    .sort((a, b) => b.madeAt.localeCompare(a.madeAt))

/** Path of a copy in the list; a name from outside cannot reach any other file. @throws BACKUP_NOT_FOUND */
export const requireBackup = (folder: string, name: string): string => {
  if (!listBackups(folder).some((one) => one.name === name))
    throw new UserError('BACKUP_NOT_FOUND', `There is no copy ${name}.`)
  return join(folder, name)
}

/** @throws BACKUP_NOT_FOUND, STORAGE_READ_ONLY */
export const deleteBackup = (folder: string, name: string): void => {
  const path = requireBackup(folder, name)
  changing(() => rmSync(path))
}
