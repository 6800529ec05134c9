import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { storageError } from '../../core/support/storage-error.ts'
import { dataDirectoryAt } from './data-directory.ts'
import { lockDataDirectory } from './data-directory-lock.ts'
import { removeDatabase } from './database-files.ts'

/** Folders and files of ours beside the database; the demo library is generated. */
const OWN = ['models', 'cache', 'backups', 'logs', 'demo', 'token'] as const

/**
 * Deletes a library that nobody has open, with its models, copies and log. Only what Algiers has made itself goes: music, and whatever
 * else somebody put there, stays, and then the folder does.
 * @returns what was left in the folder; null where there is no such folder
 * @throws ALREADY_RUNNING, STORAGE_READ_ONLY, STORAGE_IO_ERROR
 */
export const eraseLibrary = (dataDirectory: string): readonly string[] | null => {
  if (!existsSync(dataDirectory)) return null
  const directory = dataDirectoryAt(dataDirectory)
  const lock = lockDataDirectory(directory)
  try {
    // The database goes first: what is left after a fault is no library that looks whole.
    removeDatabase(directory.database)
    removeDatabase(directory.restore)
    // A start that was cut off may have left a note that was not yet in its place.
    const notes = readdirSync(dataDirectory).filter((name) => name.startsWith(`${basename(directory.server)}.`))
    for (const name of [basename(directory.server), ...notes, ...OWN])
      rmSync(join(dataDirectory, name), { recursive: true, force: true })
  } catch (error) {
    throw storageError(error)
  } finally {
    lock.release()
  }
  removeDatabase(directory.lock)
  const left = readdirSync(dataDirectory)
  if (left.length === 0) rmdirSync(dataDirectory)
  return left
}
