import { describe, expect, test } from 'vitest'
import { UserError } from '../../../support/user-error.ts'
import { anlzBytes, extendedGridPart, gridPart, namedCues, pathPart, phrasePart } from './anlz-bytes.fixture.ts'
import { driveFiles, folderOf } from './drive.fixture.ts'
import { rekordboxFolder } from './rekordbox-folder.ts'

const EXT = 'PIONEER/USBANLZ/P016/0000875E/ANLZ0000.EXT'
const DATABASE = 'PIONEER/rekordbox/export.pdb'

test('a drive gives its tracks with all that the database says', () => {
  const { program, tracks, warnings } = rekordboxFolder.parse(folderOf(driveFiles()))
  expect(program).toBe('rekordbox')
  expect(tracks).toHaveLength(2)
  expect(tracks[0]).toMatchObject({
    key: '11',
    location: { path: 'Contents/Näher/a.mp3', from: 'volume', streaming: null },
    title: 'Über #1',
    artist: 'Näher',
    album: 'Album',
    genre: 'Techno',
    comment: 'Peak time',
    year: 2019,
    durationSeconds: 300,
    sizeBytes: 5_000_000,
    bpm: 128,
    keyName: 'Fm',
    rating: 4,
    colour: '#16c0f8',
    playCount: 7,
    addedAt: '2019-08-29',
  })
  expect(tracks[1]).toMatchObject({
    artist: 'Far',
    title: `A long night ${'and day '.repeat(20).trim()}`,
    rating: null,
    grid: null,
  })
  expect(warnings).toEqual([{ text: 'A track has no analysis on this drive.', place: tracks[1]!.title, count: 1 }])
})

test('playlists keep their order, their folders and the order of their tracks', () => {
  expect(rekordboxFolder.parse(folderOf(driveFiles())).playlists).toEqual([
    { name: 'First', folders: [], trackKeys: ['11'] },
    { name: 'Second', folders: ['Nights'], trackKeys: ['12', '11'] },
  ])
})

test('the lists of cues of both files become one, with names and shown colours, and pads in place of letters', () => {
  const [track] = rekordboxFolder.parse(folderOf(driveFiles())).tracks
  const cue = { type: 'cue', pad: null, endSeconds: null, name: null, colour: null, isAutomatic: false }
  expect(track!.cues).toEqual([
    { ...cue, startSeconds: 0, isAutomatic: true },
    // Its colour is the one that pad A has by itself.
    { ...cue, startSeconds: 0.025, pad: 0, name: 'Intro' },
    { ...cue, startSeconds: 2, pad: 1, name: 'Drop', colour: '#e62828' },
    { ...cue, type: 'loop', startSeconds: 4, endSeconds: 8, pad: 2 },
    { ...cue, startSeconds: 9, name: 'Break', colour: '#f8e331' },
    { ...cue, startSeconds: 12 },
  ])
})

test('a grid keeps every beat and needs one anchor while the tempo holds', () => {
  const { beats, anchors } = rekordboxFolder.parse(folderOf(driveFiles())).tracks[0]!.grid!
  expect(beats).toHaveLength(65)
  expect(beats!.slice(0, 3)).toEqual([0.025, 0.494, 0.963])
  expect(anchors).toEqual([{ seconds: 0.025, bpm: 128, beatOfBar: 0 }])
})

describe('phrases', () => {
  const local = (phrases: Uint8Array, beats = 129): ReturnType<typeof rekordboxFolder.parse> =>
    rekordboxFolder.parse(
      folderOf({
        '36d/ad2b4/ANLZ0000.DAT': anlzBytes([pathPart('?/Demo.mp3'), gridPart(beats, 120)]),
        '36d/ad2b4/ANLZ0000.EXT': anlzBytes([pathPart('?/Demo.mp3'), phrases]),
      }),
    )

  test('of high mood are intro, build, drop and outro', () => {
    expect(rekordboxFolder.parse(folderOf(driveFiles())).tracks[0]!.phrases).toEqual([
      {
        startBeat: 0,
        endBeat: 16,
        startSeconds: 0.025,
        endSeconds: 7.525,
        name: 'Intro 1',
        kind: 'intro',
        confidence: 0.6,
      },
      {
        startBeat: 16,
        endBeat: 32,
        startSeconds: 7.525,
        endSeconds: 15.025,
        name: 'Up 2',
        kind: 'build',
        confidence: 0.6,
      },
      {
        startBeat: 32,
        endBeat: 48,
        startSeconds: 15.025,
        endSeconds: 22.525,
        name: 'Chorus 2',
        kind: 'drop',
        confidence: 0.6,
      },
      {
        startBeat: 48,
        endBeat: 64,
        startSeconds: 22.525,
        endSeconds: 30.025,
        name: 'Outro 2',
        kind: 'outro',
        confidence: 0.6,
      },
    ])
  })

  test.each([
    [2, ['Intro', 'Verse 1', 'Verse 2', 'Verse 3', 'Verse 4', 'Verse 5', 'Verse 6', 'Bridge', 'Chorus', 'Outro']],
    [3, ['Intro', 'Verse 1', 'Verse 1', 'Verse 1', 'Verse 2', 'Verse 2', 'Verse 2', 'Bridge', 'Chorus', 'Outro']],
  ])('of mood %i have its names, and less is claimed for them', (mood, names) => {
    const all = names.map((_, index) => ({ beat: 1 + 8 * index, number: index + 1 }))
    const { phrases, location } = local(phrasePart(mood, 81, all)).tracks[0]!
    expect(location).toEqual({ path: 'Demo.mp3', from: 'nowhere', streaming: null })
    expect(phrases.map(({ name }) => name)).toEqual(names)
    expect(new Set(phrases.map(({ confidence }) => confidence))).toEqual(new Set([0.45]))
    expect(phrases.map(({ kind }) => kind)).toEqual([
      'intro',
      ...Array.from({ length: 6 }, () => 'verse'),
      'break',
      'chorus',
      'outro',
    ])
  })

  test('of a drive are masked, and read the same', () => {
    const plain = phrasePart(2, 65, [
      { beat: 1, number: 1 },
      { beat: 33, number: 9 },
    ])
    // The first bytes that https://djl-analysis.deepsymmetry.org gives for the mask, each with the number of phrases added.
    const mask = [
      0xcb, 0xe1, 0xee, 0xfa, 0xe5, 0xee, 0xad, 0xee, 0xe9, 0xd2, 0xe9, 0xeb, 0xe1, 0xe9, 0xf3, 0xe8, 0xe9, 0xf4, 0xe1,
    ]
    const masked = plain.map((byte, at) => (at < 0x12 ? byte : byte ^ ((mask[(at - 0x12) % 19]! + 2) & 0xff)))
    expect(masked).not.toEqual(plain)
    expect(local(masked)).toEqual(local(plain))
    expect(local(plain).tracks[0]!.phrases.map(({ name }) => name)).toEqual(['Intro', 'Chorus'])
  })

  test('of an .EXT file alone stand on its first and last beat, where the tempo holds between them', () => {
    const phrases = phrasePart(2, 129, [
      { beat: 1, number: 1 },
      { beat: 65, number: 9 },
    ])
    const alone = (lastMs: number): ReturnType<typeof rekordboxFolder.parse> =>
      rekordboxFolder.parse(folderOf({ 'ANLZ0000.EXT': anlzBytes([extendedGridPart(129, 120, 25, lastMs), phrases]) }))
    const [track] = alone(64_026).tracks
    expect(track!.grid!.anchors).toEqual([{ seconds: 0.025, bpm: 120, beatOfBar: 0 }])
    expect(track!.phrases.map(({ name, startSeconds }) => [name, Math.round(startSeconds * 1000)])).toEqual([
      ['Intro', 25],
      ['Chorus', 32_025],
    ])
    expect(alone(70_000).tracks[0]).toMatchObject({ grid: null, phrases: [] })
  })

  test('without a grid are left out and told', () => {
    const { tracks, warnings } = local(phrasePart(1, 65, [{ beat: 1, number: 1 }]), 0)
    expect(tracks[0]!.phrases).toEqual([])
    expect(warnings.map(({ text }) => text)).toEqual(['Phrases are left out, because their track has no grid.'])
  })
})

test('an entry that ends before its comment or its colour is read for what it has', () => {
  const cues = [
    { hotCue: 0, startMs: 12_000, cutAt: 0x24 },
    { hotCue: 1, startMs: 24_000, comment: 'Drop', colour: 0x2a, cutAt: 0x2c + 10 },
  ]
  const bytes = anlzBytes([pathPart('?/Demo.mp3'), namedCues(false, cues)])
  const [track] = rekordboxFolder.parse(folderOf({ 'ANLZ0000.EXT': bytes })).tracks
  expect(track!.cues).toMatchObject([
    { startSeconds: 12, name: null },
    { startSeconds: 24, pad: 0, name: 'Drop', colour: null },
  ])
})

test('an analysis that the database names wrongly is found by the audio that it names', () => {
  const files = driveFiles()
  const moved = Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name.replace('0000875E', '00000001'), bytes]),
  )
  expect(rekordboxFolder.parse(folderOf(moved)).tracks[0]!.cues).toHaveLength(6)
})

test('a drive that another system wrote in lower case is read', () => {
  const files = Object.fromEntries(Object.entries(driveFiles()).map(([name, bytes]) => [name.toLowerCase(), bytes]))
  expect(rekordboxFolder.parse(folderOf(files)).tracks[0]!.phrases).toHaveLength(4)
})

test('a drive whose only database is encrypted gives what its analyses say, and tells', () => {
  const { [DATABASE]: _database, ...files } = driveFiles()
  const drive = { ...files, 'PIONEER/rekordbox/exportLibrary.db': new Uint8Array(9) }
  const { tracks, warnings } = rekordboxFolder.parse(folderOf(drive))
  expect(tracks).toMatchObject([{ title: null, location: { path: 'Contents/Näher/a.mp3', from: 'volume' } }])
  expect(tracks[0]!.phrases).toHaveLength(4)
  expect(warnings.map(({ text }) => text)).toEqual([
    'Names and playlists are left out, because the database of this drive is encrypted.',
  ])
})

test('a database that is none is refused with its name', () => {
  const files = { ...driveFiles(), [DATABASE]: new Uint8Array(5000).fill(7) }
  expect(() => rekordboxFolder.parse(folderOf(files))).toThrow(UserError)
  expect(() => rekordboxFolder.parse(folderOf(files))).toThrow(/export\.pdb/)
})

test('a database whose first page leads to no tracks is refused, and not taken for an empty one', () => {
  const files = driveFiles()
  files[DATABASE] = files[DATABASE]!.slice().fill(0xff, 0x1c, 0x100)
  expect(() => rekordboxFolder.parse(folderOf(files))).toThrow(/export\.pdb: names no table of tracks/)
})

test('an analysis that is cut short gives what is there', () => {
  const files = driveFiles()
  files[EXT] = files[EXT]!.subarray(0, -30)
  const { tracks, warnings } = rekordboxFolder.parse(folderOf(files))
  expect(tracks[0]!.phrases).toHaveLength(2)
  expect(tracks[0]!.cues).toHaveLength(6)
  expect(warnings.map(({ text }) => text)).toContain('A track has fewer phrases than it says.')
})

test('a drive of which only the encrypted database is there, and the folder of the program itself, say what is missing', () => {
  const told = (name: string, others: Readonly<Record<string, Uint8Array>> = {}) => {
    const files = { ...others, [name]: new Uint8Array(9) }
    const names = Object.keys(files)
    expect(rekordboxFolder.sniff(names)).toBe(true)
    const read = (one: string): Uint8Array | null => files[one] ?? null
    return rekordboxFolder.parse({ names, read }).warnings.map(({ text }) => text)
  }
  expect(told('PIONEER/rekordbox/exportLibrary.db')).toEqual([
    'Names and playlists are left out, because the database of this drive is encrypted.',
  ])
  expect(told('master.db', { 'share/PIONEER/USBANLZ/a/b/ANLZ0000.DAT': new Uint8Array(0) })).toContain(
    'Names, cues and playlists lie in an encrypted database: export the collection as XML.',
  )
})

const PAGE_BYTES = 4096

test('pages that lead to themselves, and a header that lies, lose what is behind them and say so', () => {
  const files = driveFiles()
  const pages = Buffer.from(files[DATABASE]!)
  for (let at = PAGE_BYTES; at < pages.length; at += PAGE_BYTES) pages.writeUInt32LE(at / PAGE_BYTES, at + 12)
  const inRings = rekordboxFolder.parse(folderOf({ ...files, [DATABASE]: new Uint8Array(pages) }))
  expect(inRings.tracks).toEqual([])
  expect(inRings.warnings.map(({ text }) => text)).toContain('A table of the database ends too soon.')
  const header = Buffer.from(files[EXT]!)
  header.writeUInt32BE(0xffffffff, 4)
  const lying = rekordboxFolder.parse(folderOf({ ...files, [EXT]: new Uint8Array(header) }))
  expect(lying.tracks[0]!.cues).toHaveLength(3)
  expect(lying.warnings).toContainEqual({
    text: 'An analysis file ends too soon: what is there is read.',
    place: EXT,
    count: 1,
  })
})
