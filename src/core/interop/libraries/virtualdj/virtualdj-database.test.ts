import { expect, test } from 'vitest'
import type { ForeignTrack } from '../foreign-library.ts'
import { libraryFile, parseText } from '../library-file.fixture.ts'
import { virtualDj } from './virtualdj-database.ts'

const database = (songs: string, version = '8.2'): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<VirtualDJ_Database Version="${version}">${songs}</VirtualDJ_Database>`
const songOf = (children: string, version?: string): ForeignTrack =>
  parseText(virtualDj, database(`<Song FilePath="D:\\Music\\a.mp3" FileSize="100">${children}</Song>`, version))
    .tracks[0]!

test('a track with all that VirtualDJ says of it; a tempo is seconds per beat', () => {
  const { program, version, tracks } = parseText(
    virtualDj,
    database(`<Song FilePath="D:\\Music\\A &amp; B.mp3" FileSize="5525212">
      <Tags Author="The DJ" Title="Song" Genre="House" Album="Club" Year="2016" Stars="4" Bpm="0.5" Key="Cm" Flag="1" />
      <Infos SongLength="312.5" FirstSeen="1518996996" PlayCount="7" Bitrate="320" UserColor="4291559424" />
      <Comment>warm</Comment><Scan Version="801" Bpm="0.46875" AltBpm="0.625" Key="Am" Flag="32768" />
      <Link NetSearch="x" /></Song>`),
  )
  expect({ program, version }).toEqual({ program: 'VirtualDJ', version: '8.2' })
  expect(tracks).toEqual([
    {
      key: 'D:\\Music\\A & B.mp3',
      location: { path: 'D:/Music/A & B.mp3', from: 'root', streaming: null },
      title: 'Song',
      artist: 'The DJ',
      album: 'Club',
      genre: 'House',
      comment: 'warm',
      year: 2016,
      durationSeconds: 312.5,
      sizeBytes: 5_525_212,
      bpm: 128,
      keyName: 'Am',
      rating: 4,
      colour: '#cc0000',
      playCount: 7,
      addedAt: '2018-02-18',
      grid: null,
      cues: [],
      phrases: [],
    },
  ])
})

test('points of every type: pads from 1, loops in beats, automatic breaks in pairs, grid points in BPM', () => {
  const { cues, grid } = songOf(
    `<Scan Bpm="0.5" /><Poi Pos="0.05" Type="beatgrid" /><Poi Pos="100.5" Type="beatgrid" Bpm="120.49" />
     <Poi Name="Drop" Pos="62.5" Num="2" Color="4278255360" /><Poi Name="Cue 1" Num="1" Type="cue" /><Poi Pos="70" Type="loop" Size="8" Num="3" Name="Vox" />
     <Poi Pos="90" Type="remix" Name="Break 1" /><Poi Pos="110" Type="remix" Name="End Break 1" /><Poi Pos="120" Type="remix" />
     <Poi Pos="3.7" Type="automix" Point="realStart" /><Poi Pos="200" Type="automix" Point="realEnd" /><Poi Pos="4" Type="automix" Point="cutStart" />
     <Poi Pos="5" Type="automix" Point="fadeStart" /><Poi Pos="199" Type="automix" Point="fadeEnd" />`,
  )
  expect(cues.map((cue) => [cue.type, cue.pad, cue.startSeconds, cue.endSeconds, cue.name, cue.isAutomatic])).toEqual([
    ['cue', 0, 0, null, null, false],
    ['load', null, 3.7, null, null, true],
    ['fade-in', null, 5, null, null, true],
    ['cue', 1, 62.5, null, 'Drop', false],
    ['loop', 2, 70, 74, 'Vox', false],
    ['break', null, 90, 110, null, true],
    ['cue', null, 120, null, null, true],
    ['fade-out', null, 199, null, null, true],
    ['end', null, 200, null, null, true],
  ])
  expect(cues.find(({ name }) => name === 'Drop')!.colour).toBe('#00ff00')
  expect(grid!.anchors).toEqual([
    { seconds: 0.05, bpm: 120, beatOfBar: null },
    { seconds: 100.5, bpm: 120.49, beatOfBar: null },
  ])
})

test('versions 6 and 7 have other elements, and count samples', () => {
  const track = songOf(
    `<Display Author="The DJ" Title="Song" /><Infos SongLength="15000" FirstSeen="2012/5/6 10:44" />
     <BPM Bpm="22050" Phase="4410" /><Cue Name="Break" Num="2" Pos="1323000" /><Cue Num="1" Pos="0" />`,
    '6.0',
  )
  expect(track).toMatchObject({ title: 'Song', bpm: 120, durationSeconds: 200, addedAt: '2012-05-06' })
  expect(track.grid!.anchors).toEqual([{ seconds: 0.1, bpm: 120, beatOfBar: null }])
  expect(track.cues.map(({ pad, startSeconds, name }) => [pad, startSeconds, name])).toEqual([
    [0, 0, null],
    [1, 30, 'Break'],
  ])
})

test.each([
  ['netsearch://dz123456', 'deezer'],
  ['netsearch://td1', 'tidal'],
  ['netsearch://99', 'netsearch'],
])('%s is streamed from %s', (path, streaming) => {
  const { tracks, warnings } = parseText(virtualDj, database(`<Song FilePath="${path}" FileSize="0"/>`))
  expect(tracks[0]!.location).toEqual({ path: null, from: 'nowhere', streaming })
  expect(warnings).toEqual([])
})

test('a loop that is too short to end behind its beginning is a point', () => {
  const { cues } = songOf(
    '<Scan Bpm="0.5"/><Poi Pos="90" Type="loop" Size="1e-300" Num="1"/><Poi Pos="91" Type="loop" Size="4" Num="2"/>',
  )
  expect(cues.map(({ type, endSeconds }) => [type, endSeconds])).toEqual([
    ['cue', null],
    ['loop', 93],
  ])
})

test('odd points are told', () => {
  const { tracks, warnings } = parseText(
    virtualDj,
    database(`<Song FilePath="/a.mp3"><Poi Pos="1" Type="loop" Size="4" Name="L"/><Poi Type="beatgrid" Pos="1"/><Poi Type="new" Pos="1"/>
      <Poi Type="remix" Name="End Break 9" Pos="3"/><Poi Pos="NaN" Name="Drop" Num="2"/><Poi Pos="1e999" Type="automix" Point="realStart"/></Song>`),
  )
  expect(tracks[0]!.cues).toMatchObject([{ type: 'cue', name: 'L' }])
  expect(tracks[0]!.cues).toHaveLength(1)
  expect(warnings.map(({ text }) => text)).toEqual([
    'A point without a place was passed over.',
    'The end of a break without its beginning was passed over.',
    'A loop without an end was taken for a point.',
    'A grid point without a possible tempo was passed over.',
    'A point of an unknown type was passed over.',
  ])
})

test('its root tells it from other programs’ XML', () => {
  expect(virtualDj.sniff(libraryFile('database.xml', database('')))).toBe(true)
  expect(virtualDj.sniff(libraryFile('database.xml', '<DJ_PLAYLISTS/>'))).toBe(false)
})
