import { compatibleKeys } from '../../core/library/compatible-keys.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { PlaylistOutline, PlaylistStore } from '../../platform/store/playlist-store.ts'
import type { Store } from '../../platform/store/store.ts'
import type { TrackQuery } from '../../platform/store/track-query.ts'

export type TrackSearch = TrackQuery & {
  /** Only tracks whose keys mix with this one, e.g. `8A`; nothing fits what is no key. */
  readonly compatibleWith?: string | undefined
}

const withKeys = ({ compatibleWith, ...query }: TrackSearch): TrackQuery => {
  const compatible = compatibleWith === undefined ? undefined : (compatibleKeys(compatibleWith) ?? [])
  const camelots = query.camelots && compatible ? query.camelots.filter((key) => compatible.includes(key)) : compatible
  return { ...query, camelots: camelots ?? query.camelots }
}

/** @throws PLAYLIST_NOT_FOUND */
export const requirePlaylist = (
  store: { readonly playlists: Pick<PlaylistStore, 'get'> },
  id: number,
): PlaylistOutline => {
  const playlist = store.playlists.get(id)
  if (playlist === null) throw new UserError('PLAYLIST_NOT_FOUND', `There is no playlist ${id}.`)
  return playlist
}

/** What a search asks of the store: keys that mix, and what a smart playlist finds its tracks by. @throws PLAYLIST_NOT_FOUND */
export const resolveSearch = (store: Store, search: TrackSearch): TrackQuery => {
  const query = withKeys(search)
  if (query.playlistId === undefined) return query
  const { filter } = requirePlaylist(store, query.playlistId)
  return filter === null ? query : { ...query, playlistId: undefined, within: resolveSearch(store, filter) }
}
