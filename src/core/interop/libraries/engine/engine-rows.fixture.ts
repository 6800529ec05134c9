import { zlibSync } from 'fflate'
import { encodeUtf8, joinBytes, wholeNumber } from '../byte-writer.ts'
import type { ForeignTables } from '../foreign-rows.ts'

const f64 = (value: number, order: 'big' | 'little'): Uint8Array => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value, order === 'little')
  return bytes
}
const i64 = (value: number, order: 'big' | 'little'): Uint8Array => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigInt64(0, BigInt(value), order === 'little')
  return bytes
}
const u8 = (...values: readonly number[]): Uint8Array => Uint8Array.from(values)
export const packed = (bytes: Uint8Array): Uint8Array => joinBytes([wholeNumber(bytes.length, 4), zlibSync(bytes)])

type Marker = readonly [sample: number, beat: number]
const grid = (markers: readonly Marker[]): Uint8Array =>
  joinBytes([
    i64(markers.length, 'big'),
    ...markers.map(([sample, beat], index) =>
      joinBytes([
        f64(sample, 'little'),
        i64(beat, 'little'),
        wholeNumber((markers[index + 1]?.[1] ?? beat) - beat, 4, 'little'),
        wholeNumber(0, 4),
      ]),
    ),
  ])

export const beatData = (rate: number, analysed: readonly Marker[], adjusted: readonly Marker[]): Uint8Array =>
  packed(joinBytes([f64(rate, 'big'), f64(rate * 300, 'big'), u8(1), grid(analysed), grid(adjusted)]))

type Cue = { readonly label: string; readonly sample: number; readonly rgb: readonly [number, number, number] }
const NO_CUE: Cue = { label: '', sample: -1, rgb: [0, 0, 0] }

/** Eight places, then the main cue; newer versions append what is not known. */
const quickCues = (cues: Readonly<Record<number, Cue>>): Uint8Array =>
  packed(
    joinBytes([
      i64(8, 'big'),
      ...Array.from({ length: 8 }, (_, slot) => {
        const { label, sample, rgb } = cues[slot] ?? NO_CUE
        return joinBytes([u8(encodeUtf8(label).length), encodeUtf8(label), f64(sample, 'big'), u8(255, ...rgb)])
      }),
      f64(0, 'big'),
      u8(0),
      f64(0, 'big'),
      u8(1, 2, 3),
    ]),
  )

type Loop = { readonly label: string; readonly start: number; readonly end: number }

const loops = (all: Readonly<Record<number, Loop>>): Uint8Array =>
  joinBytes([
    i64(8, 'little'),
    ...Array.from({ length: 8 }, (_, slot) => {
      const loop = all[slot]
      const { label, start, end } = loop ?? { label: '', start: -1, end: -1 }
      const isSet = loop === undefined ? 0 : 1
      return joinBytes([
        joinBytes([u8(encodeUtf8(label).length), encodeUtf8(label), f64(start, 'little'), f64(end, 'little')]),
        u8(isSet, isSet, 255, 0, 168, 177),
      ])
    }),
  ])

const SECOND = 44_100

/** Tempo 120 from the first beat of a bar at half a second on, with a marker four beats before it; 126 from 50.5 s on. */
const PERFORMANCE = {
  beatData: beatData(
    SECOND,
    [
      [0, 0],
      [SECOND * 60, 100],
    ],
    [
      [SECOND * -1.5, -4],
      [SECOND * 50.5, 100],
      [SECOND * 110.5, 226],
    ],
  ),
  quickCues: quickCues({
    0: { label: 'Intro', sample: SECOND * 0.5, rgb: [0xea, 0xc5, 0x32] },
    3: { label: 'Drop', sample: SECOND * 64.5, rgb: [1, 2, 3] },
    4: { label: 'Cue 5', sample: SECOND * 80, rgb: [0, 0, 0] },
  }),
  loops: loops({ 2: { label: 'Build', start: SECOND * 48.5, end: SECOND * 50.5 } }),
}

export const engineTables = (): ForeignTables => ({
  Information: [{ schemaVersionMajor: 3, schemaVersionMinor: 0, schemaVersionPatch: 2 }],
  Track: [
    {
      id: 1,
      length: 300,
      bpm: 120,
      bpmAnalyzed: 120.02,
      year: 2020,
      path: '../Music/a.mp3',
      filename: 'a.mp3',
      fileBytes: 5000,
      title: 'Night',
      artist: 'Somebody',
      album: '',
      genre: 'House',
      comment: null,
      key: 17,
      rating: 80,
      dateAdded: '2024-05-06 07:08:09',
      streamingSource: null,
    },
    { id: 2, title: 'Streamed', path: 'tidal:1', filename: '', streamingSource: 'TIDAL', key: null, rating: 0 },
  ],
  PerformanceData: [{ trackId: 1, ...PERFORMANCE }],
  Playlist: [
    { id: 1, title: 'Second', parentListId: 0, nextListId: 0 },
    { id: 2, title: 'First', parentListId: 0, nextListId: 3 },
    { id: 3, title: 'Folder', parentListId: 0, nextListId: 1 },
    { id: 4, title: 'Inner', parentListId: 3, nextListId: 0 },
  ],
  PlaylistEntity: [
    { id: 10, listId: 2, trackId: 1, nextEntityId: 0 },
    { id: 11, listId: 2, trackId: 2, nextEntityId: 10 },
    { id: 12, listId: 4, trackId: 1, nextEntityId: 0 },
    { id: 13, listId: 1, trackId: 99, nextEntityId: 0 },
  ],
})

/** Before version 2: texts by type, lists with numbers of places, performance data of `p.db` by the id of the track. */
export const oldEngineTables = (): ForeignTables => ({
  Information: [{ schemaVersionMajor: 1, schemaVersionMinor: 18, schemaVersionPatch: 0 }],
  Track: [{ id: 5, length: 200, bpm: 126, path: '../a.mp3', filename: 'a.mp3' }],
  MetaData: [
    { id: 5, type: 1, text: 'Old' },
    { id: 5, type: 2, text: 'Somebody' },
    { id: 5, type: 13, text: 'mp3' },
  ],
  MetaDataInteger: [
    { id: 5, type: 4, value: 0 },
    { id: 5, type: 5, value: 100 },
  ],
  PerformanceData: [{ id: 5, ...PERFORMANCE }],
  Crate: [{ id: 1, title: 'Crate' }],
  CrateTrackList: [{ crateId: 1, trackId: 5 }],
  Playlist: [{ id: 1, title: 'Old list' }],
  PlaylistTrackList: [
    { playlistId: 1, trackId: 5, trackNumber: 2 },
    { playlistId: 1, trackId: 6, trackNumber: 1 },
  ],
})
