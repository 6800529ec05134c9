import type { PlaylistOverview } from '../../engine/collection/playlists/playlist-overview.ts'
import type { PlaylistChange } from '../../platform/store/playlist-changes.ts'
import { trackFilterText } from './track-search.ts'

export const playlistDocument = ({ filter, ...playlist }: PlaylistOverview) => ({
  id: playlist.id,
  name: playlist.name,
  folders: [...playlist.folders],
  filter: filter && trackFilterText(filter),
  limit: filter?.limit ?? null,
  tracks: playlist.tracks,
  problem: playlist.problem,
  import_id: playlist.importId,
  created_at: playlist.createdAt,
  changed_at: playlist.changedAt,
})

/** What was done, without what it made. */
export const changeDocument = <Change extends PlaylistChange | null>(change: Change) => ({
  change: (change && { id: change.id, says: change.says }) as Change extends null
    ? { id: number; says: string } | null
    : { id: number; says: string },
})
