import { expect, test } from 'vitest'
import { mixxxDatabase } from './mixxx-database.ts'
import { mixxxTables } from './mixxx-rows.fixture.ts'

test('tracks come with what Mixxx knows of them; those that it removed do not', () => {
  const { tracks, warnings } = mixxxDatabase.parse(mixxxTables())
  expect(tracks.map(({ title }) => title)).toEqual(['Night', 'Mapped'])
  expect(tracks[0]).toMatchObject({
    key: '7',
    location: { path: '/home/dj/Music/night.mp3', from: 'root', streaming: null },
    artist: 'Somebody',
    comment: null,
    year: 2019,
    durationSeconds: 300,
    sizeBytes: 5_000_000,
    bpm: 128,
    keyName: 'Fm',
    rating: 4,
    colour: '#993333',
    playCount: 2,
    addedAt: '2026-11-29',
  })
  expect(warnings).toEqual([
    { text: 'A cue outside its track is left out.', place: 'Night', count: 1 },
    { text: 'A track that was removed in Mixxx is left out.', place: 'Gone', count: 1 },
  ])
})

test('positions count samples of two channels; what is not set, or only needed by Mixxx, is no cue', () => {
  const none = { endSeconds: null, name: null, colour: null, isAutomatic: false }
  expect(mixxxDatabase.parse(mixxxTables()).tracks[0]!.cues).toEqual([
    { ...none, type: 'cue', pad: 0, startSeconds: -0.034 },
    { ...none, type: 'loop', pad: 8, startSeconds: 2, endSeconds: 6, name: 'Build' },
    { ...none, type: 'cue', pad: 1, startSeconds: 60, name: 'Drop', colour: '#00ff00' },
  ])
})

test('an intro counts where somebody set its other end', () => {
  expect(mixxxDatabase.parse(mixxxTables()).tracks[1]!.cues).toMatchObject([
    { type: 'intro', startSeconds: 0, endSeconds: 30, isAutomatic: false },
  ])
})

test('beats come as a tempo or as a map', () => {
  const [constant, mapped] = mixxxDatabase.parse(mixxxTables()).tracks
  expect(constant!.grid).toEqual({ anchors: [{ seconds: 0.5, bpm: 128, beatOfBar: null }], beats: null })
  expect(mapped!.grid!.beats).toEqual([0.5, 1, 1.5])
  expect(mapped!.grid!.anchors).toHaveLength(1)
  expect(mapped!.grid!.anchors[0]!.bpm).toBeCloseTo(120, 6)
})

test('playlists and crates keep their order and only tracks that are there', () => {
  expect(mixxxDatabase.parse(mixxxTables()).playlists).toEqual([
    { name: 'Warm-up', folders: [], trackKeys: ['7', '9'] },
    { name: 'Peak', folders: ['Crates'], trackKeys: ['7'] },
  ])
})

test('a database without its tables holds nothing, and beats that are broken are told', () => {
  expect(mixxxDatabase.parse({})).toMatchObject({ tracks: [], playlists: [], warnings: [] })
  const tables = mixxxTables()
  const broken = { library: [{ ...tables.library![0]!, beats: Uint8Array.of(10, 200, 1, 8) }] }
  expect(mixxxDatabase.parse(broken)).toMatchObject({
    tracks: [{ grid: null }],
    warnings: [{ text: 'Beats of Mixxx cannot be read: they are left out.' }],
  })
})
