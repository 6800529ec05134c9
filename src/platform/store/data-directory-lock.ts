import { DatabaseSync } from 'node:sqlite'
import { UserError } from '../../core/support/user-error.ts'
import type { DataDirectory } from './data-directory.ts'
import { statusAt } from './regular-file.ts'

const SQLITE_BUSY = 5
const isBusy = (error: unknown): boolean => (error as { errcode?: number }).errcode === SQLITE_BUSY

const alreadyRunning = (path: string): UserError =>
  new UserError('ALREADY_RUNNING', `Another Algiers holds ${path}.`, { lockPath: path })

/**
 * Whoever has the library open holds a shared lock on its file, so that nobody gets it exclusively. It is looked for because the lock
 * file can be removed under the process that holds it.
 */
const requireUnopened = (path: string): void => {
  // To open an empty file would throw away a log that lies beside it.
  if ((statusAt(path)?.size ?? 0) === 0) return
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE')
    database.exec('PRAGMA schema_version')
  } catch (error) {
    // What else may be wrong with the file is told by whoever opens it.
    if (isBusy(error)) throw alreadyRunning(path)
  } finally {
    database.close()
  }
}

/**
 * Locks a data directory for one process by an exclusive transaction on a lock file. The operating system ends it with the process,
 * even on kill -9, so there are no stale locks.
 * @throws ALREADY_RUNNING
 */
export const lockDataDirectory = ({
  lock: lockPath,
  database: libraryPath,
}: Pick<DataDirectory, 'lock' | 'database'>): { readonly release: () => void } => {
  const database = new DatabaseSync(lockPath, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
    requireUnopened(libraryPath)
  } catch (error) {
    database.close()
    throw isBusy(error) ? alreadyRunning(lockPath) : error
  }
  return { release: () => database.close() }
}
