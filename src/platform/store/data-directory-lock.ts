import { DatabaseSync } from 'node:sqlite'
import { UserError } from '../../core/support/user-error.ts'

const SQLITE_BUSY = 5

/**
 * Locks a data directory for one process by an exclusive transaction on a lock file. The operating system ends it with the process,
 * even on kill -9, so there are no stale locks.
 * @throws ALREADY_RUNNING
 */
export const lockDataDirectory = (lockPath: string): { readonly release: () => void } => {
  const database = new DatabaseSync(lockPath, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY)
      throw new UserError('ALREADY_RUNNING', `Another Algiers holds ${lockPath}.`, { lockPath })
    throw error
  }
  return { release: () => database.close() }
}
