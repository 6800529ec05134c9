/** Engine DJ's library: `Database2/m.db` and `hm.db`, or `m.db` with `p.db` beside it before version 2. */
import { readDate, readTempo, readYear } from '../foreign-fields.ts'
import {
  type ForeignLibrary,
  type ForeignLocation,
  type ForeignTrack,
  UNKNOWN_FOREIGN_TRACK,
} from '../foreign-library.ts'
import { locationOfPath } from '../foreign-location.ts'
import {
  type ForeignRow,
  type ForeignTables,
  type LibraryDatabaseFormat,
  rowNumber,
  rowsBy,
  rowText,
} from '../foreign-rows.ts'
import { createWarningTally, type WarningTally } from '../warning-tally.ts'
import { readEngineLists } from './engine-lists.ts'
import { readPerformance } from './engine-performance.ts'

const WANTS = {
  Information: ['schemaVersionMajor', 'schemaVersionMinor', 'schemaVersionPatch'],
  Track: [
    'id',
    'length',
    'bpm',
    'bpmAnalyzed',
    'year',
    'path',
    'filename',
    'fileBytes',
    'title',
    'artist',
    'album',
    'genre',
    'comment',
    'key',
    'rating',
    'dateAdded',
    'streamingSource',
  ],
  MetaData: ['id', 'type', 'text'],
  MetaDataInteger: ['id', 'type', 'value'],
  PerformanceData: ['trackId', 'id', 'beatData', 'quickCues', 'loops'],
  Playlist: ['id', 'title', 'parentListId', 'nextListId'],
  PlaylistEntity: ['id', 'listId', 'trackId', 'nextEntityId'],
  PlaylistTrackList: ['playlistId', 'trackId', 'trackNumber'],
  Crate: ['id', 'title'],
  CrateTrackList: ['crateId', 'trackId'],
  List: ['id', 'type', 'title'],
  ListTrackList: ['listId', 'listType', 'trackId', 'trackNumber'],
  Historylist: ['id', 'title'],
  HistorylistEntity: ['listId', 'trackId'],
} as const

/** Before version 2, texts and numbers of a track are rows of their own, by type. */
const OLD_TEXTS: Readonly<Record<string, number>> = { title: 1, artist: 2, album: 3, genre: 4, comment: 5 }
const OLD_NUMBERS: Readonly<Record<string, number>> = { key: 4, rating: 5 }
const STAR = 20
const KEYS = 24

const withOldFields = (
  row: ForeignRow,
  texts: readonly ForeignRow[] = [],
  numbers: readonly ForeignRow[] = [],
): ForeignRow => {
  const pick = (rows: readonly ForeignRow[], types: typeof OLD_TEXTS, column: string): ForeignRow =>
    Object.fromEntries(
      Object.entries(types).flatMap(([name, type]) => {
        const found = rows.find((candidate) => rowNumber(candidate, 'type') === type)
        return found === undefined ? [] : [[name, found[column] ?? null]]
      }),
    )
  return { ...row, ...pick(texts, OLD_TEXTS, 'text'), ...pick(numbers, OLD_NUMBERS, 'value') }
}

const positive = (row: ForeignRow, column: string): number | null => {
  const value = rowNumber(row, column)
  return value !== null && value > 0 ? value : null
}

/** In Open Key, which their numbers follow: 0 is 1d, 1 is 1m. */
const keyName = (number: number | null): string | null =>
  number === null || number < 0 || number >= KEYS
    ? null
    : `${Math.floor(number / 2) + 1}${number % 2 === 0 ? 'd' : 'm'}`

/** Paths count from the folder "Engine Library", which holds "Database2"; those on other drives are whole. */
const locationOf = (row: ForeignRow): ForeignLocation => {
  const streaming = rowText(row, 'streamingSource')
  if (streaming !== null) return { path: null, from: 'nowhere', streaming: streaming.toLowerCase() }
  const path = rowText(row, 'path')
  return path === null ? locationOfPath(rowText(row, 'filename') ?? '') : locationOfPath(path, 'library')
}

const readTrack = (row: ForeignRow, performance: ForeignRow | undefined, warnings: WarningTally): ForeignTrack => {
  const title = rowText(row, 'title')
  const text = (column: string): string | undefined => rowText(row, column) ?? undefined
  const rating = positive(row, 'rating')
  const durationSeconds = positive(row, 'length')
  const location = locationOf(row)
  const { grid, cues } =
    performance === undefined
      ? { grid: null, cues: [] }
      : readPerformance(performance, { title, location, durationSeconds }, warnings)
  return {
    ...UNKNOWN_FOREIGN_TRACK,
    key: String(rowNumber(row, 'id')),
    location,
    title,
    artist: rowText(row, 'artist'),
    album: rowText(row, 'album'),
    genre: rowText(row, 'genre'),
    comment: rowText(row, 'comment'),
    year: readYear(text('year')),
    durationSeconds,
    sizeBytes: positive(row, 'fileBytes'),
    bpm: readTempo(text('bpmAnalyzed')) ?? readTempo(text('bpm')),
    keyName: keyName(rowNumber(row, 'key')),
    rating: rating === null ? null : Math.min(5, Math.max(1, Math.round(rating / STAR))),
    addedAt: readDate(text('dateAdded')),
    grid,
    cues,
  }
}

const versionOf = (row: ForeignRow | undefined): string | null => {
  const parts = ['schemaVersionMajor', 'schemaVersionMinor', 'schemaVersionPatch'].map((column) =>
    row === undefined ? null : rowNumber(row, column),
  )
  return parts.includes(null) ? null : parts.join('.')
}

/** @param tables of `m.db` or `hm.db`; before version 2 with "PerformanceData" of the `p.db` beside it */
const parseEngine = (tables: ForeignTables): ForeignLibrary => {
  const warnings = createWarningTally()
  const texts = rowsBy(tables.MetaData, 'id')
  const numbers = rowsBy(tables.MetaDataInteger, 'id')
  const performances = new Map(
    (tables.PerformanceData ?? []).map((row) => [rowNumber(row, 'trackId') ?? rowNumber(row, 'id'), row]),
  )
  const tracks = (tables.Track ?? []).flatMap((row) => {
    const id = rowNumber(row, 'id')
    return id === null
      ? []
      : [readTrack(withOldFields(row, texts.get(id), numbers.get(id)), performances.get(id), warnings)]
  })
  return {
    program: 'Engine DJ',
    version: versionOf(tables.Information?.[0]),
    tracks,
    playlists: readEngineLists(tables, new Set(tracks.map(({ key }) => key)), warnings),
    warnings: warnings.list(),
  }
}

export const engineDatabase: LibraryDatabaseFormat = {
  name: 'engine',
  title: 'Engine DJ library',
  fileNames: ['m.db', 'hm.db'],
  tables: ['Track', 'Information'],
  beside: ['p.db'],
  wants: WANTS,
  parse: parseEngine,
}
