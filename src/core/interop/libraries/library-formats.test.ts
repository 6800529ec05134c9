import { expect, test } from 'vitest'
import { createRandom } from '../../support/random.ts'
import { UserError } from '../../support/user-error.ts'
import type { ForeignPhrase } from './foreign-library.ts'
import { libraryFile } from './library-file.fixture.ts'
import { LIBRARY_FORMAT_NAMES, type LibraryFormatName } from './library-format.ts'
import { findLibraryFormat, LIBRARY_FORMATS } from './library-formats.ts'
import { parseLibrary } from './parse-library.ts'

const SAMPLES: Readonly<Partial<Record<LibraryFormatName, string>>> = {
  'rekordbox-xml': `<?xml version="1.0" encoding="UTF-8"?><DJ_PLAYLISTS Version="1.0.0"><PRODUCT Name="rekordbox" Version="7"/>
    <COLLECTION Entries="1"><TRACK TrackID="1" Name="é &amp; b" Rating="51" Location="file://localhost/a%20b.mp3"><TEMPO Inizio="0.1" Bpm="128.00" Metro="4/4" Battito="1"/>
    <POSITION_MARK Name="Drop" Type="4" Start="1.5" End="9" Num="0" Red="1" Green="2" Blue="3"/></TRACK></COLLECTION>
    <PLAYLISTS><NODE Type="0" Name="ROOT"><NODE Type="1" Name="a" KeyType="0"><TRACK Key="1"/></NODE></NODE></PLAYLISTS></DJ_PLAYLISTS>`,
  'traktor-nml': `<NML VERSION="19"><HEAD PROGRAM="Traktor"></HEAD><COLLECTION ENTRIES="1"><ENTRY TITLE="a"><LOCATION DIR="/:a/:" FILE="é.mp3" VOLUME="D:"></LOCATION>
    <INFO RANKING="51" IMPORT_DATE="2020/1/2"></INFO><TEMPO BPM="128"></TEMPO><CUE_V2 NAME="Drop" TYPE="4" START="5.5" LEN="1" HOTCUE="0"><GRID BPM="99"></GRID></CUE_V2></ENTRY></COLLECTION>
    <PLAYLISTS><NODE TYPE="FOLDER" NAME="$ROOT"><SUBNODES><NODE TYPE="PLAYLIST" NAME="a"><PLAYLIST><ENTRY><PRIMARYKEY KEY="D:/:a/:é.mp3"></PRIMARYKEY></ENTRY></PLAYLIST></NODE></SUBNODES></NODE></PLAYLISTS></NML>`,
  virtualdj: `<VirtualDJ_Database Version="8.2"><Song FilePath="C:\\é.mp3" FileSize="9"><Tags Stars="2" Bpm="0.5"/><Infos SongLength="9" FirstSeen="1518996996"/>
    <Scan Bpm="0.5" Phase="0.1"/><Comment>a</Comment><Poi Name="Break 1" Pos="1"/><Poi Name="End Break 1" Pos="2"/><Poi Type="loop" Size="4" Pos="3" Num="1" Color="4291559424"/></Song></VirtualDJ_Database>`,
  'itunes-xml': `<?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist version="1.0"><dict><key>Tracks</key><dict>
    <key>1</key><dict><key>Track ID</key><integer>1</integer><key>Rating</key><integer>80</integer><key>Location</key><string>file:///é.mp3</string></dict></dict>
    <key>Playlists</key><array><dict><key>Name</key><string>a</string><key>Playlist Items</key><array><dict><key>Track ID</key><integer>1</integer></dict></array></dict></array></dict></plist>`,
  m3u: '#EXTM3U\n#PLAYLIST:a\n#EXTINF:9,é - b\nC:\\é.mp3\n../c.mp3\n',
}

test('every format recognises its own and no other', () => {
  for (const [name, text] of Object.entries(SAMPLES)) {
    const file = libraryFile('unnamed', text)
    expect(LIBRARY_FORMATS.filter((format) => format.sniff(file)).map((format) => format.name)).toEqual([name])
    expect(parseLibrary(findLibraryFormat(file)!, file).tracks.length).toBeGreaterThan(0)
  }
  expect(findLibraryFormat(libraryFile('a.xml', '<html/>'))).toBeNull()
})

test('formats are tried in the order in which they are offered, and no text tells phrases', () => {
  const names = LIBRARY_FORMATS.map(({ name }) => name)
  expect(names).toEqual(LIBRARY_FORMAT_NAMES.filter((name) => names.includes(name)))
  const phrases: readonly ForeignPhrase[] = Object.entries(SAMPLES).flatMap(([name, text]) =>
    parseLibrary(LIBRARY_FORMATS.find((format) => format.name === name)!, libraryFile('unnamed', text)).tracks.flatMap(
      (track) => track.phrases,
    ),
  )
  expect(phrases).toEqual([])
})

/** Cut off, with bytes changed, pieces repeated or left out: what cables and editors do to files. */
const garble = (bytes: Uint8Array, random: () => number): Uint8Array => {
  const at = (length = bytes.length): number => Math.floor(random() * length)
  const way = at(4)
  if (way === 0) return bytes.subarray(0, at())
  if (way === 1) {
    const changed = bytes.slice()
    for (let change = 0; change <= at(8); change++) changed[at()] = at(256)
    return changed
  }
  const [start, end] = [at(), at()].sort((a, b) => a - b) as [number, number]
  const head = bytes.subarray(0, way === 2 ? end : start)
  const tail = bytes.subarray(way === 2 ? start : end)
  return Uint8Array.from([...head, ...tail])
}

const VARIANTS = 1000
test.each(Object.entries(SAMPLES))(
  '%s: whatever is done to a file, there is a library or a coded error',
  (name, text) => {
    const format = LIBRARY_FORMATS.find((one) => one.name === name)!
    const random = createRandom(1500)
    const ends = { read: 0, refused: 0 }
    for (let variant = 0; variant < VARIANTS; variant++) {
      const file = { name: 'garbled', bytes: garble(new TextEncoder().encode(text), random) }
      try {
        format.sniff(file)
        const { tracks } = parseLibrary(format, file)
        for (const { cues, grid } of tracks) {
          expect(cues.every(({ startSeconds }) => Number.isFinite(startSeconds))).toBe(true)
          expect(grid?.anchors.every(({ seconds, bpm }) => Number.isFinite(seconds) && bpm > 0) ?? true).toBe(true)
        }
        ends.read++
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        expect(error.code).toBe('IMPORT_MALFORMED')
        expect(error.message).toMatch(/^Line \d+: /)
        ends.refused++
      }
    }
    expect(ends.read).toBeGreaterThan(0)
    expect(ends.refused).toBeGreaterThan(0)
  },
)

test.each([
  ['rekordbox-xml', '<DJ_PLAYLISTS><COLLECTION>', '<TRACK/>'],
  ['traktor-nml', '<NML><COLLECTION>', '<ENTRY/>'],
  ['m3u', '#EXTM3U\n', 'a\n'],
])('%s: a file that goes on and on is refused before it fills the memory', (name, head, row) => {
  const format = LIBRARY_FORMATS.find((one) => one.name === name)!
  expect(() => parseLibrary(format, libraryFile('endless', head + row.repeat(700_000)))).toThrow(
    expect.objectContaining({ code: 'IMPORT_MALFORMED', message: expect.stringContaining('more than') }),
  )
})
