import type { LibraryFolder } from '../library-folder.ts'
import { anlzBytes, gridPart, namedCues, pathPart, phrasePart, plainCues } from './anlz-bytes.fixture.ts'
import { albumRow, artistRow, entryRow, keyRow, namedRow, nodeRow, pdbBytes, trackRow } from './pdb-bytes.fixture.ts'

export const folderOf = (files: Readonly<Record<string, Uint8Array>>): LibraryFolder => ({
  names: Object.keys(files),
  read: (name) => files[name] ?? null,
})

const LONG_TITLE = `A long night ${'and day '.repeat(20)}`

export const driveFiles = (): Record<string, Uint8Array> => ({
  'PIONEER/rekordbox/export.pdb': pdbBytes({
    artists: [artistRow(4, 'Näher'), artistRow(5, 'Far', true)],
    albums: [albumRow(2, 'Album')],
    genres: [namedRow(3, 'Techno')],
    keys: [keyRow(9, 'Fm')],
    tracks: [
      trackRow({
        id: 11,
        artist: 4,
        album: 2,
        genre: 3,
        key: 9,
        bpm: 128,
        colour: 6,
        stars: 4,
        strings: {
          10: '2019-08-29',
          14: '/PIONEER/USBANLZ/P016/0000875E/ANLZ0000.DAT',
          16: 'Peak time',
          17: 'Über #1',
          19: 'a.mp3',
          20: '/Contents/Näher/a.mp3',
        },
      }),
      trackRow({ id: 12, artist: 5, strings: { 17: LONG_TITLE, 20: '/Contents/b.mp3' } }),
    ],
    playlistTree: [
      nodeRow(1, 0, 0, true, 'Nights'),
      nodeRow(2, 1, 1, false, 'Second'),
      nodeRow(3, 0, 0, false, 'First'),
    ],
    playlistEntries: [entryRow(2, 11, 2), entryRow(1, 12, 2), entryRow(1, 11, 3)],
  }),
  'PIONEER/USBANLZ/P016/0000875E/ANLZ0000.DAT': anlzBytes([
    pathPart('/Contents/Näher/a.mp3'),
    gridPart(65, 128),
    plainCues(true, [
      { hotCue: 1, startMs: 25 },
      { hotCue: 3, startMs: 4000, endMs: 8000 },
    ]),
    plainCues(false, [{ hotCue: 0, startMs: 9000 }]),
  ]),
  'PIONEER/USBANLZ/P016/0000875E/ANLZ0000.EXT': anlzBytes([
    pathPart('/Contents/Näher/a.mp3'),
    plainCues(true, []),
    plainCues(false, []),
    namedCues(true, [
      { hotCue: 2, startMs: 2000, comment: 'Drop', colour: 0x2a },
      { hotCue: 1, startMs: 25, comment: 'Intro', colour: 0x2b },
    ]),
    namedCues(false, [
      { hotCue: 0, startMs: 9000, comment: 'Break', markColour: 4 },
      { hotCue: 0, startMs: 0, comment: 'CUE(Auto)' },
      { hotCue: 0, startMs: 12_000 },
    ]),
    phrasePart(1, 65, [
      { beat: 1, number: 1, k1: 1 },
      { beat: 17, number: 2, k3: 1 },
      { beat: 33, number: 5 },
      { beat: 49, number: 6 },
    ]),
  ]),
})
