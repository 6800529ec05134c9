import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { UserError } from '../../core/support/user-error.ts'
import { changing } from './changing.ts'
import { oddFileOf, removeDatabase } from './database-files.ts'
import { statusAt } from './regular-file.ts'

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
  if (oddFileOf(path) !== null) return null
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

type BackupFile = Omit<Backup, 'holds'>

/** As `listBackups`, without a look into them. */
export const listBackupFiles = (folder: string): readonly BackupFile[] =>
  readdirSync(folder)
    .flatMap((name): readonly BackupFile[] => {
      const kind = KINDS.find(([, pattern]) => pattern.test(name))?.[0]
      const stats = statusAt(join(folder, name))
      if (kind === undefined || !stats?.isFile()) return []
      return [{ name, kind, madeAt: stats.mtime.toISOString(), bytes: stats.size }]
    })
    .sort((a, b) => b.madeAt.localeCompare(a.madeAt))

/** Copies of the library, newest first. */
export const listBackups = (folder: string): readonly Backup[] =>
  listBackupFiles(folder).map((file) => ({ ...file, holds: countsIn(join(folder, file.name)) }))

/** Labels come first: they are what nobody can make again. A copy that cannot be read holds nothing. */
const isRicher = (one: LibraryCounts | null, other: LibraryCounts | null): boolean =>
  (one?.labels ?? -1) - (other?.labels ?? -1) > 0 ||
  ((one?.labels ?? -1) === (other?.labels ?? -1) && (one?.tracks ?? -1) > (other?.tracks ?? -1))

type Rotation = {
  /** Names of copies, which sort by their age. */
  readonly names: readonly string[]
  readonly kept: number
  /** The copy that was just made. Those with later names are of a clock that was wrong, and count as the oldest. */
  readonly newest: string
}

/** Deletes all but the newest of the named copies, and never the one that holds most: after a loss it may be the only full one. */
export const rotateBackups = (folder: string, { names, kept, newest }: Rotation): void => {
  const descending = names.toSorted().reverse()
  const newestFirst = [...descending.filter((name) => name <= newest), ...descending.filter((name) => name > newest)]
  if (newestFirst.length <= kept) return
  const counted = newestFirst.map((name) => ({ name, holds: countsIn(join(folder, name)) }))
  const richest = counted.reduce((best, one) => (isRicher(one.holds, best.holds) ? one : best))
  for (const { name } of counted.slice(kept)) if (name !== richest.name) removeDatabase(join(folder, name))
}

/** Path of a copy in the list; a name from outside cannot reach any other file. @throws BACKUP_NOT_FOUND */
export const requireBackup = (folder: string, name: string): string => {
  if (!listBackupFiles(folder).some((one) => one.name === name))
    throw new UserError('BACKUP_NOT_FOUND', `There is no copy ${name}.`)
  return join(folder, name)
}

/** @throws BACKUP_NOT_FOUND, STORAGE_READ_ONLY */
export const deleteBackup = (folder: string, name: string): void => {
  const path = requireBackup(folder, name)
  changing(() => removeDatabase(path))
}
