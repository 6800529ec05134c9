import type { Answer } from '../../../api/operations/client.ts'
import { type FolderPath, folderKey } from '../../../core/library/playlist-folders.ts'

export type Playlist = Answer<'listPlaylists'>[number]

/** A folder with what lies in it. */
export type PlaylistFolder = {
  readonly path: FolderPath
  readonly name: string
  readonly folders: readonly PlaylistFolder[]
  readonly playlists: readonly Playlist[]
}

/** Folders in the order of the alphabet, playlists in their own; the root has no name. */
export const playlistTree = (
  playlists: readonly Playlist[],
  paths: readonly FolderPath[],
  path: FolderPath = [],
): PlaylistFolder => {
  const key = folderKey(path)
  return {
    path,
    name: path.at(-1) ?? '',
    folders: paths
      .filter((one) => one.length === path.length + 1 && folderKey(one.slice(0, -1)) === key)
      .map((one) => playlistTree(playlists, paths, one)),
    playlists: playlists.filter(({ folders }) => folderKey(folders) === key),
  }
}

/** All playlists in a folder, as they are shown one below the other. */
export const playlistsIn = ({ folders, playlists }: PlaylistFolder): readonly Playlist[] => [
  ...folders.flatMap(playlistsIn),
  ...playlists,
]

/** What a playlist comes to stand in front of when it moves a place among those beside it. @returns null where it stands at the end */
export const stepOfPlaylist = (
  tree: PlaylistFolder,
  { id, folders }: Playlist,
  by: -1 | 1,
): { readonly before: number | null } | null => {
  const beside = playlistsIn(tree).filter((one) => folderKey(one.folders) === folderKey(folders))
  const at = beside.findIndex((one) => one.id === id)
  if (at + by < 0 || at + by >= beside.length) return null
  return { before: by < 0 ? beside[at - 1]!.id : (beside[at + 2]?.id ?? null) }
}
