import { copyFileSync, existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { storageError } from '../../core/support/storage-error.ts'
import { UserError } from '../../core/support/user-error.ts'
import { createDataDirectory, type DataDirectory } from './data-directory.ts'
import { lockDataDirectory } from './data-directory-lock.ts'
import { moveDatabase, removeDatabase } from './database-files.ts'
import { diskEffects, syncFile } from './disk-effects.ts'
import { freeBytesAt } from './free-bytes.ts'
import { requireBackup, rotateBackups } from './list-backups.ts'
import { rehearseOpening } from './rehearse-opening.ts'

/** Copies kept of libraries that a restore replaced, enough to go back a few times. */
const KEPT = 5
const BEFORE_RESTORE = 'algiers-before-restore-'
/** Beside the copy itself: a migration writes every page anew before it frees the old ones, and the start wants to write as well. */
const ROOM_FACTOR = 2
const SPARE_BYTES = 4 * 1024 * 1024

/** What is there stays until the copy has taken its place, so that both need room. @throws STORAGE_FULL */
const requireRoom = (copy: string, free: number | null): void => {
  const needed = statSync(copy).size * ROOM_FACTOR + SPARE_BYTES
  if (free === null || free >= needed) return
  throw new UserError('STORAGE_FULL', `The copy needs ${needed} bytes beside the library; ${free} are free.`, {
    neededBytes: needed,
    freeBytes: free,
  })
}

/**
 * Stages a copy of the library to replace it at the next start, after it was opened, migrated and read; nothing else changes.
 * @param freeOf free bytes on the disk of a folder
 * @throws BACKUP_NOT_FOUND, DATABASE_DAMAGED, SCHEMA_TOO_NEW, STORAGE_FULL, and errors of the disk
 */
export const stageRestore = (
  { path, backups, models, restore }: DataDirectory,
  name: string,
  freeOf: (folder: string) => number | null = freeBytesAt,
): void => {
  const copy = requireBackup(backups, name)
  const partial = `${restore}.partial`
  try {
    removeDatabase(partial)
    requireRoom(copy, freeOf(path))
    copyFileSync(copy, partial)
    rehearseOpening({ path: partial, name, models })
    syncFile(partial)
    diskEffects.rename(partial, restore)
    diskEffects.syncFolder(path)
  } catch (error) {
    removeDatabase(partial)
    throw error instanceof UserError ? error : storageError(error)
  }
}

/** Puts everything into one file; what is too damaged for that, or lies on a full disk, keeps its log beside it. */
const foldLog = (path: string): void => {
  try {
    const database = new DatabaseSync(path)
    try {
      database.exec('PRAGMA journal_mode = DELETE')
    } finally {
      database.close()
    }
  } catch {
    // The log goes along.
  }
}

export type AppliedRestore = {
  /** Name of the copy of the replaced library; null where there was none. */
  readonly kept: string | null
  /** Puts back what was there, since the copy is of no use after all. */
  readonly takeBack: () => void
}

/**
 * Replaces the library by a staged copy, before the database is opened; the replaced library is kept among the copies.
 * @returns null where nothing was staged
 */
export const applyStagedRestore = ({ path, database, backups, restore }: DataDirectory): AppliedRestore | null => {
  if (!existsSync(restore)) return null
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  const aside = existsSync(database) ? join(backups, `${BEFORE_RESTORE}${stamp}.db`) : null
  const takeBack = (): void => {
    removeDatabase(database)
    if (aside !== null) moveDatabase(aside, database)
    diskEffects.syncFolder(path)
  }
  try {
    if (aside !== null) {
      foldLog(database)
      moveDatabase(database, aside)
    }
    // A log without its library belongs to one that was moved away, which may come back.
    if (aside === null) moveDatabase(database, join(backups, `${BEFORE_RESTORE}${stamp}.db`))
    removeDatabase(database)
    diskEffects.rename(restore, database)
    diskEffects.syncFolder(backups)
    diskEffects.syncFolder(path)
    const replaced = readdirSync(backups).filter((name) => name.startsWith(BEFORE_RESTORE) && name.endsWith('.db'))
    rotateBackups(backups, { names: replaced, kept: KEPT, newest: `${BEFORE_RESTORE}${stamp}.db` })
    return { kept: aside && basename(aside), takeBack }
  } catch (error) {
    if (aside !== null && !existsSync(database) && existsSync(aside)) moveDatabase(aside, database)
    throw storageError(error)
  }
}

/**
 * Restores while no Algiers uses the library.
 * @returns the name of the copy of the replaced library
 * @throws ALREADY_RUNNING, and as `stageRestore`
 */
export const restoreBackup = (dataDir: string, name: string): string | null => {
  const directory = createDataDirectory(dataDir)
  const lock = lockDataDirectory(directory)
  try {
    stageRestore(directory, name)
    return applyStagedRestore(directory)?.kept ?? null
  } finally {
    lock.release()
  }
}
