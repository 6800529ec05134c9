/**
 * DeviceSQL, the database of `export.pdb`: little-endian pages of one size, each of one table, with rows that an index at the page's end
 * names in groups of sixteen. https://djl-analysis.deepsymmetry.org/rekordbox-export-analysis/exports.html
 */
import { UserError } from '../../../support/user-error.ts'
import { ByteReader, decodeUtf16, EndOfBytes } from '../byte-reader.ts'
import type { WarningTally } from '../warning-tally.ts'

/** By the number that the file gives each table. */
export const TABLES = {
  tracks: 0,
  genres: 1,
  artists: 2,
  albums: 3,
  labels: 4,
  keys: 5,
  colours: 6,
  playlistTree: 7,
  playlistEntries: 8,
} as const
export type TableName = keyof typeof TABLES

/** A page holds no more rows than fit: one that names the same bytes a thousand times would fill the memory. */
const LEAST_ROW_BYTES: Readonly<Record<TableName, number>> = {
  tracks: 0x88,
  genres: 5,
  artists: 10,
  albums: 0x16,
  labels: 5,
  keys: 9,
  colours: 9,
  playlistTree: 0x15,
  playlistEntries: 12,
}

const LEAST_PAGE_BYTES = 256
const MOST_PAGE_BYTES = 1 << 16
const FIRST_TABLE_AT = 0x1c
const TABLE_BYTES = 16
const HEAP_AT = 0x28
const GROUP_ROWS = 16
const GROUP_BYTES = 0x24
/** Pages with this flag hold an index, no rows. */
const IS_INDEX = 0x40

type DeviceDatabase = {
  readonly file: ByteReader
  readonly pageBytes: number
  /** First and last page of each table. */
  readonly tables: ReadonlyMap<number, readonly [first: number, last: number]>
}

/** @throws UserError IMPORT_MALFORMED where the first page cannot be one, or leads to no tracks */
export const openDeviceDatabase = (bytes: Uint8Array, place: string): DeviceDatabase => {
  const file = new ByteReader(bytes, 'little')
  const pageBytes = file.has(0, FIRST_TABLE_AT) ? file.u32(4) : 0
  const isPage = pageBytes >= LEAST_PAGE_BYTES && pageBytes <= MOST_PAGE_BYTES && pageBytes % 4 === 0
  if (!isPage || file.u32(0) !== 0 || !file.has(0, pageBytes))
    throw new UserError('IMPORT_MALFORMED', `${place}: does not begin as a rekordbox database.`)
  const count = Math.min(file.u32(8), Math.floor((pageBytes - FIRST_TABLE_AT) / TABLE_BYTES))
  const tables = new Map<number, readonly [number, number]>()
  for (let index = 0; index < count; index += 1) {
    const at = FIRST_TABLE_AT + index * TABLE_BYTES
    const type = file.u32(at)
    if (!tables.has(type)) tables.set(type, [file.u32(at + 8), file.u32(at + 12)])
  }
  if (!tables.has(TABLES.tracks)) throw new UserError('IMPORT_MALFORMED', `${place}: names no table of tracks.`)
  return { file, pageBytes, tables }
}

/** Where the rows of a page that are not deleted begin. */
const rowsOfPage = (file: ByteReader, page: number, pageBytes: number, name: TableName): number[] => {
  if ((file.u8(page + 0x1b) & IS_INDEX) !== 0) return []
  // The lower 13 bits count all that the index ever named, the upper 11 those that are there.
  const named = Math.min(file.u24(page + 0x18) & 0x1fff, Math.floor((pageBytes - HEAP_AT) / 2))
  const most = Math.floor((pageBytes - HEAP_AT) / LEAST_ROW_BYTES[name])
  const rows = new Set<number>()
  for (let row = 0; row < named && rows.size < most; row += 1) {
    const group = page + pageBytes - Math.floor(row / GROUP_ROWS) * GROUP_BYTES
    const indexAt = group - 6 - 2 * (row % GROUP_ROWS)
    if (indexAt < page + HEAP_AT) break
    const isThere = ((file.u16(group - 4) >>> (row % GROUP_ROWS)) & 1) === 1
    if (isThere) rows.add(page + HEAP_AT + file.u16(indexAt))
  }
  return [...rows]
}

/** Reads each row of a table; pages are walked once, whatever their links say. */
export const readTable = <Row>(
  { file, pageBytes, tables }: DeviceDatabase,
  name: TableName,
  read: (file: ByteReader, at: number) => Row,
  warnings: WarningTally,
): Row[] => {
  const [first, last] = tables.get(TABLES[name]) ?? [0, 0]
  const seen = new Set<number>()
  const rows: Row[] = []
  let isWhole = first === 0
  for (let page = first; page !== 0 && !seen.has(page); page = file.u32(page * pageBytes + 0x0c)) {
    seen.add(page)
    if (!file.has(page * pageBytes, pageBytes) || file.u32(page * pageBytes + 8) !== TABLES[name]) {
      break
    }
    for (const at of rowsOfPage(file, page * pageBytes, pageBytes, name)) {
      try {
        rows.push(read(file, at))
      } catch (error) {
        if (!(error instanceof EndOfBytes)) throw error
        warnings.add('A row of the database cannot be read.', name)
      }
    }
    isWhole = page === last
    if (isWhole) break
  }
  if (!isWhole) warnings.add('A table of the database ends too soon.', name)
  return rows
}

const LONG_ASCII = 0x40
const LONG_UTF16 = 0x90

/** A string begins with its kind: an odd byte is a short one and tells its length too. */
export const readDeviceString = (file: ByteReader, at: number): string | null => {
  const kind = file.u8(at)
  const text =
    kind % 2 === 1
      ? new TextDecoder('latin1').decode(file.slice(at + 1, (kind >>> 1) - 1))
      : kind === LONG_ASCII
        ? new TextDecoder('latin1').decode(file.slice(at + 4, file.u16(at + 1) - 4))
        : kind === LONG_UTF16
          ? decodeUtf16(file.slice(at + 4, file.u16(at + 1) - 4), 'little')
          : ''
  return text.trim() || null
}
