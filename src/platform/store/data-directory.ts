import { accessSync, constants, existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { UserError } from '../../core/support/user-error.ts'
import { oddFileOf } from './database-files.ts'
import { makeFolders } from './make-folders.ts'

/** Where one library lives; see `docs/decisions/0006`. */
export type DataDirectory = {
  readonly path: string
  readonly database: string
  readonly lock: string
  readonly models: string
  /** May be deleted at any time. */
  readonly cache: string
  /** A folder in it for each mix that is being rendered. */
  readonly mixing: string
  readonly backups: string
  /** A copy that takes the database's place at the next start. */
  readonly restore: string
  /** A note of where it is served. */
  readonly server: string
}

const DATABASE_FILE = 'algiers.db'
const LOCK_FILE = 'lock.db'
/** SQLite opens no file whose path has more than 512 bytes, and the longest name here takes less than a hundred. */
const MOST_PATH_BYTES = 400

/** Whether a folder is the data directory of a library, this one or another. @param names of what lies in it */
export const isDataDirectory = (names: readonly string[]): boolean =>
  names.includes(DATABASE_FILE) && names.includes(LOCK_FILE)
const requirePlainFiles = (database: string): void => {
  const odd = oddFileOf(database)
  if (odd !== null)
    throw new UserError('DATA_DIR_UNWRITABLE', `${odd}: is a folder, a device, a pipe, or a link that leads nowhere.`, {
      path: odd,
    })
}

export const dataDirectoryAt = (path: string): DataDirectory => ({
  path,
  database: join(path, DATABASE_FILE),
  lock: join(path, LOCK_FILE),
  models: join(path, 'models'),
  cache: join(path, 'cache'),
  mixing: join(path, 'cache', 'mixing'),
  backups: join(path, 'backups'),
  restore: join(path, 'restore.db'),
  server: join(path, 'server.json'),
})

/** Makes the folders that are missing, readable by their owner only. */
export const createDataDirectory = (path: string): DataDirectory => {
  const directory = dataDirectoryAt(path)
  const { length } = Buffer.from(path)
  if (length > MOST_PATH_BYTES)
    throw new UserError(
      'DATA_DIR_UNWRITABLE',
      `${path}: its path takes ${length} bytes, more than ${MOST_PATH_BYTES}.`,
      { path },
    )
  try {
    for (const folder of [path, directory.models, directory.cache, directory.backups]) {
      makeFolders(folder)
      accessSync(folder, constants.R_OK | constants.W_OK)
    }
    // The note of where it is served is replaced, whatever lies there.
    for (const file of [directory.lock, directory.database, directory.restore]) requirePlainFiles(file)
    for (const file of [directory.lock, directory.database])
      if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK)
  } catch (error) {
    if (error instanceof UserError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new UserError('DATA_DIR_UNWRITABLE', `${path}: ${code ?? error}`, { path }, error)
  }
  return directory
}

/** The first part of a data directory that may not be read and written any more, by its name; null where all may. What has gone is told elsewhere. */
export const closedPartOf = ({ path, models, cache, backups, database }: DataDirectory): string | null => {
  const isClosed = (part: string): boolean => {
    try {
      accessSync(part, constants.R_OK | constants.W_OK)
      return false
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EACCES'
    }
  }
  const closed = [path, models, cache, backups, database].find(isClosed)
  return closed === undefined ? null : basename(closed)
}
