import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { storageError } from '../../core/support/storage-error.ts'
import { UserError } from '../../core/support/user-error.ts'
import { createDataDirectory, type DataDirectory } from './data-directory.ts'
import { lockDataDirectory } from './data-directory-lock.ts'
import { requireSound, schemaVersion } from './database.ts'
import { diskEffects, syncFile } from './disk-effects.ts'
import { requireBackup } from './list-backups.ts'
import { migrations } from './migrations.ts'

const SIDES = ['-wal', '-shm', '-journal'] as const
/** Copies kept of libraries that a restore replaced, enough to go back a few times. */
const KEPT = 5
const BEFORE_RESTORE = 'algiers-before-restore-'

/** @throws DATABASE_DAMAGED, SCHEMA_TOO_NEW */
const requireUsable = (path: string): void => {
  const copy = new DatabaseSync(path)
  try {
    requireSound(copy, path)
    const found = schemaVersion(copy)
    if (found > migrations.length)
      throw new UserError(
        'SCHEMA_TOO_NEW',
        `${path} has schema ${found}; this Algiers knows up to ${migrations.length}.`,
      )
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError('DATABASE_DAMAGED', `${path}: ${(error as Error).message}.`, {}, error)
  } finally {
    copy.close()
  }
}

/** Deactivates a version whose files have been deleted since the copy. */
const dropMissingModel = (path: string, models: string): void => {
  const copy = new DatabaseSync(path)
  try {
    // The version that ships, 0, has no files here.
    const row = copy.prepare('SELECT version FROM model_versions WHERE active = 1 AND version > 0').get()
    if (row && !existsSync(join(models, `dj_section_v${row.version}.onnx`)))
      copy.exec('UPDATE model_versions SET active = 0 WHERE active = 1')
  } finally {
    copy.close()
  }
}

/**
 * Stages a copy of the library to replace it at the next start; nothing else changes.
 * @throws BACKUP_NOT_FOUND, DATABASE_DAMAGED, SCHEMA_TOO_NEW, and errors of the disk
 */
export const stageRestore = ({ path, backups, models, restore }: DataDirectory, name: string): void => {
  const copy = requireBackup(backups, name)
  const partial = `${restore}.partial`
  try {
    copyFileSync(copy, partial)
    requireUsable(partial)
    dropMissingModel(partial, models)
    syncFile(partial)
    diskEffects.rename(partial, restore)
    diskEffects.syncFolder(path)
  } catch (error) {
    rmSync(partial, { force: true })
    throw error instanceof UserError ? error : storageError(error)
  }
}

/** Copies everything into one file, the log beside it included; the files of a damaged library are copied as they are. */
const putAside = (database: string, copy: string): void => {
  try {
    const present = new DatabaseSync(database)
    try {
      present.prepare('VACUUM INTO ?').run(copy)
      syncFile(copy)
    } finally {
      // The last connection to close empties the log, so none is left that belongs to another database.
      present.close()
    }
  } catch (error) {
    rmSync(copy, { force: true })
    // If the disk takes no copy, everything stays as it is; a damaged library is copied file by file.
    if (storageError(error) instanceof UserError) throw error
    for (const side of ['', ...SIDES]) if (existsSync(database + side)) copyFileSync(database + side, copy + side)
  }
}

/**
 * Replaces the library by a staged copy, before the database is opened; the replaced library is kept among the copies.
 * @returns the name of the copy of the replaced library; null where nothing was staged or there was no library
 */
export const applyStagedRestore = ({ path, database, backups, restore }: DataDirectory): string | null => {
  if (!existsSync(restore)) return null
  try {
    const kept = existsSync(database) ? `${BEFORE_RESTORE}${new Date().toISOString().replace(/[:.]/g, '-')}.db` : null
    if (kept !== null) putAside(database, join(backups, kept))
    for (const side of SIDES) rmSync(database + side, { force: true })
    diskEffects.rename(restore, database)
    diskEffects.syncFolder(path)
    const old = readdirSync(backups).filter((name) => name.startsWith(BEFORE_RESTORE) && name.endsWith('.db'))
    for (const name of old.sort().reverse().slice(KEPT)) rmSync(join(backups, name), { force: true })
    return kept
  } catch (error) {
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
    return applyStagedRestore(directory)
  } finally {
    lock.release()
  }
}
