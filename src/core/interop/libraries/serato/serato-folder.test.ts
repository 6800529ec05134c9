import { expect, test } from 'vitest'
import { createWarningTally } from '../warning-tally.ts'
import { formatTextChunk } from './serato-chunks.ts'
import { crateStem, formatCrate, readCrate } from './serato-crates.ts'
import { SERATO_TRACK, seratoDatabaseBytes, seratoDatabaseOf } from './serato-database.fixture.ts'
import { seratoFolder } from './serato-folder.ts'

const read = (files: Readonly<Record<string, Uint8Array>>): ReturnType<typeof seratoFolder.parse> =>
  seratoFolder.parse({ names: Object.keys(files), read: (name) => files[name] ?? null })

const DATABASE = '_Serato_/database V2'

test('a database gives its tracks, whose paths count from the root of the drive', () => {
  const { program, tracks, warnings } = read({
    [DATABASE]: seratoDatabaseOf(SERATO_TRACK, [formatTextChunk('tsng', 'No path')]),
  })
  expect(program).toBe('Serato')
  expect(tracks).toEqual([
    {
      key: 'Users/é/Music/a.mp3',
      location: { path: 'Users/é/Music/a.mp3', from: 'volume', streaming: null },
      title: 'Night',
      artist: 'Somebody',
      album: 'Album',
      genre: 'House',
      comment: 'Peak',
      year: 2019,
      durationSeconds: 382.93,
      sizeBytes: null,
      bpm: 126,
      keyName: 'Bbm',
      rating: null,
      colour: '#993333',
      playCount: null,
      addedAt: '2020-02-06',
      grid: null,
      cues: [],
      phrases: [],
    },
  ])
  expect(warnings).toEqual([{ text: 'A track of Serato has no path: it is left out.', place: DATABASE, count: 1 }])
})

test('crates and smart crates are playlists in the folders that their file names tell; what no database has is a track by its path', () => {
  const { tracks, playlists } = read({
    [DATABASE]: seratoDatabaseBytes(),
    '_Serato_/Subcrates/Nights%%Deep%%Late.crate': formatCrate(['Users/é/Music/a.mp3', 'Users/é/Music/b.mp3']),
    '_Serato_/SmartCrates/Nights≫≫Fast.scrate': formatCrate(['Users/é/Music/b.mp3']),
  })
  expect(playlists).toEqual([
    { name: 'Late', folders: ['Nights', 'Deep'], trackKeys: ['Users/é/Music/a.mp3', 'Users/é/Music/b.mp3'] },
    { name: 'Fast', folders: ['Nights'], trackKeys: ['Users/é/Music/b.mp3'] },
  ])
  expect(tracks.map(({ key }) => key)).toEqual(['Users/é/Music/a.mp3', 'Users/é/Music/b.mp3'])
})

test('a crate begins with the one version that Serato 4 reads, and has no slash before its paths', () => {
  const crate = formatCrate(['/Music/a.mp3', 'Music\\b.mp3'])
  expect(
    Buffer.from(crate.subarray(8, 8 + 56))
      .swap16()
      .toString('utf16le'),
  ).toBe('1.0/Serato ScratchLive Crate')
  expect(readCrate(crate, `${crateStem(['Nights'], 'Late')}.crate`, createWarningTally())).toEqual({
    name: 'Late',
    folders: ['Nights'],
    trackKeys: ['Music/a.mp3', 'Music/b.mp3'],
  })
})

test.each([
  [['A/B'], 'C: D?', 'A-B%%C- D-.crate'],
  [[], '100%% pure', '100-% pure.crate'],
  [[], ' ', '-.crate'],
])('in %j the crate %j is called %s', (folders, name, expected) => {
  expect(`${crateStem(folders, name)}.crate`).toBe(expected)
})

test('a file that is cut or none of Serato is told, and the others are read', () => {
  const { tracks, warnings } = read({
    [DATABASE]: seratoDatabaseOf(SERATO_TRACK, SERATO_TRACK).subarray(0, -20),
    'Subcrates/Odd.crate': new TextEncoder().encode('not a crate at all'),
  })
  expect(tracks).toHaveLength(1)
  expect(warnings.map(({ text: told, place }) => [told, place])).toEqual([
    ['A file of Serato ends too soon: what is there is read.', DATABASE],
    ['A file of Serato does not begin with its version: it is left out.', 'Subcrates/Odd.crate'],
  ])
})

test('a crate without a name, or with folders without one, keeps what is there', () => {
  const read = (name: string) => readCrate(formatCrate([]), name, createWarningTally())
  expect(read('%%Nights%%%%Late%%.crate')).toEqual({ name: 'Late', folders: ['Nights'], trackKeys: [] })
  expect(read('%%.crate')).toMatchObject({ name: '', folders: [] })
  // The sign of smart crates is none in the name of another.
  expect([read('A≫≫B.crate').folders, read('A≫≫B.scrate').folders]).toEqual([[], ['A']])
})
