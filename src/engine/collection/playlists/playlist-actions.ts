import type { FolderPath } from '../../../core/library/playlist-folders.ts'
import { UserError } from '../../../core/support/user-error.ts'
import type { PlaylistChange, TakenBackChange } from '../../../platform/store/playlist-changes.ts'
import type { Workspace } from '../../kit/workspace.ts'
import {
  type AddedTracks,
  addToPlaylist,
  createPlaylist,
  duplicatePlaylist,
  editPlaylist,
  freezePlaylist,
  moveInPlaylist,
  type PlaylistEdit,
  removeFromPlaylist,
  removePlaylists,
  type WantedPlaylist,
} from './change-playlists.ts'
import { addPlaylistFolder, listPlaylistFolders, movePlaylistFolder, removePlaylistFolder } from './playlist-folders.ts'
import {
  type PlaylistDetails,
  type PlaylistOverview,
  playlistDetails,
  playlistOverviews,
  playlistTrackIds,
} from './playlist-overview.ts'

type Placed = {
  readonly trackIds: readonly number[]
  /** The track that they come to stand in front of; null for the end. */
  readonly before: number | null
}

/** Playlists, smart ones too, and their folders. Every change can be taken back; null says that nothing had to change. */
export type PlaylistActions = {
  /** In their order. */
  readonly list: () => Promise<readonly PlaylistOverview[]>
  /** @throws PLAYLIST_NOT_FOUND */
  readonly get: (id: number) => Promise<PlaylistDetails>
  /** In their order; of a smart playlist as it finds them now. @throws PLAYLIST_NOT_FOUND */
  readonly trackIds: (id: number) => Promise<readonly number[]>
  /** @throws TRACK_NOT_FOUND, PLAYLIST_NOT_FOUND, PLAYLIST_FILTER_NESTED */
  readonly create: (wanted: WantedPlaylist) => Promise<PlaylistChange>
  /** @throws PLAYLIST_NOT_FOUND, PLAYLIST_FILTER_NESTED, VALIDATION_FAILED */
  readonly edit: (id: number, edit: PlaylistEdit) => Promise<PlaylistChange | null>
  /** @throws PLAYLIST_NOT_FOUND */
  readonly remove: (ids: readonly number[]) => Promise<PlaylistChange>
  /** @param options `isPlain` makes of a smart one a copy with the tracks of now @throws PLAYLIST_NOT_FOUND */
  readonly duplicate: (
    id: number,
    options?: { readonly name?: string | undefined; readonly isPlain?: boolean | undefined },
  ) => Promise<PlaylistChange>
  /** Makes a smart playlist a plain one. @throws PLAYLIST_NOT_FOUND */
  readonly freeze: (id: number) => Promise<PlaylistChange | null>
  /** @throws PLAYLIST_NOT_FOUND, PLAYLIST_IS_SMART, TRACK_NOT_FOUND */
  readonly add: (id: number, placed: Placed) => Promise<AddedTracks>
  /** @throws PLAYLIST_NOT_FOUND, PLAYLIST_IS_SMART */
  readonly takeOut: (id: number, trackIds: readonly number[]) => Promise<PlaylistChange | null>
  /** @throws PLAYLIST_NOT_FOUND, PLAYLIST_IS_SMART, TRACK_NOT_FOUND */
  readonly move: (id: number, placed: Placed) => Promise<PlaylistChange | null>
  readonly folders: () => Promise<readonly FolderPath[]>
  readonly addFolder: (path: FolderPath) => Promise<PlaylistChange | null>
  /** @throws PLAYLIST_NOT_FOUND, VALIDATION_FAILED */
  readonly moveFolder: (from: FolderPath, to: FolderPath) => Promise<PlaylistChange | null>
  /** @throws PLAYLIST_NOT_FOUND */
  readonly removeFolder: (path: FolderPath) => Promise<PlaylistChange>
  /** @param changeId the last where left out @throws NOTHING_TO_TAKE_BACK, PLAYLIST_CHANGED */
  readonly takeBack: (way: 'undo' | 'redo', changeId?: number) => Promise<TakenBackChange>
}

export const playlistActions = ({ store, emit }: Workspace): PlaylistActions => {
  const told = <Result>(result: Result): Result => {
    if (result !== null) emit({ type: 'playlists' })
    return result
  }
  const found = (id: number): readonly number[] => playlistTrackIds(store, id)
  return {
    list: async () => playlistOverviews(store),
    get: async (id) => playlistDetails(store, id),
    trackIds: async (id) => playlistTrackIds(store, id),
    create: async (wanted) => told(createPlaylist(store, wanted)),
    edit: async (id, edit) => told(editPlaylist(store, id, edit)),
    remove: async (ids) => told(removePlaylists(store, ids)),
    duplicate: async (id, options = {}) => told(duplicatePlaylist(store, id, options, found)),
    freeze: async (id) => told(freezePlaylist(store, id, found)),
    add: async (id, placed) => {
      const added = addToPlaylist(store, id, placed)
      told(added.change)
      return added
    },
    takeOut: async (id, trackIds) => told(removeFromPlaylist(store, id, trackIds)),
    move: async (id, placed) => told(moveInPlaylist(store, id, placed)),
    folders: async () => listPlaylistFolders(store),
    addFolder: async (path) => told(addPlaylistFolder(store, path)),
    moveFolder: async (from, to) => told(movePlaylistFolder(store, from, to)),
    removeFolder: async (path) => told(removePlaylistFolder(store, path)),
    takeBack: async (way, changeId) => {
      const id = changeId ?? store.playlists.nextToTakeBack(way)
      if (id === null)
        throw new UserError('NOTHING_TO_TAKE_BACK', `There is nothing to ${way}: no playlist was changed.`)
      const taken = store.playlists.takeBack(id, way)
      if (taken === null)
        throw new UserError('PLAYLIST_CHANGED', 'What was done cannot be taken back any more, since more has changed.')
      return told(taken)
    },
  }
}
