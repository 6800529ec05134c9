import type { ForeignTables } from '../foreign-rows.ts'

const varint = (value: number): number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(Math.floor(value / 128))]
const message = (number: number, body: readonly number[]): number[] => [
  (number << 3) | 2,
  ...varint(body.length),
  ...body,
]
const double = (value: number): number[] => [...new Uint8Array(Float64Array.of(value).buffer)]

const beatGrid = (bpm: number, frame: number): Uint8Array =>
  Uint8Array.from([...message(1, [9, ...double(bpm)]), ...message(2, [8, ...varint(frame)])])
export const beatMap = (frames: readonly number[]): Uint8Array =>
  Uint8Array.from(frames.flatMap((frame) => message(1, [8, ...varint(frame)])))

export const mixxxTables = (): ForeignTables => ({
  library: [
    {
      id: 7,
      artist: 'Somebody',
      title: 'Night',
      album: null,
      year: '2019',
      genre: 'House',
      location: 3,
      comment: '',
      duration: 300,
      samplerate: 44_100,
      bpm: 128,
      key: 'Fm',
      beats: beatGrid(128, 22_050),
      beats_version: 'BeatGrid-2.0',
      rating: 4,
      timesplayed: 2,
      datetime_added: '2026-11-29T03:17:04.083Z',
      color: 0x993333,
      mixxx_deleted: 0,
    },
    { id: 8, title: 'Gone', location: 4, mixxx_deleted: 1 },
    {
      id: 9,
      title: 'Mapped',
      location: 5,
      samplerate: 48_000,
      beats: beatMap([24_000, 48_000, 72_000]),
      beats_version: 'BeatMap-1.0',
    },
  ],
  track_locations: [
    { id: 3, location: '/home/dj/Music/night.mp3', filesize: 5_000_000 },
    { id: 5, location: 'C:/Music/mapped.wav', filesize: 10 },
  ],
  cues: [
    { track_id: 7, type: 1, position: 88_200 * 60, length: 0, hotcue: 1, label: 'Drop', color: 0x00ff00 },
    { track_id: 7, type: 1, position: -2998.8, length: 0, hotcue: 0, label: '', color: 0xc50a08 },
    { track_id: 7, type: 4, position: 88_200 * 2, length: 88_200 * 4, hotcue: 8, label: 'Build', color: 0xff8000 },
    { track_id: 7, type: 1, position: 378_816_115_419, length: 0, hotcue: 2, label: '', color: 0 },
    { track_id: 7, type: 1, position: -1, length: 0, hotcue: 3, label: 'Unset', color: 0 },
    { track_id: 7, type: 2, position: 88_200, length: 0, hotcue: -1, label: '', color: 0xff8000 },
    { track_id: 7, type: 8, position: 88_200, length: 88_200, hotcue: -1, label: '', color: 0xff8000 },
    // As the analysis leaves them: an intro without an end, an outro whose length is its end.
    { track_id: 7, type: 6, position: 88_200, length: 0, hotcue: -1, label: '', color: 0xff8000 },
    { track_id: 7, type: 7, position: -1, length: 88_200 * 290, hotcue: -1, label: '', color: 0xff8000 },
    { track_id: 9, type: 6, position: 0, length: 96_000 * 30, hotcue: -1, label: '', color: 0xff8000 },
  ],
  Playlists: [
    { id: 1, name: 'Auto DJ', position: 1, hidden: 1 },
    { id: 2, name: 'Warm-up', position: 2, hidden: 0 },
  ],
  PlaylistTracks: [
    { playlist_id: 2, track_id: 9, position: 2 },
    { playlist_id: 2, track_id: 7, position: 1 },
    { playlist_id: 2, track_id: 8, position: 3 },
  ],
  crates: [{ id: 1, name: 'Peak' }],
  crate_tracks: [{ crate_id: 1, track_id: 7 }],
})
