import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { storageError } from '../../core/support/storage-error.ts'
import { UserError } from '../../core/support/user-error.ts'
import { dataDirectoryAt } from '../../platform/store/data-directory.ts'

/** Moves what was made to its place, the database last: where that lies, everything does. */
const moveInto = async (folder: string, made: string): Promise<void> => {
  const database = basename(dataDirectoryAt(made).database)
  const others = (await readdir(made)).filter((name) => name !== database)
  for (const name of [...others, database]) {
    const place = join(folder, name)
    // An empty folder may be there already.
    await rmdir(place).catch(() => {})
    if (existsSync(place)) throw new UserError('EXPORT_EXISTS', `${place} is there already.`)
    await rename(join(made, name), place)
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
