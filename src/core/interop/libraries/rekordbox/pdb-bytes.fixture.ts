import { encodeUtf8, encodeUtf16, joinBytes, wholeNumber } from '../byte-writer.ts'
import { TABLES, type TableName } from './device-sql.ts'

const PAGE_BYTES = 4096
const u8 = (value: number): Uint8Array => wholeNumber(value, 1)
const u16 = (value: number): Uint8Array => wholeNumber(value, 2, 'little')
const u32 = (value: number): Uint8Array => wholeNumber(value, 4, 'little')
const zeros = (length: number): Uint8Array => new Uint8Array(length)
const isAscii = (text: string): boolean => [...text].every((letter) => letter.charCodeAt(0) < 0x80)

const LONGEST_SHORT = 126

const deviceString = (text: string): Uint8Array => {
  if (!isAscii(text)) return joinBytes([u8(0x90), u16(4 + 2 * text.length), u8(0), encodeUtf16(text, 'little')])
  return text.length <= LONGEST_SHORT
    ? joinBytes([u8(((text.length + 1) << 1) | 1), encodeUtf8(text)])
    : joinBytes([u8(0x40), u16(4 + text.length), u8(0), encodeUtf8(text)])
}

export const namedRow = (id: number, name: string): Uint8Array => joinBytes([u32(id), deviceString(name)])
export const keyRow = (id: number, name: string): Uint8Array => joinBytes([u32(id), u32(id), deviceString(name)])
export const artistRow = (id: number, name: string, isFar = false): Uint8Array =>
  isFar
    ? joinBytes([u16(0x64), u16(0), u32(id), u8(3), u8(0), u16(0x0c), deviceString(name)])
    : joinBytes([u16(0x60), u16(0), u32(id), u8(3), u8(0x0a), deviceString(name)])
export const albumRow = (id: number, name: string): Uint8Array =>
  joinBytes([u16(0x80), u16(0), u32(0), u32(0), u32(id), u32(0), u8(3), u8(0x16), deviceString(name)])
export const nodeRow = (id: number, parent: number, order: number, isFolder: boolean, name: string): Uint8Array =>
  joinBytes([u32(parent), u32(0), u32(order), u32(id), u32(isFolder ? 1 : 0), deviceString(name)])
export const entryRow = (index: number, track: number, playlist: number): Uint8Array =>
  joinBytes([u32(index), u32(track), u32(playlist)])

export type TrackRow = {
  readonly id: number
  readonly artist?: number
  readonly album?: number
  readonly genre?: number
  readonly key?: number
  readonly bpm?: number
  readonly colour?: number
  readonly stars?: number
  /** By their number: 17 is the title. */
  readonly strings: Readonly<Record<number, string>>
}

const STRINGS = 21
const STRINGS_AT = 0x5e

export const trackRow = ({ id, artist = 0, album = 0, genre = 0, key = 0, bpm = 0, ...row }: TrackRow): Uint8Array => {
  const strings = Array.from({ length: STRINGS }, (_, index) => deviceString(row.strings[index] ?? ''))
  let at = STRINGS_AT + 2 * STRINGS
  const places = strings.map((text) => {
    at += text.length
    return u16(at - text.length)
  })
  const fixed = joinBytes([
    joinBytes([u16(0x24), u16(0), u32(0), u32(44_100), u32(0), u32(5_000_000), zeros(12), u32(key), zeros(12)]),
    joinBytes([u32(320), u32(1), u32(bpm * 100), u32(genre), u32(album), u32(artist), u32(id)]),
    joinBytes([
      u16(0),
      u16(7),
      u16(2019),
      u16(16),
      u16(300),
      u16(0),
      u8(row.colour ?? 0),
      u8(row.stars ?? 0),
      zeros(4),
    ]),
  ])
  return joinBytes([fixed, ...places, ...strings])
}

export type Rows = Partial<Record<TableName, readonly Uint8Array[]>>

const INDEX = 0x64
const DATA = 0x34

const page = (index: number, type: number, next: number, flags: number, rows: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(PAGE_BYTES)
  bytes.set(joinBytes([u32(0), u32(index), u32(type), u32(next), u32(1), u32(0)]))
  bytes.set(wholeNumber(rows.length | (rows.length << 13), 3, 'little'), 0x18)
  bytes[0x1b] = flags
  let heap = 0
  rows.forEach((row, number) => {
    bytes.set(row, 0x28 + heap)
    const group = PAGE_BYTES - Math.floor(number / 16) * 0x24
    bytes.set(u16(heap), group - 6 - 2 * (number % 16))
    bytes[group - 4 + ((number % 16) >> 3)]! |= 1 << (number % 8)
    heap += Math.ceil(row.length / 4) * 4
  })
  return bytes
}

/** Each table has a page with an index, as in real files, and one with rows. */
export const pdbBytes = (tables: Rows): Uint8Array => {
  const entries = Object.entries(tables) as [TableName, readonly Uint8Array[]][]
  const first = new Uint8Array(PAGE_BYTES)
  first.set(
    joinBytes([
      joinBytes([u32(0), u32(PAGE_BYTES), u32(entries.length), u32(99), u32(1), u32(1), u32(0)]),
      ...entries.map(([name], index) => joinBytes([u32(TABLES[name]), u32(0), u32(1 + 2 * index), u32(2 + 2 * index)])),
    ]),
  )
  const pages = entries.flatMap(([name, rows], index) => [
    page(1 + 2 * index, TABLES[name], 2 + 2 * index, INDEX, []),
    page(2 + 2 * index, TABLES[name], 99, DATA, rows),
  ])
  return joinBytes([first, ...pages])
}
