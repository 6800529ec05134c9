/** Mixxx's library, `mixxxdb.sqlite`. https://github.com/mixxxdj/mixxx/blob/main/res/schema.xml */
import { hexColourOf } from '../byte-reader.ts'
import { readDate, readTempo, readYear } from '../foreign-fields.ts'
import {
  type ForeignLibrary,
  type ForeignPlaylist,
  type ForeignTrack,
  UNKNOWN_FOREIGN_TRACK,
} from '../foreign-library.ts'
import { locationOfPath } from '../foreign-location.ts'
import {
  type ForeignRow,
  type ForeignTables,
  isSampleRate,
  type LibraryDatabaseFormat,
  rowBytes,
  rowNumber,
  rowsBy,
  rowText,
} from '../foreign-rows.ts'
import { sortCues } from '../sort-cues.ts'
import { createWarningTally, type WarningTally } from '../warning-tally.ts'
import { cuesWithin } from '../within-track.ts'
import { parseMixxxBeats } from './mixxx-beats.ts'
import { readMixxxCue } from './mixxx-cues.ts'

const WANTS = {
  library: [
    'id',
    'artist',
    'title',
    'album',
    'year',
    'genre',
    'location',
    'comment',
    'duration',
    'samplerate',
    'bpm',
    'key',
    'beats',
    'beats_version',
    'rating',
    'timesplayed',
    'datetime_added',
    'color',
    'mixxx_deleted',
  ],
  track_locations: ['id', 'location', 'filesize'],
  cues: ['track_id', 'type', 'position', 'length', 'hotcue', 'label', 'color'],
  Playlists: ['id', 'name', 'position', 'hidden'],
  PlaylistTracks: ['playlist_id', 'track_id', 'position'],
  crates: ['id', 'name'],
  crate_tracks: ['crate_id', 'track_id'],
} as const

const positive = (row: ForeignRow, column: string): number | null => {
  const value = rowNumber(row, column)
  return value !== null && value > 0 ? value : null
}

const textOrUndefined = (row: ForeignRow, column: string): string | undefined => rowText(row, column) ?? undefined

type Around = {
  readonly place: ForeignRow | undefined
  readonly cues: readonly ForeignRow[]
  readonly warnings: WarningTally
}

const readTrack = (row: ForeignRow, { place, cues, warnings }: Around): ForeignTrack => {
  const title = rowText(row, 'title')
  const rate = rowNumber(row, 'samplerate')
  const sampleRate = isSampleRate(rate) ? rate : null
  const durationSeconds = positive(row, 'duration')
  const [beats, version] = [rowBytes(row, 'beats'), rowText(row, 'beats_version')]
  const colour = positive(row, 'color')
  const location = locationOfPath((place && rowText(place, 'location')) ?? '')
  const read = sampleRate === null ? [] : cues.flatMap((cue) => readMixxxCue(cue, sampleRate) ?? [])
  if (sampleRate === null && (cues.length > 0 || beats !== null))
    warnings.add('Cues and beats are left out, because Mixxx does not know the sample rate of their track.', title)
  return {
    ...UNKNOWN_FOREIGN_TRACK,
    key: String(rowNumber(row, 'id')),
    location,
    title,
    artist: rowText(row, 'artist'),
    album: rowText(row, 'album'),
    genre: rowText(row, 'genre'),
    comment: rowText(row, 'comment'),
    year: readYear(textOrUndefined(row, 'year')),
    durationSeconds,
    sizeBytes: place === undefined ? null : positive(place, 'filesize'),
    bpm: readTempo(textOrUndefined(row, 'bpm')),
    keyName: rowText(row, 'key'),
    rating: positive(row, 'rating') === null ? null : Math.min(5, Math.ceil(rowNumber(row, 'rating')!)),
    colour: colour === null ? null : hexColourOf(colour),
    playCount: rowNumber(row, 'timesplayed'),
    addedAt: readDate(textOrUndefined(row, 'datetime_added')),
    grid:
      sampleRate === null || beats === null || version === null
        ? null
        : parseMixxxBeats(beats, version, sampleRate, title, warnings),
    cues: sortCues(cuesWithin(read, { title, location, durationSeconds }, warnings)),
  }
}

/** Playlists that Mixxx keeps for itself, such as what was played, are hidden. */
const readPlaylists = (tables: ForeignTables, keys: ReadonlySet<string>): ForeignPlaylist[] => {
  const tracksOf = (rows: readonly ForeignRow[] = []): string[] =>
    rows
      .toSorted((a, b) => (rowNumber(a, 'position') ?? 0) - (rowNumber(b, 'position') ?? 0))
      .map((row) => String(rowNumber(row, 'track_id')))
      .filter((key) => keys.has(key))
  const toPlaylists = (
    lists: readonly ForeignRow[] = [],
    entries: ReadonlyMap<number, readonly ForeignRow[]>,
    folders: readonly string[],
  ): ForeignPlaylist[] =>
    lists
      .filter((row) => (rowNumber(row, 'hidden') ?? 0) === 0)
      .toSorted((a, b) => (rowNumber(a, 'position') ?? 0) - (rowNumber(b, 'position') ?? 0))
      .map((row) => ({
        name: rowText(row, 'name') ?? '',
        folders,
        trackKeys: tracksOf(entries.get(rowNumber(row, 'id') ?? -1)),
      }))
  return [
    ...toPlaylists(tables.Playlists, rowsBy(tables.PlaylistTracks, 'playlist_id'), []),
    ...toPlaylists(tables.crates, rowsBy(tables.crate_tracks, 'crate_id'), ['Crates']),
  ]
}

const parseMixxx = (tables: ForeignTables): ForeignLibrary => {
  const warnings = createWarningTally()
  const places = rowsBy(tables.track_locations, 'id')
  const cues = rowsBy(tables.cues, 'track_id')
  const tracks = (tables.library ?? []).flatMap((row) => {
    const id = rowNumber(row, 'id')
    if (id === null) return []
    if (rowNumber(row, 'mixxx_deleted') === 1) {
      warnings.add('A track that was removed in Mixxx is left out.', rowText(row, 'title'))
      return []
    }
    const place = places.get(rowNumber(row, 'location') ?? -1)?.[0]
    return [readTrack(row, { place, cues: cues.get(id) ?? [], warnings })]
  })
  const playlists = readPlaylists(tables, new Set(tracks.map(({ key }) => key)))
  return { program: 'Mixxx', version: null, tracks, playlists, warnings: warnings.list() }
}

export const mixxxDatabase: LibraryDatabaseFormat = {
  name: 'mixxx',
  title: 'Mixxx library',
  fileNames: ['mixxxdb.sqlite'],
  tables: ['library', 'track_locations', 'cues'],
  beside: [],
  wants: WANTS,
  parse: parseMixxx,
}
