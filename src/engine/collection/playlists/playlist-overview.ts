import type { FolderPath } from '../../../core/library/playlist-folders.ts'
import { giveWay } from '../../../core/support/give-way.ts'
import { UserError } from '../../../core/support/user-error.ts'
import type { PlaylistFilter } from '../../../platform/store/playlist-rows.ts'
import type { PlaylistOutline } from '../../../platform/store/playlist-store.ts'
import type { Store } from '../../../platform/store/store.ts'
import { requirePlaylist, resolveSearch } from '../../kit/resolve-search.ts'
import { librarySearch } from '../library-search.ts'

/** A playlist in the list of all. */
export type PlaylistOverview = {
  readonly id: number
  readonly name: string
  /** Names of the folders around it, the outermost first. */
  readonly folders: FolderPath
  /** What a smart playlist finds its tracks by; null for one whose tracks a person chose. */
  readonly filter: PlaylistFilter | null
  readonly tracks: number
  /** Why a smart playlist finds nothing, where its filter asks for what is gone. */
  readonly problem: string | null
  /** The import that brought it; null where the person made it. */
  readonly importId: number | null
  readonly createdAt: string
  readonly changedAt: string
}

export type PlaylistDetails = PlaylistOverview & {
  /** Of its tracks, those that no folder of the library holds any more. */
  readonly missing: number
  /** Places that a track takes a second time or more, as an import can have it. */
  readonly repeats: number
}

/** Why a playlist finds nothing, where its filter asks for what is gone; null where it does not. */
export const playlistProblem = (store: Store, id: number): string | null => {
  try {
    resolveSearch(store, { playlistId: id })
    return null
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return 'Its filter names a playlist that is no longer there.'
  }
}

const overviewOf = (store: Store, { places: _, ...outline }: PlaylistOutline): PlaylistOverview => {
  const problem = playlistProblem(store, outline.id)
  const tracks = problem === null ? store.tracks.count(librarySearch(store, { playlistId: outline.id })) : 0
  return { ...outline, tracks, problem }
}

/** In their order. A smart one has to be looked for, so that others have their turn before it. */
export const playlistOverviews = async (store: Store): Promise<readonly PlaylistOverview[]> => {
  const overviews: PlaylistOverview[] = []
  for (const outline of store.playlists.list()) {
    if (outline.filter !== null) await giveWay()
    overviews.push(overviewOf(store, outline))
  }
  return overviews
}

/** @throws PLAYLIST_NOT_FOUND */
export const playlistDetails = (store: Store, id: number): PlaylistDetails => {
  const outline = requirePlaylist(store, id)
  const overview = overviewOf(store, outline)
  return {
    ...overview,
    missing: store.playlists.missing(id),
    repeats: outline.filter === null ? outline.places - overview.tracks : 0,
  }
}

/** The tracks of a playlist in their order; of a smart one as it finds them now. @throws PLAYLIST_NOT_FOUND */
export const playlistTrackIds = (store: Store, id: number): readonly number[] =>
  requirePlaylist(store, id).filter === null
    ? store.playlists.trackIds(id)
    : store.tracks.find(librarySearch(store, { playlistId: id })).ids
