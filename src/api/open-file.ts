import { join, relative } from 'node:path'
import type { App } from '../app.ts'
import type { TrackLocation } from '../core/library/track.ts'
import { UserError } from '../core/support/user-error.ts'
import { liesWithin, realFolders } from '../platform/decoding/library-place.ts'
import { openPlainly, type PlainFile } from '../platform/decoding/open-plainly.ts'

/** Where a file really lies if no link lies between the folder and it; null where the folder cannot be reached. */
const placeInside = async (folder: string, path: string): Promise<string | null> => {
  const [real] = await realFolders([{ path: folder }])
  return real === undefined ? null : join(real, relative(folder, path))
}

const notFound = (): UserError => new UserError('AUDIO_NOT_FOUND', 'The file no longer exists.')
const changed = (): UserError =>
  new UserError('AUDIO_CHANGED', 'Something else is now where the file of this track was.')

/**
 * Opens the file of a row, once: what is read is what was checked, whatever happens to its path meanwhile. A row says what lay
 * there at the last scan; since then a link, a pipe or another folder may have taken its place. A file in its place may have changed
 * (players write tags), but what a link leads to must still be what was scanned, and must lie in a folder of the library.
 * @throws AUDIO_NOT_FOUND, AUDIO_UNREADABLE, AUDIO_CHANGED, OUTSIDE_LIBRARY
 */
export const openFile = async (
  app: App,
  { rootId, path, sizeBytes, modifiedMs }: TrackLocation,
): Promise<PlainFile> => {
  const roots = await app.collection.listRoots()
  const root = roots.find(({ id }) => id === rootId)
  if (!root) throw notFound()
  const file = await openPlainly(path).catch((error: unknown) => {
    const code = error instanceof UserError ? error.code : null
    if (code === 'AUDIO_UNREADABLE') throw new UserError('AUDIO_UNREADABLE', 'Algiers has no access to this file.')
    throw code === 'AUDIO_CHANGED' ? changed() : notFound()
  })
  try {
    const { place } = file
    const isAsScanned = file.sizeBytes === sizeBytes && file.modifiedMs === modifiedMs
    if (!isAsScanned && (await placeInside(root.path, path)) !== place) throw changed()
    // Its own folder first: another may lie on a drive that takes its time to answer.
    for (const folders of [[root], roots]) if (liesWithin(await realFolders(folders), place)) return file
    throw new UserError('OUTSIDE_LIBRARY', 'The file of this track is a link that leads out of the library.')
  } catch (error) {
    await file.handle.close()
    throw error
  }
}
