import type { Stats } from 'node:fs'
import { constants, type FileHandle, lstat, open, readlink, realpath, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { App } from '../app.ts'
import type { TrackLocation } from '../core/library/track.ts'
import { UserError } from '../core/support/user-error.ts'
import { liesWithin, realFolders } from '../engine/kit/library-place.ts'

/** A file that is open, and what it was when it was opened; who gets it closes it. */
export type OpenFile = { readonly handle: FileHandle; readonly status: Stats }

/** A link in the last place is not followed, and a pipe is not waited for. Windows has neither flag. */
const PLAINLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Where a file really lies if no link lies between the folder and it; null where the folder cannot be reached. */
const placeInside = async (folder: string, path: string): Promise<string | null> => {
  const [real] = await realFolders([{ path: folder }])
  return real === undefined ? null : join(real, relative(folder, path))
}

/** Whether what is open lies at a place now: Linux tells it of the open file itself, elsewhere the file that lies there is compared. */
const isOpenedFrom = async (handle: FileHandle, place: string): Promise<boolean> => {
  if (process.platform === 'linux') return (await readlink(`/proc/self/fd/${handle.fd}`)) === place
  const [opened, there] = await Promise.all([handle.stat({ bigint: true }), lstat(place, { bigint: true })])
  return opened.dev === there.dev && opened.ino === there.ino && (await realpath(place)) === place
}

const notFound = (): UserError => new UserError('AUDIO_NOT_FOUND', 'The file no longer exists.')
const changed = (): UserError =>
  new UserError('AUDIO_CHANGED', 'Something else is now where the file of this track was.')

/**
 * Opens the file of a row, once: what is read is what was checked, whatever happens to its path meanwhile. A row says what lay
 * there at the last scan; since then a link, a pipe or another folder may have taken its place. A file in its place may have changed
 * (players write tags), but what a link leads to must still be what was scanned, and must lie in a folder of the library.
 * @throws AUDIO_NOT_FOUND, AUDIO_CHANGED, OUTSIDE_LIBRARY
 */
export const openFile = async (app: App, { rootId, path, sizeBytes, modifiedMs }: TrackLocation): Promise<OpenFile> => {
  const roots = await app.collection.listRoots()
  const root = roots.find(({ id }) => id === rootId)
  const [there, place] = await Promise.all([stat(path).catch(() => null), realpath(path).catch(() => null)])
  if (!root || !there?.isFile() || place === null) throw notFound()
  const handle = await open(place, PLAINLY).catch(() => {
    throw notFound()
  })
  try {
    const status = await handle.stat()
    if (!status.isFile()) throw notFound()
    const isAsScanned = status.size === sizeBytes && status.mtimeMs === modifiedMs
    const isInPlace = isAsScanned || (await placeInside(root.path, path)) === place
    if (!isInPlace || !(await isOpenedFrom(handle, place))) throw changed()
    // Its own folder first: another may lie on a drive that takes its time to answer.
    for (const folders of [[root], roots]) if (liesWithin(await realFolders(folders), place)) return { handle, status }
    throw new UserError('OUTSIDE_LIBRARY', 'The file of this track is a link that leads out of the library.')
  } catch (error) {
    await handle.close()
    throw error
  }
}
