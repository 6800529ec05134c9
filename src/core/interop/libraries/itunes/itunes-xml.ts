/** The library XML that iTunes writes and Music exports. It has no cues: tracks, playlists and folders come from it. */

import { readDate, readYear } from '../foreign-fields.ts'
import { foldersAround } from '../foreign-folders.ts'
import { type ForeignPlaylist, type ForeignTrack, UNKNOWN_FOREIGN_TRACK } from '../foreign-library.ts'
import { locationOfUrl } from '../foreign-location.ts'
import { withKnownTracks } from '../known-tracks.ts'
import type { LibraryFormat, ListedTrack } from '../library-format.ts'
import { countedTake } from '../take-track.ts'
import { createWarningTally, type WarningTally } from '../warning-tally.ts'
import { findXmlRoot } from '../xml-reader.ts'
import { type PlistDictionary, readPropertyList } from './property-list.ts'

const textAt = (dictionary: PlistDictionary, key: string): string | null => {
  const value = dictionary.get(key)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
const numberAt = (dictionary: PlistDictionary, key: string): number | null => {
  const value = dictionary.get(key)
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null
}

const STAR = 20
const MILLISECONDS = 1000

/** Stars that iTunes computed from the album's are nobody's. */
const ratingOf = (dictionary: PlistDictionary): number | null => {
  const rating = numberAt(dictionary, 'Rating')
  return rating === null || dictionary.get('Rating Computed') === true
    ? null
    : Math.min(5, Math.max(1, Math.round(rating / STAR)))
}

const locationOf = (dictionary: PlistDictionary): ForeignTrack['location'] => {
  const found = locationOfUrl(textAt(dictionary, 'Location') ?? '')
  const isRemote = textAt(dictionary, 'Track Type') === 'Remote' || dictionary.get('Apple Music') === true
  return found.path === null && found.streaming === null && isRemote
    ? { path: null, from: 'nowhere', streaming: 'apple-music' }
    : found
}

const trackOf = (key: string, dictionary: PlistDictionary): ForeignTrack => {
  const totalTime = numberAt(dictionary, 'Total Time')
  return {
    ...UNKNOWN_FOREIGN_TRACK,
    key: String(numberAt(dictionary, 'Track ID') ?? key),
    location: locationOf(dictionary),
    title: textAt(dictionary, 'Name'),
    artist: textAt(dictionary, 'Artist'),
    album: textAt(dictionary, 'Album'),
    genre: textAt(dictionary, 'Genre'),
    comment: textAt(dictionary, 'Comments'),
    year: readYear(String(dictionary.get('Year') ?? '')),
    durationSeconds: totalTime === null ? null : totalTime / MILLISECONDS,
    sizeBytes: numberAt(dictionary, 'Size'),
    bpm: numberAt(dictionary, 'BPM'),
    rating: ratingOf(dictionary),
    playCount: numberAt(dictionary, 'Play Count'),
    addedAt: readDate(textAt(dictionary, 'Date Added') ?? undefined),
  }
}

type Listed = {
  readonly name: string
  readonly id: string | null
  readonly parent: string | null
  readonly isFolder: boolean
  /** The library itself, and lists such as "Podcasts" that iTunes makes. */
  readonly isBuiltIn: boolean
  readonly keys: readonly string[]
}

const listedOf = (dictionary: PlistDictionary): Listed => {
  const items = dictionary.get('Playlist Items')
  return {
    name: textAt(dictionary, 'Name') ?? '',
    id: textAt(dictionary, 'Playlist Persistent ID'),
    parent: textAt(dictionary, 'Parent Persistent ID'),
    isFolder: dictionary.get('Folder') === true,
    isBuiltIn: dictionary.get('Master') === true || dictionary.has('Distinguished Kind'),
    keys: (Array.isArray(items) ? items : []).flatMap((item) =>
      item instanceof Map ? String(item.get('Track ID') ?? '') : [],
    ),
  }
}

const playlistsOf = (
  lists: readonly Listed[],
  tracks: readonly ListedTrack[],
  warnings: WarningTally,
): readonly ForeignPlaylist[] => {
  const byId = new Map(lists.map((listed) => [listed.id, listed]))
  const parentOf = ({ parent }: Listed): Listed | undefined => (parent === null ? undefined : byId.get(parent))
  const shown = lists.flatMap((listed): ForeignPlaylist[] => {
    if (listed.isFolder) return []
    if (listed.isBuiltIn) {
      warnings.add('A list that iTunes makes by itself was passed over.', listed.name)
      return []
    }
    return [{ name: listed.name, folders: foldersAround(listed, parentOf, warnings), trackKeys: listed.keys }]
  })
  return withKnownTracks(shown, tracks, warnings)
}

const read: LibraryFormat['read'] = ({ bytes }, take) => {
  const warnings = createWarningTally()
  const takeTrack = countedTake(take)
  const lists: Listed[] = []
  const root = readPropertyList(
    bytes,
    (path, dictionary) => {
      const isTrack = path.length === 2 && path[0] === 'Tracks'
      const isList = path.length === 2 && path[0] === 'Playlists'
      if (isTrack) {
        const track = trackOf(path[1]!, dictionary)
        const { location, title, key } = track
        if (location.path === null && location.streaming === null)
          warnings.add('A track does not say where its file is.', title ?? `track ${key}`)
        takeTrack(track)
      }
      if (isList) lists.push(listedOf(dictionary))
      return isTrack || isList
    },
    warnings,
  )
  return {
    program: 'iTunes',
    version: textAt(root, 'Application Version'),
    finish: (track) => track,
    lists: (tracks) => ({ playlists: playlistsOf(lists, tracks, warnings), warnings: warnings.list() }),
  }
}

export const itunesXml: LibraryFormat = {
  name: 'itunes-xml',
  title: 'iTunes library',
  extensions: ['.xml'],
  sniff: ({ bytes }) => findXmlRoot(bytes) === 'plist',
  read,
}
