import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { storageError } from '../../core/support/storage-error.ts'
import { UserError } from '../../core/support/user-error.ts'
import { dataDirectoryAt } from '../../platform/store/data-directory.ts'

/** An empty folder may be there already. */
const isFree = async (place: string): Promise<boolean> =>
  !existsSync(place) || (await readdir(place).catch(() => ['a file'])).length === 0

/** Moves what was made to its place, the database last: where that lies, everything does. What cannot be moved takes the rest back. */
const moveInto = async (folder: string, made: string): Promise<void> => {
  const { database, lock } = dataDirectoryAt(made)
  // Whoever opens a library makes a lock, and one that lies there may be held.
  const others = (await readdir(made)).filter((name) => name !== basename(database) && name !== basename(lock))
  const names = [...others, basename(database)]
  for (const name of names) {
    const place = join(folder, name)
    if (!(await isFree(place))) throw new UserError('EXPORT_EXISTS', `${place} is there already.`)
  }
  const moved: string[] = []
  try {
    for (const name of names) {
      await rmdir(join(folder, name)).catch(() => {})
      await rename(join(made, name), join(folder, name))
      moved.push(name)
    }
  } catch (error) {
    for (const name of moved) await rename(join(folder, name), join(made, name))
    throw error
  }
}

/**
 * Makes a library in a folder as one step: whatever ends it amid, no part of a library lies there.
 * @param make is given a folder beside
 * @throws EXPORT_EXISTS where there is a library already
 */
export const makeLibraryIn = async <Result>(
  folder: string,
  make: (folder: string) => Promise<Result>,
): Promise<Result> => {
  if (existsSync(dataDirectoryAt(folder).database))
    throw new UserError('EXPORT_EXISTS', `There is a library in ${folder} already.`)
  const isNew = !existsSync(folder)
  let made: string | null = null
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    made = await mkdtemp(join(folder, '.new-library-'))
    const result = await make(made)
    await moveInto(folder, made)
    return result
  } catch (error) {
    throw storageError(error)
  } finally {
    if (made !== null) await rm(made, { recursive: true, force: true })
    // Only where nothing lies in it.
    if (isNew) await rmdir(folder).catch(() => {})
  }
}
