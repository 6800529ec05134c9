import { expect, test } from 'vitest'
import type { ForeignCue } from '../foreign-library.ts'
import { libraryFile, parseText } from '../library-file.fixture.ts'
import { rekordboxXml } from './rekordbox-xml.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<DJ_PLAYLISTS Version="1.0.0">'
const PRODUCT = '<PRODUCT Name="rekordbox" Version="7.2.8" Company="AlphaTheta"/>'

const collection = (tracks: string, playlists = ''): string =>
  `${HEAD}${PRODUCT}<COLLECTION Entries="99">${tracks}</COLLECTION>${playlists}</DJ_PLAYLISTS>`
const track = (children: string, attributes = 'TrackID="1" Name="Song"'): string =>
  `<TRACK ${attributes} Location="file://localhost/a.mp3">${children}</TRACK>`
const cuesOf = (marks: string): readonly ForeignCue[] =>
  parseText(rekordboxXml, collection(track(marks))).tracks[0]!.cues

test('a track with all that rekordbox says of it', () => {
  const { program, version, tracks } = parseText(
    rekordboxXml,
    collection(`<TRACK TrackID="22184" Name="Caf&#233; &amp; Co" Artist="The Band" Album="Club" Genre="House" Kind="Mp3-Datei "
      Size="6899624" TotalTime="279" Year="2019" AverageBpm="116.28" DateAdded="2019-09-03" PlayCount="3" Rating="204"
      Comments="warm" Tonality="Cm" Colour="0xFF007F" Location="file://localhost/D:/Music/Caf%c3%a9%20%26%20Co.mp3">
      <TEMPO Inizio="0.198" Bpm="116.28" Metro="4/4" Battito="3"/><TEMPO Inizio="60.5" Bpm="117.00" Metro="4/4" Battito="1"/>
    </TRACK>`),
  )
  expect({ program, version }).toEqual({ program: 'rekordbox', version: '7.2.8' })
  expect(tracks).toEqual([
    {
      key: '22184',
      location: { path: 'D:/Music/Café & Co.mp3', from: 'root', streaming: null },
      title: 'Café & Co',
      artist: 'The Band',
      album: 'Club',
      genre: 'House',
      comment: 'warm',
      year: 2019,
      durationSeconds: 279,
      sizeBytes: 6_899_624,
      bpm: 116.28,
      keyName: 'Cm',
      rating: 4,
      colour: '#ff007f',
      playCount: 3,
      addedAt: '2019-09-03',
      grid: {
        anchors: [
          { seconds: 0.198, bpm: 116.28, beatOfBar: 2 },
          { seconds: 60.5, bpm: 117, beatOfBar: 0 },
        ],
        beats: null,
      },
      cues: [],
      phrases: [],
    },
  ])
})

test('marks are sorted, and hot and memory cues of one time both stay', () => {
  const cues = cuesOf(
    `<POSITION_MARK Name="Drop" Type="0" Start="30.5" Num="1"/><POSITION_MARK Name="" Type="0" Start="30.5" Num="-1"/>
     <POSITION_MARK Name="Intro" Type="0" Start="0.1" Num="0"/><POSITION_MARK Name="Roll" Type="4" Start="10" End="14.5" Num="5"/>
     <POSITION_MARK Name="" Type="1" Start="1" Num="-1"/><POSITION_MARK Name="" Type="2" Start="2" Num="-1"/>
     <POSITION_MARK Name="" Type="3" Start="3" Num="-1"/>`,
  )
  expect(
    cues.map(({ type, pad, startSeconds, endSeconds, name }) => [type, pad, startSeconds, endSeconds, name]),
  ).toEqual([
    ['cue', 0, 0.1, null, 'Intro'],
    ['fade-in', null, 1, null, null],
    ['fade-out', null, 2, null, null],
    ['load', null, 3, null, null],
    ['loop', 5, 10, 14.5, 'Roll'],
    ['cue', 1, 30.5, null, 'Drop'],
    ['cue', null, 30.5, null, null],
  ])
})

test.each([
  ['1.1Bars', { name: null, isAutomatic: true, type: 'cue' }],
  ['33.1Bars', { name: null, isAutomatic: true, type: 'cue' }],
  ['Beat Marker', { name: null, isAutomatic: true, type: 'cue' }],
  ['CUE(Auto)', { name: null, isAutomatic: true, type: 'cue' }],
  ['END', { name: null, isAutomatic: true, type: 'end' }],
  ['End', { name: 'End', isAutomatic: false, type: 'cue' }],
  ['Unnamed', { name: null, isAutomatic: false, type: 'cue' }],
  ['4 Bars Vox', { name: '4 Bars Vox', isAutomatic: false, type: 'cue' }],
])('a cue called %s', (name, expected) =>
  expect(cuesOf(`<POSITION_MARK Name="${name}" Type="0" Start="1" Num="0"/>`)).toMatchObject([expected]),
)

const coloured = (pad: number, colour: string, start = pad): string => {
  const [red, green, blue] = [0, 2, 4].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  return `<POSITION_MARK Name="" Type="0" Start="${start}" Num="${pad}" Red="${red}" Green="${green}" Blue="${blue}"/>`
}

test('colours that come with the pad say nothing, the same ones on other pads do', () => {
  const cues = cuesOf(coloured(0, 'FF376F') + coloured(1, 'FF376F') + coloured(2, '28E214') + coloured(3, '112233'))
  expect(cues.map(({ colour }) => colour)).toEqual([null, '#ff376f', null, '#112233'])
})

test('a colour that every cue of a file has says nothing, one that some have does', () => {
  const all = [0, 1, 2, 3].map((pad) => coloured(pad, '305AFF')).join('')
  expect(cuesOf(all).map(({ colour }) => colour)).toEqual([null, null, null, null])
  expect(cuesOf(all + coloured(4, '28E214')).map(({ colour }) => colour)).toEqual([
    ...Array<string>(4).fill('#305aff'),
    null,
  ])
})

test('odd rows are passed over or read as less, and counted', () => {
  const { tracks, warnings } = parseText(
    rekordboxXml,
    collection(
      `${track(
        `<TEMPO Inizio="0.1" Bpm="17178.00" Metro="4/4" Battito="1"/><TEMPO Inizio="x" Bpm="120"/><TEMPO Inizio="9" Bpm="120" Battito="0"/>
         <POSITION_MARK Name="A" Type="0" Num="0"/><POSITION_MARK Name="B" Type="4" Start="5" Num="1"/><POSITION_MARK Name="C" Type="9" Start="6" Num="99"/>`,
      )}<TRACK TrackID="2" Name="Nowhere"/>`,
      '<PLAYLISTS><NODE Type="0" Name="ROOT" Count="1"><NODE Name="Gone" Type="1" KeyType="0" Entries="1"><TRACK Key="77"/></NODE></NODE></PLAYLISTS>',
    ),
  )
  expect(tracks[0]!.grid!.anchors).toEqual([{ seconds: 9, bpm: 120, beatOfBar: null }])
  expect(tracks[0]!.cues.map(({ type, name, pad }) => [type, name, pad])).toEqual([
    ['cue', 'B', 1],
    ['cue', 'C', null],
  ])
  expect(warnings).toEqual([
    { text: 'A tempo mark without a place or with an impossible tempo was passed over.', place: 'Song', count: 2 },
    { text: 'A cue without a place was passed over.', place: 'Song', count: 1 },
    { text: 'A loop without an end was taken for a point.', place: 'Song', count: 1 },
    { text: 'A cue of an unknown type was taken for a point.', place: 'Song', count: 1 },
    { text: 'A track does not say where its file is.', place: 'Nowhere', count: 1 },
    { text: 'A playlist names a track that the file does not have.', place: 'Gone', count: 1 },
  ])
})

test('playlists in folders, by id and by location, a track as often as it is there', () => {
  const { playlists } = parseText(
    rekordboxXml,
    collection(
      track(''),
      `<PLAYLISTS><NODE Type="0" Name="ROOT" Count="2">
        <NODE Name="Gigs" Type="0" Count="1"><NODE Name="Friday" Type="1" KeyType="0" Entries="2"><TRACK Key="1"/><TRACK Key="1"/></NODE></NODE>
        <NODE Name="By path" Type="1" KeyType="1" Entries="1"><TRACK Key="file://localhost/%61.mp3"/></NODE>
      </NODE></PLAYLISTS>`,
    ),
  )
  expect(playlists).toEqual([
    { name: 'Friday', folders: ['Gigs'], trackKeys: ['1', '1'] },
    { name: 'By path', folders: [], trackKeys: ['1'] },
  ])
})

test('a list without a root keeps its outermost folder', () => {
  const { playlists } = parseText(
    rekordboxXml,
    collection(
      track(''),
      '<PLAYLISTS><NODE Type="0" Name="Gigs"><NODE Name="Friday" Type="1" KeyType="0"><TRACK Key="1"/></NODE></NODE><NODE Name="Bare" Type="1" KeyType="0"/></PLAYLISTS>',
    ),
  )
  expect(playlists.map(({ name, folders }) => [name, folders])).toEqual([
    ['Friday', ['Gigs']],
    ['Bare', []],
  ])
})

test('what converters write, without PRODUCT, PLAYLISTS or names, and with tempi among the cues', () => {
  const { program, version, tracks } = parseText(
    rekordboxXml,
    `${HEAD}<COLLECTION Entries="1"><TRACK TrackID="000000003" Name="Colour" BitRate="192.0" Location="file://localhost/Users/DJ/R%C3%A9.mp3">
      <POSITION_MARK Type="4" Num="1" Start="1.6" Name="n.n." End="4.7"/><TEMPO Inizio="6.3" Bpm="152.97" Battito="1"/><POSITION_MARK Type="0" Num="-1" Start="0.5"/>
    </TRACK></COLLECTION></DJ_PLAYLISTS>`,
  )
  expect({ program, version }).toEqual({ program: 'rekordbox', version: null })
  expect(tracks[0]!.cues.map(({ type, name }) => [type, name])).toEqual([
    ['cue', null],
    ['loop', null],
  ])
  expect(tracks[0]!.grid!.anchors).toHaveLength(1)
})

test('it is recognised by its root, whatever stands before it', () => {
  expect(rekordboxXml.sniff(libraryFile('a.xml', `\ufeff${collection('')}`))).toBe(true)
  expect(rekordboxXml.sniff(libraryFile('a.xml', '<!-- <DJ_PLAYLISTS> --><NML VERSION="19"/>'))).toBe(false)
  expect(rekordboxXml.sniff(libraryFile('a.xml', 'DJ_PLAYLISTS'))).toBe(false)
})

test('a playlist that names a number of several tracks is told, and one that names a path is sure', () => {
  const list = (name: string, type: number, key: string): string =>
    `<NODE Name="${name}" Type="1" KeyType="${type}"><TRACK Key="${key}"/></NODE>`
  const { playlists, warnings } = parseText(
    rekordboxXml,
    collection(
      track('') + track('') + track('', 'TrackID="2" Name="Other"'),
      `<PLAYLISTS><NODE Type="0" Name="ROOT">${list('Twice', 0, '1')}${list('Once', 0, '2')}${list('Path', 1, 'file://localhost/a.mp3')}</NODE></PLAYLISTS>`,
    ),
  )
  expect(playlists.map(({ trackKeys }) => trackKeys.length)).toEqual([1, 1, 1])
  expect(warnings).toEqual([
    { text: 'A playlist names a number that several tracks have: it may hold another one.', place: 'Twice', count: 1 },
  ])
})

test('a track within another one is a track of its own, and a playlist of no number names none', () => {
  const { tracks, playlists, warnings } = parseText(
    rekordboxXml,
    `<DJ_PLAYLISTS><COLLECTION><TRACK Name="Outer" Location="file://localhost/o.mp3"><POSITION_MARK Name="Drop" Type="0" Start="1" Num="0"/>
    <TRACK Name="Inner" Location="file://localhost/i.mp3"><POSITION_MARK Name="Break" Type="0" Start="2" Num="0"/></TRACK></TRACK></COLLECTION>
    <PLAYLISTS><NODE Type="1" KeyType="0" Name="P"><TRACK/></NODE></PLAYLISTS></DJ_PLAYLISTS>`,
  )
  expect(tracks.map(({ title, cues }) => [title, cues.map(({ name }) => name)])).toEqual([
    ['Outer', ['Drop']],
    ['Inner', ['Break']],
  ])
  expect(playlists).toEqual([{ name: 'P', folders: [], trackKeys: [] }])
  expect(warnings.map(({ text }) => text)).toEqual([
    'A track lies within another one, whose cues end there.',
    'A playlist names a track that the file does not have.',
  ])
})
