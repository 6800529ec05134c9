import type { ForeignPlaylist } from './foreign-library.ts'
import type { ListedTrack } from './library-format.ts'
import type { WarningTally } from './warning-tally.ts'

/** Playlists without what the library does not have, which is told. */
export const withKnownTracks = (
  playlists: readonly ForeignPlaylist[],
  tracks: readonly ListedTrack[],
  warnings: WarningTally,
): readonly ForeignPlaylist[] => {
  const keys = new Set(tracks.map(({ key }) => key))
  return playlists.map((playlist) => ({
    ...playlist,
    trackKeys: playlist.trackKeys.filter((key) => {
      if (!keys.has(key)) warnings.add('A playlist names a track that the file does not have.', playlist.name)
      return keys.has(key)
    }),
  }))
}
