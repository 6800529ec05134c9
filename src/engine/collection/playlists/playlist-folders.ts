import {
  type FolderPath,
  folderKey,
  isWithin,
  leadingFolders,
  movedPath,
} from '../../../core/library/playlist-folders.ts'
import { UserError } from '../../../core/support/user-error.ts'
import { countText } from '../../../core/units/count-text.ts'
import type { PlaylistChange } from '../../../platform/store/playlist-changes.ts'
import type { PlaylistOutline } from '../../../platform/store/playlist-store.ts'
import { type PlaylistShelf, quoted } from './change-playlists.ts'

/** Every folder that holds a playlist or is kept without one, in the order of the alphabet. */
export const listPlaylistFolders = ({
  playlists,
}: {
  readonly playlists: Pick<PlaylistShelf['playlists'], 'list' | 'keptFolders'>
}): readonly FolderPath[] => {
  const paths = [...playlists.keptFolders(), ...playlists.list().map(({ folders }) => folders)].flatMap(leadingFolders)
  const byKey = new Map(paths.map((path) => [folderKey(path), path]))
  return [...byKey.values()].toSorted((a, b) => a.join('\n').localeCompare(b.join('\n'), 'en'))
}

const nameOf = (path: FolderPath): string => quoted(path.at(-1) ?? '')

/** @throws PLAYLIST_NOT_FOUND */
const requireFolder = (shelf: PlaylistShelf, path: FolderPath): void => {
  if (path.length === 0 || !listPlaylistFolders(shelf).some((one) => folderKey(one) === folderKey(path)))
    throw new UserError('PLAYLIST_NOT_FOUND', `There is no folder ${nameOf(path)}.`)
}

const insideOf = (shelf: PlaylistShelf, path: FolderPath): readonly PlaylistOutline[] =>
  shelf.playlists.list().filter(({ folders }) => isWithin(folders, path))

/** @returns null where it is there already */
export const addPlaylistFolder = (shelf: PlaylistShelf, path: FolderPath): PlaylistChange | null => {
  if (listPlaylistFolders(shelf).some((one) => folderKey(one) === folderKey(path))) return null
  return shelf.playlists.change(`Folder ${nameOf(path)} made`, [], (rows) => {
    rows.keepFolder(path)
    return []
  })
}

/** Renames a folder or moves it into another, with all that is in it. @throws PLAYLIST_NOT_FOUND, VALIDATION_FAILED */
export const movePlaylistFolder = (shelf: PlaylistShelf, from: FolderPath, to: FolderPath): PlaylistChange | null => {
  requireFolder(shelf, from)
  if (folderKey(from) === folderKey(to)) return null
  if (isWithin(to, from)) throw new UserError('VALIDATION_FAILED', `Folder ${nameOf(from)} cannot go into itself.`)
  const inside = insideOf(shelf, from)
  const isRenamed = folderKey(from.slice(0, -1)) === folderKey(to.slice(0, -1))
  const says = isRenamed ? `Folder ${nameOf(from)} renamed to ${nameOf(to)}` : `Folder ${nameOf(from)} moved`
  return shelf.playlists.change(
    says,
    inside.map(({ id }) => id),
    (rows) => {
      for (const { id, folders } of inside) rows.change(id, { folders: movedPath(folders, from, to) })
      const kept = rows.keptFolders().map((path) => movedPath(path, from, to))
      // The folder that it was in stays, with it gone.
      rows.putKeptFolders([...kept, to, ...leadingFolders(from.slice(0, -1))])
      return []
    },
  )
}

/** Removes a folder with all that is in it. @throws PLAYLIST_NOT_FOUND */
export const removePlaylistFolder = (shelf: PlaylistShelf, path: FolderPath): PlaylistChange => {
  requireFolder(shelf, path)
  const inside = insideOf(shelf, path)
  const held = inside.length === 0 ? '' : ` with ${countText(inside.length, 'playlist')}`
  return shelf.playlists.change(
    `Folder ${nameOf(path)} removed${held}`,
    inside.map(({ id }) => id),
    (rows) => {
      for (const { id } of inside) rows.remove(id)
      const kept = rows.keptFolders().filter((one) => !isWithin(one, path))
      rows.putKeptFolders([...kept, ...leadingFolders(path.slice(0, -1))])
      return []
    },
  )
}
