import { expect, test } from 'vitest'
import { engineDatabase } from './engine-database.ts'
import { engineTables, oldEngineTables, packed } from './engine-rows.fixture.ts'

test('tracks come with paths from the library folder, Open Key and stars; streamed ones name their service', () => {
  const { program, version, tracks, warnings } = engineDatabase.parse(engineTables())
  expect([program, version]).toEqual(['Engine DJ', '3.0.2'])
  expect(tracks[0]).toMatchObject({
    key: '1',
    location: { path: '../Music/a.mp3', from: 'library', streaming: null },
    title: 'Night',
    artist: 'Somebody',
    album: null,
    year: 2020,
    durationSeconds: 300,
    sizeBytes: 5000,
    bpm: 120.02,
    keyName: '9m',
    rating: 4,
    addedAt: '2024-05-06',
  })
  expect(tracks[1]).toMatchObject({ location: { path: null, streaming: 'tidal' }, keyName: null, rating: null })
  expect(warnings).toEqual([])
})

test('the adjusted grid counts, from its first beat within the track', () => {
  const { grid } = engineDatabase.parse(engineTables()).tracks[0]!
  expect(grid!.anchors).toHaveLength(2)
  const [first, second] = grid!.anchors
  expect(first).toEqual({ seconds: 0, bpm: 120, beatOfBar: 3 })
  expect(second).toEqual({ seconds: 50.5, bpm: 126, beatOfBar: 0 })
})

test('hot cues and loops have places of their own, and no colour that a pad has by itself', () => {
  const none = { endSeconds: null, name: null, colour: null, isAutomatic: false }
  expect(engineDatabase.parse(engineTables()).tracks[0]!.cues).toEqual([
    { ...none, type: 'cue', pad: 0, startSeconds: 0.5, name: 'Intro' },
    { ...none, type: 'loop', pad: 2, startSeconds: 48.5, endSeconds: 50.5, name: 'Build', colour: '#00a8b1' },
    { ...none, type: 'cue', pad: 3, startSeconds: 64.5, name: 'Drop', colour: '#010203' },
    { ...none, type: 'cue', pad: 4, startSeconds: 80 },
  ])
})

test('playlists are in the order in which each names the next', () => {
  expect(engineDatabase.parse(engineTables()).playlists).toEqual([
    { name: 'First', folders: [], trackKeys: ['2', '1'] },
    { name: 'Inner', folders: ['Folder'], trackKeys: ['1'] },
    { name: 'Second', folders: [], trackKeys: [] },
  ])
})

test('playlists that name each other in a ring end', () => {
  const { playlists } = engineDatabase.parse({
    ...engineTables(),
    Playlist: [
      { id: 1, title: 'A', parentListId: 0, nextListId: 2 },
      { id: 2, title: 'B', parentListId: 0, nextListId: 1 },
      { id: 3, title: 'C', parentListId: 3, nextListId: 0 },
    ],
  })
  expect(playlists.map(({ name }) => name)).toEqual(['A', 'B'])
})

test('a library before version 2 is read, with crates', () => {
  const { version, tracks, playlists } = engineDatabase.parse(oldEngineTables())
  expect(version).toBe('1.18.0')
  expect(tracks[0]).toMatchObject({ title: 'Old', artist: 'Somebody', keyName: '1d', rating: 5 })
  expect(tracks[0]!.cues).toHaveLength(4)
  expect(playlists).toEqual([
    { name: 'Old list', folders: [], trackKeys: ['5'] },
    { name: 'Crate', folders: ['Crates'], trackKeys: ['5'] },
  ])
})

test('playlists and crates of version 1.18 are lists of two types', () => {
  const { PlaylistTrackList, Playlist, Crate, CrateTrackList, ...tables } = oldEngineTables()
  const { playlists } = engineDatabase.parse({
    ...tables,
    List: [
      { id: 1, type: 1, title: 'Warm-up' },
      { id: 1, type: 4, title: 'Peak' },
      { id: 2, type: 2, title: 'Played' },
    ],
    ListTrackList: [{ listId: 1, listType: 4, trackId: 5, trackNumber: 1 }],
  })
  expect(playlists).toEqual([
    { name: 'Warm-up', folders: [], trackKeys: [] },
    { name: 'Peak', folders: ['Crates'], trackKeys: ['5'] },
  ])
})

test('what was played is a playlist of the history', () => {
  const { playlists } = engineDatabase.parse({
    Track: [{ id: 1, title: 'Night', path: 'a.mp3' }],
    Historylist: [{ id: 3, title: 'Saturday' }],
    HistorylistEntity: [
      { listId: 3, trackId: 1 },
      { listId: 3, trackId: 1 },
    ],
  })
  expect(playlists).toEqual([{ name: 'Saturday', folders: ['History'], trackKeys: ['1', '1'] }])
})

test.each([
  ['cut', (blob: Uint8Array) => blob.subarray(0, 20)],
  [
    'of a length that no real one has',
    (blob: Uint8Array) => Uint8Array.from([0xff, 0xff, 0xff, 0xff, ...blob.subarray(4)]),
  ],
  ['of markers that are not there', () => packed(new Uint8Array(25).fill(0x7f))],
])('a blob that is %s is told, and the track stays', (_what, spoil) => {
  const tables = engineTables()
  const [row] = tables.PerformanceData!
  const { tracks, warnings } = engineDatabase.parse({
    ...tables,
    PerformanceData: [{ ...row!, beatData: spoil(row!.beatData as Uint8Array) }],
  })
  expect(tracks[0]).toMatchObject({ title: 'Night', grid: null, cues: [] })
  expect(warnings.map(({ text }) => text)).toContain('Cues or beats of Engine DJ cannot be read: they are left out.')
})
