import { expect, test } from 'vitest'
import type { ForeignTrack } from '../foreign-library.ts'
import { parseText } from '../library-file.fixture.ts'
import { traktorNml } from './traktor-nml.ts'

const collection = (entries: string, playlists = '', version = 20): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
  <NML VERSION="${version}"><HEAD COMPANY="www.native-instruments.com" PROGRAM="Traktor Pro 4"></HEAD>
  <COLLECTION ENTRIES="1">${entries}</COLLECTION><SETS ENTRIES="0"></SETS>${playlists}<INDEXING></INDEXING></NML>`

const LOCATION = '<LOCATION DIR="/:Users/:me/:" FILE="a.mp3" VOLUME="Macintosh HD" VOLUMEID="Macintosh HD"></LOCATION>'
const entry = (children: string): string => `<ENTRY TITLE="Song" ARTIST="DJ">${children}</ENTRY>`
const trackOf = (children: string, version = 20): ForeignTrack =>
  parseText(traktorNml, collection(entry(children), '', version)).tracks[0]!

test('a track with all that Traktor says of it', () => {
  const { program, version, tracks } = parseText(
    traktorNml,
    collection(
      entry(`${LOCATION}<ALBUM TRACK="1" TITLE="Club"></ALBUM><MODIFICATION_INFO AUTHOR_TYPE="user"></MODIFICATION_INFO>
      <INFO BITRATE="320000" GENRE="Funk" COMMENT="warm" KEY="8m" PLAYCOUNT="11" PLAYTIME="466" PLAYTIME_FLOAT="465.084076" RANKING="153"
        IMPORT_DATE="2018/1/2" RELEASE_DATE="2012/1/1" FILESIZE="19249" COLOR="4"></INFO>
      <TEMPO BPM="111.999931" BPM_QUALITY="100.000000"></TEMPO><MUSICAL_KEY VALUE="22"></MUSICAL_KEY><STEMS STEMS="x"></STEMS>`),
    ),
  )
  expect({ program, version }).toEqual({ program: 'Traktor Pro 4', version: '20' })
  expect(tracks).toEqual([
    {
      key: 'Macintosh HD/:Users/:me/:a.mp3',
      location: { path: '/Users/me/a.mp3', from: 'root', streaming: null },
      title: 'Song',
      artist: 'DJ',
      album: 'Club',
      genre: 'Funk',
      comment: 'warm',
      year: 2012,
      durationSeconds: 465.084076,
      // Traktor counts KiB.
      sizeBytes: null,
      bpm: 111.999931,
      keyName: '8m',
      rating: 3,
      colour: '#00ff00',
      playCount: 11,
      addedAt: '2018-01-02',
      grid: null,
      cues: [],
      phrases: [],
    },
  ])
})

test.each([
  ['DIR="/:Music/:A &amp; B/:" FILE="x.mp3" VOLUME="D:"', { path: 'D:/Music/A & B/x.mp3', from: 'root' }],
  [
    'DIR="/:Users/:AC//DC/:" FILE="On//Off.mp3" VOLUME="Macintosh HD"',
    { path: '/Users/AC:DC/On:Off.mp3', from: 'root' },
  ],
  ['DIR="/:Volumes/:USB/:" FILE="x.mp3" VOLUME="USB"', { path: '/Volumes/USB/x.mp3', from: 'root' }],
  ['DIR="/:Music/:" FILE="x.mp3" VOLUME="USB"', { path: 'Music/x.mp3', from: 'volume' }],
  ['DIR="/:" FILE="beatport:track:1" VOLUME="streaming"', { path: null, streaming: 'beatport' }],
])('LOCATION %s', (attributes, location) =>
  expect(trackOf(`<LOCATION ${attributes}></LOCATION>`).location).toMatchObject(location),
)

test('up to version 19 a beat marker without a tempo of its own is the grid, and on a pad a cue as well', () => {
  const { grid, cues } = trackOf(
    `${LOCATION}<TEMPO BPM="124.000504"></TEMPO>
     <CUE_V2 NAME="AutoGrid" TYPE="4" START="543.397665" LEN="0.000000" REPEATS="-1" HOTCUE="0"></CUE_V2>
     <CUE_V2 NAME="Beat Marker" TYPE="4" START="60000" LEN="0" REPEATS="-1" HOTCUE="-1"></CUE_V2>`,
    19,
  )
  expect(grid!.anchors).toEqual([
    { seconds: 0.543397665, bpm: 124.000504, beatOfBar: null },
    { seconds: 60, bpm: 124.000504, beatOfBar: null },
  ])
  expect(cues).toEqual([
    {
      type: 'cue',
      pad: 0,
      startSeconds: 0.543397665,
      endSeconds: null,
      name: null,
      colour: null,
      isAutomatic: true,
    },
  ])
})

test('from version 20 on each marker has its tempo, and AutoGrid on a pad is a second mark', () => {
  const { grid, cues } = trackOf(
    `${LOCATION}<TEMPO BPM="153.028107"></TEMPO>
     <CUE_V2 NAME="AutoGrid" TYPE="4" START="47.830457" LEN="0" HOTCUE="-1"><GRID BPM="153.028107"></GRID></CUE_V2>
     <CUE_V2 NAME="AutoGrid" TYPE="0" START="47.830457" LEN="0" HOTCUE="1" COLOR="#FFFFFF"></CUE_V2>
     <CUE_V2 NAME="Drop" TYPE="0" START="62689.699" LEN="120.5" HOTCUE="3" COLOR="#FF0000"></CUE_V2>
     <CUE_V2 NAME="Beat Marker" TYPE="4" START="6321.18795" LEN="0" HOTCUE="-1"><GRID BPM="152.966949"></GRID></CUE_V2>
     <CUE_V2 NAME="n.n." TYPE="5" START="1616.16983" LEN="3136.678746" HOTCUE="1"></CUE_V2>
     <CUE_V2 NAME="In" TYPE="1" START="1" LEN="9" HOTCUE="-1"></CUE_V2><CUE_V2 NAME="Out" TYPE="2" START="200000" LEN="0" HOTCUE="-1"></CUE_V2>
     <CUE_V2 NAME="n.n." TYPE="3" START="2" LEN="0" HOTCUE="-1"></CUE_V2>`,
  )
  expect(grid!.anchors.map(({ seconds, bpm }) => [seconds, bpm])).toEqual([
    [0.047830457, 153.028107],
    [6.32118795, 152.966949],
  ])
  expect(cues.map(({ type, pad, name, colour, isAutomatic }) => [type, pad, name, colour, isAutomatic])).toEqual([
    ['fade-in', null, 'In', null, false],
    ['load', null, null, null, false],
    ['cue', 1, null, null, true],
    ['loop', 1, null, null, false],
    ['cue', 3, 'Drop', '#ff0000', false],
    ['fade-out', null, 'Out', null, false],
  ])
  const loop = cues.find(({ type }) => type === 'loop')!
  expect(loop.endSeconds).toBeCloseTo(4.752848576, 9)
  expect(cues.find(({ name }) => name === 'Drop')!.endSeconds).toBeNull()
})

test.each(['1e-300', '0', '-5', 'NaN', ''])(
  'a loop of the length "%s" has no end behind its beginning, and is a point',
  (length) => {
    const { cues } = trackOf(
      `${LOCATION}<CUE_V2 NAME="x" TYPE="5" START="90000.5" LEN="${length}" HOTCUE="1"></CUE_V2>`,
    )
    expect(cues).toMatchObject([{ type: 'cue', pad: 1, startSeconds: 90.0005, endSeconds: null }])
  },
)

test('a beat marker that a person named is a cue', () => {
  const { cues } = trackOf(
    `${LOCATION}<TEMPO BPM="120"></TEMPO><CUE_V2 NAME="Intro" TYPE="4" START="500" HOTCUE="0"></CUE_V2>`,
  )
  expect(cues).toMatchObject([{ name: 'Intro', isAutomatic: false, pad: 0 }])
})

test('without a possible tempo there is no grid, and it is counted', () => {
  const marker = '<CUE_V2 NAME="AutoGrid" TYPE="4" START="53" LEN="0" HOTCUE="-1"></CUE_V2>'
  const { tracks, warnings } = parseText(
    traktorNml,
    collection(entry(LOCATION + marker) + entry(`${LOCATION}<TEMPO BPM="17178.0"></TEMPO>${marker}`) + entry('')),
  )
  expect(tracks.map(({ grid, bpm }) => [grid, bpm])).toEqual(Array(3).fill([null, null]))
  expect(warnings).toEqual([
    { text: 'A beat marker without a place or a possible tempo was passed over.', place: 'Song', count: 2 },
    { text: 'A track does not say where its file is.', place: 'Song', count: 1 },
  ])
})

test('the key is what the track says, or its number', () => {
  expect(trackOf('<INFO KEY="2d"></INFO><MUSICAL_KEY VALUE="0"></MUSICAL_KEY>').keyName).toBe('2d')
  const named = [0, 7, 12, 22, 24].map(
    (value) => trackOf(`<INFO></INFO><MUSICAL_KEY VALUE="${value}"></MUSICAL_KEY>`).keyName,
  )
  expect(named).toEqual(['C', 'G', 'Cm', 'Bbm', null])
})

test('playlists by key, in folders; smart lists are told', () => {
  const { playlists, warnings } = parseText(
    traktorNml,
    collection(
      entry(LOCATION),
      `<PLAYLISTS><NODE TYPE="FOLDER" NAME="$ROOT"><SUBNODES COUNT="2"><NODE TYPE="FOLDER" NAME="Gigs"><SUBNODES COUNT="1">
        <NODE TYPE="PLAYLIST" NAME="Friday"><PLAYLIST ENTRIES="2" TYPE="LIST" UUID="0">
          <ENTRY><PRIMARYKEY TYPE="TRACK" KEY="Macintosh HD/:Users/:me/:a.mp3"></PRIMARYKEY></ENTRY>
          <ENTRY><PRIMARYKEY TYPE="TRACK" KEY="Macintosh HD/:Users/:me/:gone.mp3"></PRIMARYKEY></ENTRY>
        </PLAYLIST></NODE></SUBNODES></NODE><NODE TYPE="SMARTLIST" NAME="New"><SMARTLIST UUID="1"></SMARTLIST></NODE></SUBNODES></NODE></PLAYLISTS>`,
    ),
  )
  expect(playlists).toEqual([{ name: 'Friday', folders: ['Gigs'], trackKeys: ['Macintosh HD/:Users/:me/:a.mp3'] }])
  expect(warnings.map(({ text, place }) => [text, place])).toEqual([
    ['A smart list was passed over: it holds a rule, no tracks.', 'New'],
    ['A playlist names a track that the file does not have.', 'Friday'],
  ])
})
