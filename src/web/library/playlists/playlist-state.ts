import { z } from 'zod'
import { create } from 'zustand'
import { type FolderPath, folderKey } from '../../../core/library/playlist-folders.ts'
import { showListing, useLibrary } from '../library-state.ts'
import { listingOfQuery } from '../list-address.ts'
import { NO_FILTERS, usualOrderOf } from '../list-filters.ts'
import type { Playlist } from './playlist-tree.ts'

/** The dialog that is open, if any. */
export type PlaylistDialog =
  | { readonly kind: 'new'; readonly folders: FolderPath; readonly trackIds: readonly number[] }
  | { readonly kind: 'new smart'; readonly filter: string }
  | { readonly kind: 'new folder'; readonly folders: FolderPath }
  | { readonly kind: 'rename'; readonly playlist: Playlist }
  | { readonly kind: 'rename folder'; readonly path: FolderPath }
  | { readonly kind: 'move'; readonly playlist: Playlist }
  | { readonly kind: 'add'; readonly trackIds: readonly number[] }

const kept = z.object({ isShown: z.boolean(), closed: z.array(z.string()).readonly() })

type PlaylistState = z.output<typeof kept> & {
  readonly dialog: PlaylistDialog | null
  /** Where there is little room, the side bar lies over the list. */
  readonly isDrawerOpen: boolean
  /** The smart playlist whose filter is being changed. */
  readonly editing: Playlist | null
}

const STORED_AS = 'algiers.playlists'

const read = (): z.output<typeof kept> => {
  try {
    return kept.parse(JSON.parse(localStorage.getItem(STORED_AS) ?? 'null'))
  } catch {
    // Nothing is kept yet, or another version wrote it.
    return { isShown: true, closed: [] }
  }
}

export const usePlaylists = create<PlaylistState>(() => ({
  ...read(),
  dialog: null,
  isDrawerOpen: false,
  editing: null,
}))

const keep = (change: Partial<z.output<typeof kept>>): void => {
  usePlaylists.setState(change)
  const { isShown, closed } = usePlaylists.getState()
  localStorage.setItem(STORED_AS, JSON.stringify({ isShown, closed }))
}

export const showSideBar = (isShown: boolean): void => keep({ isShown })

export const toggleFolder = (path: FolderPath): void => {
  const { closed } = usePlaylists.getState()
  const key = folderKey(path)
  keep({ closed: closed.includes(key) ? closed.filter((one) => one !== key) : [...closed, key] })
}

export const askFor = (dialog: PlaylistDialog): void => usePlaylists.setState({ dialog })
export const closeDialog = (): void => usePlaylists.setState({ dialog: null })

/** Lists the tracks of a playlist, in its order. */
export const openPlaylist = (id: number): void => {
  usePlaylists.setState({ editing: null, isDrawerOpen: false })
  const filters = { ...NO_FILTERS, playlist: String(id) }
  showListing({ ...usualOrderOf(filters), filters })
  useLibrary.setState({ pane: 'list', selected: new Set() })
}

/** Lists the whole library. */
export const openAllTracks = (): void => {
  usePlaylists.setState({ editing: null, isDrawerOpen: false })
  showListing({ ...usualOrderOf(NO_FILTERS), filters: NO_FILTERS })
  useLibrary.setState({ pane: 'list', selected: new Set() })
}

/** Lists what the filter of a smart playlist finds, so that it can be changed and kept. */
export const editFilter = (playlist: Playlist): void => {
  showListing(listingOfQuery(playlist.filter ?? ''))
  useLibrary.setState({ pane: 'list', selected: new Set() })
  usePlaylists.setState({ editing: playlist, isDrawerOpen: false })
}
