/** What `export.pdb` says of tracks and playlists. Places of the fields within a row as djl-analysis documents them. */

import type { ByteReader } from '../byte-reader.ts'
import { foldersAround } from '../foreign-folders.ts'
import { type ForeignPlaylist, type ForeignTrack, UNKNOWN_FOREIGN_TRACK } from '../foreign-library.ts'
import type { WarningTally } from '../warning-tally.ts'
import { markColour } from './cue-colours.ts'
import { openDeviceDatabase, readDeviceString, readTable, type TableName } from './device-sql.ts'

/** A track, and where on the drive its analysis lies. */
export type ExportedTrack = { readonly track: ForeignTrack; readonly analysisPath: string | null }
export type ExportedLibrary = {
  readonly tracks: readonly ExportedTrack[]
  readonly playlists: readonly ForeignPlaylist[]
}

/** Which of a track's strings is where in the row. */
const STRINGS_AT = 0x5e
const ADDED_AT = 10
const ANALYSIS_PATH = 14
const COMMENT = 16
const TITLE = 17
const FILE_NAME = 19
const FILE_PATH = 20
/** A row says by this bit that its name lies further off than a byte can tell. */
const IS_FAR = 0x04
const ISO_DATE = /^\d{4}-\d{2}-\d{2}/
const MOST_STARS = 5

type Name = readonly [id: number, name: string | null]

const nearOrFar = (file: ByteReader, at: number, nearAt: number, farAt: number): number =>
  at + ((file.u16(at) & IS_FAR) === 0 ? file.u8(at + nearAt) : file.u16(at + farAt))

const readNamed = (file: ByteReader, at: number): Name => [file.u32(at), readDeviceString(file, at + 4)]
const readKey = (file: ByteReader, at: number): Name => [file.u32(at), readDeviceString(file, at + 8)]
const readArtist = (file: ByteReader, at: number): Name => [
  file.u32(at + 4),
  readDeviceString(file, nearOrFar(file, at, 0x09, 0x0a)),
]
const readAlbum = (file: ByteReader, at: number): Name => [
  file.u32(at + 0x0c),
  readDeviceString(file, nearOrFar(file, at, 0x15, 0x16)),
]

type Names = Readonly<Record<'artists' | 'albums' | 'genres' | 'keys', ReadonlyMap<number, string | null>>>

/** Zero is what rekordbox writes where it does not know. */
const known = (value: number): number | null => (value === 0 ? null : value)

const readTrack =
  ({ artists, albums, genres, keys }: Names) =>
  (file: ByteReader, at: number): ExportedTrack => {
    const text = (index: number): string | null => readDeviceString(file, at + file.u16(at + STRINGS_AT + 2 * index))
    const added = text(ADDED_AT)
    const path = (text(FILE_PATH) ?? '').replace(/^\/+/, '')
    const name = text(FILE_NAME)
    const track: ForeignTrack = {
      ...UNKNOWN_FOREIGN_TRACK,
      key: String(file.u32(at + 0x48)),
      location:
        path === '' ? { path: name, from: 'nowhere', streaming: null } : { path, from: 'volume', streaming: null },
      title: text(TITLE),
      artist: artists.get(file.u32(at + 0x44)) ?? null,
      album: albums.get(file.u32(at + 0x40)) ?? null,
      genre: genres.get(file.u32(at + 0x3c)) ?? null,
      comment: text(COMMENT),
      year: known(file.u16(at + 0x50)),
      durationSeconds: known(file.u16(at + 0x54)),
      sizeBytes: known(file.u32(at + 0x10)),
      bpm: known(file.u32(at + 0x38) / 100),
      keyName: keys.get(file.u32(at + 0x20)) ?? null,
      rating: known(Math.min(file.u8(at + 0x59), MOST_STARS)),
      colour: markColour(file.u8(at + 0x58)),
      playCount: file.u16(at + 0x4e),
      addedAt: added !== null && ISO_DATE.test(added) ? added : null,
    }
    return { track, analysisPath: text(ANALYSIS_PATH) }
  }

type Node = {
  readonly id: number
  readonly parent: number
  readonly order: number
  readonly isFolder: boolean
  readonly name: string
}

const readNode = (file: ByteReader, at: number): Node => ({
  parent: file.u32(at),
  order: file.u32(at + 8),
  id: file.u32(at + 0x0c),
  isFolder: file.u32(at + 0x10) !== 0,
  name: readDeviceString(file, at + 0x14) ?? '',
})

type Entry = { readonly index: number; readonly track: number; readonly playlist: number }

const readEntry = (file: ByteReader, at: number): Entry => ({
  index: file.u32(at),
  track: file.u32(at + 4),
  playlist: file.u32(at + 8),
})

/** @throws UserError IMPORT_MALFORMED where the file is no such database */
export const readExportPdb = (bytes: Uint8Array, place: string, warnings: WarningTally): ExportedLibrary => {
  const database = openDeviceDatabase(bytes, place)
  const read = <Row>(name: TableName, row: (file: ByteReader, at: number) => Row): Row[] =>
    readTable(database, name, row, warnings)
  const names: Names = {
    artists: new Map(read('artists', readArtist)),
    albums: new Map(read('albums', readAlbum)),
    genres: new Map(read('genres', readNamed)),
    keys: new Map(read('keys', readKey)),
  }
  const nodes = read('playlistTree', readNode).toSorted((a, b) => a.order - b.order)
  const nodeOf = new Map(nodes.map((node) => [node.id, node]))
  const entries = Map.groupBy(
    read('playlistEntries', readEntry).toSorted((a, b) => a.index - b.index),
    ({ playlist }) => playlist,
  )
  return {
    tracks: read('tracks', readTrack(names)),
    playlists: nodes
      .filter(({ isFolder }) => !isFolder)
      .map((node) => ({
        name: node.name,
        folders: foldersAround(node, ({ parent }) => nodeOf.get(parent), warnings),
        trackKeys: (entries.get(node.id) ?? []).map(({ track }) => String(track)),
      })),
  }
}
