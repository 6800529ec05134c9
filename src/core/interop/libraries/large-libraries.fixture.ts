/** Libraries far larger than real ones, or that lie of their size, each in two sizes: time must grow as they do. */
import { joinBytes, wholeNumber } from './byte-writer.ts'
import { engineDatabase } from './engine/engine-database.ts'
import { beatData } from './engine/engine-rows.fixture.ts'
import { mixxxDatabase } from './mixxx/mixxx-database.ts'
import { beatMap } from './mixxx/mixxx-rows.fixture.ts'
import { anlzBytes, gridPart, namedCues, pathPart } from './rekordbox/anlz-bytes.fixture.ts'
import { folderOf } from './rekordbox/drive.fixture.ts'
import { rekordboxFolder } from './rekordbox/rekordbox-folder.ts'
import { formatMarkers2, parseMarkers2 } from './serato/markers2.ts'
import { formatCrate } from './serato/serato-crates.ts'
import { SERATO_TRACK, seratoDatabaseOf } from './serato/serato-database.fixture.ts'
import { seratoFolder } from './serato/serato-folder.ts'
import { NO_MARKS } from './serato/serato-marks.ts'
import { createWarningTally } from './warning-tally.ts'

const PAGE_BYTES = 4096

const many = <Item>(count: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => item(index))

/** A database whose only table is one ring of pages, each of which names the same track as often as it can, or none that is there. */
const endlessPages = (pages: number, isThere: boolean): Uint8Array => {
  const bytes = new Uint8Array(PAGE_BYTES * (pages + 1))
  const view = new DataView(bytes.buffer)
  const first = [
    [4, PAGE_BYTES],
    [8, 1],
    [0x1c + 8, 1],
    [0x1c + 12, 0xffffffff],
  ] as const
  for (const [at, value] of first) view.setUint32(at, value, true)
  for (let page = 1; page <= pages; page += 1) {
    const at = page * PAGE_BYTES
    view.setUint32(at + 0x0c, page === pages ? 1 : page + 1, true)
    bytes.set(wholeNumber(0xffffff, 3), at + 0x18)
    bytes[at + 0x1b] = 0
    bytes.fill(0xff, at + PAGE_BYTES / 2, at + PAGE_BYTES)
    if (isThere)
      for (let row = 0; row < 900; row += 1)
        view.setUint16(at + PAGE_BYTES - Math.floor(row / 16) * 0x24 - 6 - 2 * (row % 16), row, true)
  }
  return bytes
}

/** By size, of which 2 is about what a file of ten megabytes can hold. */
export const LARGE_READERS: Readonly<Record<string, (size: 1 | 2) => () => void>> = {
  'rekordbox cues and beats': (size) => {
    const cues = many(30_000 * size, (index) => ({ hotCue: 0, startMs: index * 10, comment: 'Drop' }))
    const files = {
      'ANLZ0000.DAT': anlzBytes([pathPart('?/a.mp3'), gridPart(400_000 * size, 140)]),
      'ANLZ0000.EXT': anlzBytes([pathPart('?/a.mp3'), namedCues(false, cues)]),
    }
    return () => void rekordboxFolder.parse(folderOf(files))
  },
  'rekordbox pages in a ring': (size) => {
    const files = { 'export.pdb': endlessPages(1000 * size, false) }
    return () => void rekordboxFolder.parse(folderOf(files))
  },
  'rekordbox rows that lie upon each other': (size) => {
    const files = { 'export.pdb': endlessPages(1000 * size, true) }
    return () => void rekordboxFolder.parse(folderOf(files))
  },
  'rekordbox drive of many analyses': (size) => {
    const file = anlzBytes([pathPart('?/a.mp3'), gridPart(10, 140)])
    const files = Object.fromEntries(many(10_000 * size, (index) => [`USBANLZ/${index}/ANLZ0000.DAT`, file]))
    return () => void rekordboxFolder.parse(folderOf(files))
  },
  'Serato marks': (size) => {
    const cues = many(60_000 * size, (index) => ({ pad: index % 8, startMs: index, colour: 0, name: 'Drop' }))
    const frame = formatMarkers2({ ...NO_MARKS, cues })
    return () => void parseMarkers2(frame, null, createWarningTally())
  },
  'Serato database and crates': (size) => {
    const files = {
      'database V2': seratoDatabaseOf(...many(10_000 * size, () => SERATO_TRACK)),
      'a.crate': formatCrate(many(20_000 * size, (index) => `Music/${index}.mp3`)),
    }
    return () => void seratoFolder.parse(folderOf(files))
  },
  'Mixxx beats and cues': (size) => {
    const cues = many(50_000 * size, (index) => ({ track_id: 1, type: 1, position: index, length: 0, hotcue: index }))
    const beats = beatMap(many(100_000 * size, (index) => index * 20_000))
    const library = [{ id: 1, samplerate: 44_100, beats, beats_version: 'BeatMap-1.0' }]
    return () => void mixxxDatabase.parse({ library, cues })
  },
  'Engine DJ tracks and lists': (size) => {
    const beats = beatData(
      44_100,
      [
        [0, 0],
        [44_100 * 60, 120],
      ],
      [],
    )
    const count = 10_000 * size
    const tables = {
      Track: many(count, (id) => ({ id, path: `${id}.mp3` })),
      PerformanceData: many(count, (trackId) => ({ trackId, beatData: beats })),
      Playlist: many(count, (id) => ({ id: id + 1, title: 'a', parentListId: 0, nextListId: id })),
      PlaylistEntity: many(count, (id) => ({ id, listId: 1, trackId: id, nextEntityId: id + 1 })),
    }
    return () => void engineDatabase.parse(tables)
  },
  'Engine DJ beats that lie': (size) => {
    const blob = joinBytes([wholeNumber(8 << 20, 4), ...many(size * 1000, () => new Uint8Array(1000).fill(0x78))])
    return () => void engineDatabase.parse({ Track: [{ id: 1 }], PerformanceData: [{ trackId: 1, beatData: blob }] })
  },
}
