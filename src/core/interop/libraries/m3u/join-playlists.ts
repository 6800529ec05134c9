/** Playlists that lie in one folder are one library: a track that several of them name is one track. */
import type { ForeignLibrary, ForeignTrack } from '../foreign-library.ts'
import { pathFrom, pathKey } from '../foreign-paths.ts'

/** A file with one playlist, and the folder that it lies in, from which its paths count. */
export type PlaylistFile = { readonly folder: string; readonly library: ForeignLibrary }

const wherever = (track: ForeignTrack, folder: string): ForeignTrack => {
  const { path, from } = track.location
  if (path === null || from !== 'library') return track
  return { ...track, location: { ...track.location, path: pathFrom(folder, path), from: 'root' } }
}

/** What one list does not tell of a track, another may. */
const told = (known: ForeignTrack, again: ForeignTrack): ForeignTrack => ({
  ...known,
  title: known.title ?? again.title,
  artist: known.artist ?? again.artist,
  durationSeconds: known.durationSeconds ?? again.durationSeconds,
})

export const joinPlaylists = (files: readonly PlaylistFile[]): ForeignLibrary => {
  const tracks = new Map<string, ForeignTrack>()
  const playlists = files.flatMap(({ folder, library }) => {
    const keys = new Map<string, string>()
    for (const one of library.tracks) {
      const track = wherever(one, folder)
      const { path } = track.location
      const key = path === null ? track.key : pathKey(path)
      const known = tracks.get(key)
      tracks.set(key, known === undefined ? { ...track, key } : told(known, track))
      keys.set(one.key, key)
    }
    return library.playlists.map((list) => ({ ...list, trackKeys: list.trackKeys.map((key) => keys.get(key)!) }))
  })
  const warnings = files.flatMap(({ library }) => library.warnings)
  return { program: null, version: null, tracks: [...tracks.values()], playlists, warnings }
}
