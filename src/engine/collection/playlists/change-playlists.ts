import { copyName } from '../../../core/library/kept-name.ts'
import type { FolderPath } from '../../../core/library/playlist-folders.ts'
import { addToOrder, moveInOrder } from '../../../core/library/playlist-order.ts'
import { UserError } from '../../../core/support/user-error.ts'
import { countText } from '../../../core/units/count-text.ts'
import type { PlaylistChange } from '../../../platform/store/playlist-changes.ts'
import type { PlaylistFilter } from '../../../platform/store/playlist-rows.ts'
import { freshPlaylist, type PlaylistOutline, type PlaylistStore } from '../../../platform/store/playlist-store.ts'
import type { Store } from '../../../platform/store/store.ts'
import { requirePlaylist } from '../../kit/resolve-search.ts'
import { requireTracks } from '../../kit/track-reference.ts'

/** Playlists that a change is planned on, and the tracks that may be in them. */
export type PlaylistShelf = {
  readonly playlists: Pick<PlaylistStore, 'list' | 'get' | 'trackIds' | 'keptFolders' | 'change'>
  readonly tracks: Pick<Store['tracks'], 'unknown'>
}

export type WantedPlaylist = {
  readonly name: string
  readonly folders?: FolderPath | undefined
  readonly trackIds?: readonly number[] | undefined
  /** Makes it a smart one, which has no tracks of its own. */
  readonly filter?: PlaylistFilter | undefined
}

/** What is left out stays. */
export type PlaylistEdit = {
  readonly name?: string | undefined
  readonly folders?: FolderPath | undefined
  /** Of a smart playlist. */
  readonly filter?: PlaylistFilter | undefined
  /** The playlist that it comes to stand in front of; null for the end. */
  readonly before?: number | null | undefined
}

export const quoted = (name: string): string => `“${name}”`

/** @throws PLAYLIST_NOT_FOUND, PLAYLIST_IS_SMART */
const requirePlain = (shelf: PlaylistShelf, id: number): PlaylistOutline => {
  const playlist = requirePlaylist(shelf, id)
  if (playlist.filter !== null)
    throw new UserError('PLAYLIST_IS_SMART', `${quoted(playlist.name)} finds its tracks by itself.`)
  return playlist
}

/** @throws PLAYLIST_NOT_FOUND, PLAYLIST_FILTER_NESTED */
const requireFlat = (shelf: PlaylistShelf, filter: PlaylistFilter | undefined): void => {
  if (filter?.playlistId === undefined) return
  const named = requirePlaylist(shelf, filter.playlistId)
  if (named.filter !== null)
    throw new UserError('PLAYLIST_FILTER_NESTED', `The filter names ${quoted(named.name)}, which is a smart playlist.`)
}

/** @throws TRACK_NOT_FOUND, PLAYLIST_NOT_FOUND, PLAYLIST_FILTER_NESTED */
export const createPlaylist = (
  shelf: PlaylistShelf,
  { name, folders = [], trackIds: wanted = [], filter }: WantedPlaylist,
): PlaylistChange => {
  // What a person makes holds each track once.
  const trackIds = [...new Set(wanted)]
  requireTracks(shelf, trackIds)
  requireFlat(shelf, filter)
  const kind = filter === undefined ? 'Playlist' : 'Smart playlist'
  const held = trackIds.length === 0 ? '' : ` with ${countText(trackIds.length)}`
  return shelf.playlists.change(`${kind} ${quoted(name)} made${held}`, [], (rows) => [
    rows.insert(
      freshPlaylist({ name, folders, trackIds: filter === undefined ? trackIds : [], filter: filter ?? null }),
    ),
  ])
}

const editText = ({ name }: PlaylistOutline, edit: PlaylistEdit): string => {
  if (edit.name !== undefined && edit.name !== name) return `Playlist ${quoted(name)} renamed to ${quoted(edit.name)}`
  if (edit.filter !== undefined) return `Filter of ${quoted(name)} changed`
  if (edit.folders === undefined) return `Playlist ${quoted(name)} moved`
  return edit.folders.length === 0
    ? `Playlist ${quoted(name)} moved out of its folder`
    : `Playlist ${quoted(name)} moved to ${edit.folders.map(quoted).join(' / ')}`
}

/** The playlist that one stands in front of; null for the last. */
const nextOf = (shelf: PlaylistShelf, id: number): number | null => {
  const order = shelf.playlists.list().map((one) => one.id)
  return order[order.indexOf(id) + 1] ?? null
}

/** @returns null where nothing would be another @throws PLAYLIST_NOT_FOUND, PLAYLIST_FILTER_NESTED */
export const editPlaylist = (shelf: PlaylistShelf, id: number, edit: PlaylistEdit): PlaylistChange | null => {
  const playlist = requirePlaylist(shelf, id)
  const { before, ...change } = edit
  if (before !== undefined && before !== null) requirePlaylist(shelf, before)
  if (change.filter !== undefined && playlist.filter === null)
    throw new UserError('VALIDATION_FAILED', `${quoted(playlist.name)} is no smart playlist: it takes no filter.`)
  requireFlat(shelf, change.filter)
  const isSame = Object.entries(change).every(
    ([name, value]) =>
      value === undefined || JSON.stringify(value) === JSON.stringify(playlist[name as keyof typeof change]),
  )
  const isInPlace = before === undefined || before === id || before === nextOf(shelf, id)
  if (isSame && isInPlace) return null
  return shelf.playlists.change(editText(playlist, edit), [id], (rows) => {
    if (change.folders !== undefined) rows.keepFolder(playlist.folders)
    const { name = playlist.name, folders = playlist.folders, filter = playlist.filter } = change
    if (!isSame) rows.change(id, { name, folders, filter })
    if (!isInPlace) rows.place(id, before)
    return []
  })
}

/** @throws PLAYLIST_NOT_FOUND */
export const removePlaylists = (shelf: PlaylistShelf, ids: readonly number[]): PlaylistChange => {
  const playlists = ids.map((id) => requirePlaylist(shelf, id))
  const what = playlists.length === 1 ? `Playlist ${quoted(playlists[0]!.name)}` : countText(ids.length, 'playlist')
  return shelf.playlists.change(`${what} removed`, ids, (rows) => {
    for (const { id, folders } of playlists) {
      rows.keepFolder(folders)
      rows.remove(id)
    }
    return []
  })
}

/** The tracks of a playlist in their order; of a smart one as it finds them now. */
export type FoundTracks = (id: number) => readonly number[]

/** Makes another one of it, right behind it. @throws PLAYLIST_NOT_FOUND */
export const duplicatePlaylist = (
  shelf: PlaylistShelf,
  id: number,
  { name, isPlain = false }: { readonly name?: string | undefined; readonly isPlain?: boolean | undefined },
  found: FoundTracks,
): PlaylistChange => {
  const original = requirePlaylist(shelf, id)
  const filter = isPlain ? null : original.filter
  const trackIds = filter === null ? found(id) : []
  const copy = { name: name ?? copyName(original.name, ' (copy)'), folders: original.folders, filter, trackIds }
  return shelf.playlists.change(`Playlist ${quoted(original.name)} duplicated`, [], (rows) => {
    const order = rows.order()
    const made = rows.insert(freshPlaylist(copy))
    rows.place(made, order[order.indexOf(id) + 1] ?? null)
    return [made]
  })
}

/** Makes a plain playlist of a smart one, with the tracks that it finds now. @throws PLAYLIST_NOT_FOUND */
export const freezePlaylist = (shelf: PlaylistShelf, id: number, found: FoundTracks): PlaylistChange | null => {
  const { name, filter } = requirePlaylist(shelf, id)
  if (filter === null) return null
  const trackIds = found(id)
  return shelf.playlists.change(
    `${quoted(name)} made a plain playlist with ${countText(trackIds.length)}`,
    [id],
    (rows) => {
      rows.change(id, { filter: null, trackIds })
      return []
    },
  )
}

export type AddedTracks = { readonly change: PlaylistChange | null; readonly already: number }

/** Puts tracks in front of another, or at the end. @throws PLAYLIST_NOT_FOUND, PLAYLIST_IS_SMART, TRACK_NOT_FOUND */
export const addToPlaylist = (
  shelf: PlaylistShelf,
  id: number,
  { trackIds, before }: { readonly trackIds: readonly number[]; readonly before: number | null },
): AddedTracks => {
  const { name } = requirePlain(shelf, id)
  requireTracks(shelf, trackIds)
  const order = shelf.playlists.trackIds(id)
  requirePlace(new Set(order), before)
  const next = addToOrder(order, trackIds, before)
  const added = next.length - order.length
  const already = new Set(trackIds).size - added
  if (added === 0) return { change: null, already }
  const there = already === 0 ? '' : `; ${already} ${already === 1 ? 'was' : 'were'} there already`
  return { change: putOrder(shelf, id, next, `${countText(added)} added to ${quoted(name)}${there}`), already }
}

/** @returns null where none of them is in it @throws PLAYLIST_NOT_FOUND, PLAYLIST_IS_SMART */
export const removeFromPlaylist = (
  shelf: PlaylistShelf,
  id: number,
  trackIds: readonly number[],
): PlaylistChange | null => {
  const { name } = requirePlain(shelf, id)
  const gone = new Set(trackIds)
  const order = shelf.playlists.trackIds(id)
  const next = order.filter((trackId) => !gone.has(trackId))
  if (next.length === order.length) return null
  const removed = new Set(order.filter((trackId) => gone.has(trackId))).size
  return putOrder(shelf, id, next, `${countText(removed)} taken out of ${quoted(name)}`)
}

/** Moves tracks in front of another, or to the end. @throws PLAYLIST_NOT_FOUND, PLAYLIST_IS_SMART, TRACK_NOT_FOUND */
export const moveInPlaylist = (
  shelf: PlaylistShelf,
  id: number,
  { trackIds, before }: { readonly trackIds: readonly number[]; readonly before: number | null },
): PlaylistChange | null => {
  const { name } = requirePlain(shelf, id)
  const order = shelf.playlists.trackIds(id)
  const known = new Set(order)
  requirePlace(known, before)
  for (const trackId of trackIds) requirePlace(known, trackId)
  const next = moveInOrder(order, trackIds, before)
  if (next.every((trackId, at) => trackId === order[at])) return null
  return putOrder(shelf, id, next, `${countText(new Set(trackIds).size)} moved in ${quoted(name)}`)
}

/** @throws TRACK_NOT_FOUND */
const requirePlace = (order: ReadonlySet<number>, trackId: number | null): void => {
  if (trackId !== null && !order.has(trackId))
    throw new UserError('TRACK_NOT_FOUND', `Track ${trackId} is not in the playlist.`)
}

const putOrder = (shelf: PlaylistShelf, id: number, trackIds: readonly number[], says: string): PlaylistChange =>
  shelf.playlists.change(says, [id], (rows) => {
    rows.change(id, { trackIds })
    return []
  })
