import { realpath, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { App } from '../app.ts'
import type { TrackLocation } from '../core/library/track.ts'
import { UserError } from '../core/support/user-error.ts'
import { liesWithin, realFolders } from '../engine/kit/library-place.ts'

/** Where a file really lies if no link lies between the folder and it; null where the folder cannot be reached. */
const placeInside = async (folder: string, path: string): Promise<string | null> => {
  const [real] = await realFolders([{ path: folder }])
  return real === undefined ? null : join(real, relative(folder, path))
}

/**
 * A row says what lay there at the last scan; since then a link, a pipe or another folder may have taken its place. A file in
 * its place may have changed (players write tags), but what a link leads to must still be what was scanned, and must lie in a
 * folder of the library.
 * @returns its real path: a link that is bent afterwards leads nowhere
 * @throws AUDIO_NOT_FOUND, AUDIO_CHANGED, OUTSIDE_LIBRARY
 */
export const requireFile = async (
  app: App,
  { rootId, path, sizeBytes, modifiedMs }: TrackLocation,
): Promise<string> => {
  const roots = await app.collection.listRoots()
  const root = roots.find(({ id }) => id === rootId)
  // Asked before it is opened: to open a pipe would wait for ever.
  const [status, place] = await Promise.all([stat(path).catch(() => null), realpath(path).catch(() => null)])
  if (!root || !status?.isFile() || place === null)
    throw new UserError('AUDIO_NOT_FOUND', 'There is no such file any more.')
  const isAsScanned = status.size === sizeBytes && status.mtimeMs === modifiedMs
  if (!isAsScanned && (await placeInside(root.path, path)) !== place)
    throw new UserError('AUDIO_CHANGED', 'Something else lies now where the file of this track was.')
  // Its own folder first: another may lie on a drive that takes its time to answer.
  for (const folders of [[root], roots]) if (liesWithin(await realFolders(folders), place)) return place
  throw new UserError('OUTSIDE_LIBRARY', 'The file of this track is a link that leads out of the library.')
}
