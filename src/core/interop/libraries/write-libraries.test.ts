/** What is written comes back through our own readers; `recipes/second-readers` has it read by other programs. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beatsToSeconds } from '../../beats/beat-grid.ts'
import { parseKey } from '../../library/key-notation.ts'
import { exportedLibraries, exportedTrack } from './exported-library.fixture.ts'
import type { ExportedCue, ExportedLibrary } from './exported-library.ts'
import type { ForeignLibrary } from './foreign-library.ts'
import { parseText } from './library-file.fixture.ts'
import { rekordboxXml } from './rekordbox/rekordbox-xml.ts'
import { writeRekordboxXml } from './rekordbox/write-rekordbox-xml.ts'
import { traktorNml } from './traktor/traktor-nml.ts'
import { writeTraktorNml } from './traktor/write-traktor-nml.ts'

const written = ({ startSeconds, endSeconds, name, pad }: ExportedCue) => [
  name,
  endSeconds === null ? 'cue' : 'loop',
  pad,
  Math.round(startSeconds * 1000),
  endSeconds === null ? null : Math.round(endSeconds * 1000),
]
const byAll = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

const expectSame = (read: ForeignLibrary, library: ExportedLibrary): void => {
  expect(read.warnings).toEqual([])
  expect(read.tracks.map(({ location }) => location)).toEqual(
    library.tracks.map(({ path }) => ({ path, from: 'root', streaming: null })),
  )
  for (const [index, track] of library.tracks.entries()) {
    const found = read.tracks[index]!
    const { title, artist, album, genre, comment, year, rating, addedAt } = track
    expect(found).toMatchObject({ title, artist, album, genre, comment, year, rating, addedAt, durationSeconds: 300 })
    expect(found.keyName && parseKey(found.keyName)).toBe(track.key)
    const cues = found.cues.map((cue) => [
      cue.name,
      cue.type,
      cue.pad,
      Math.round(cue.startSeconds * 1000),
      cue.endSeconds === null ? null : Math.round(cue.endSeconds * 1000),
    ])
    expect(cues.toSorted(byAll)).toEqual(track.cues.map(written).toSorted(byAll))
    expect(found.grid === null).toBe(track.grid === null)
  }
  const keyOf = (id: number): string => read.tracks[id - 1]!.key
  expect(read.playlists.toSorted(byAll)).toEqual(
    library.playlists
      .map(({ name, folders, trackIds }) => ({ name, folders, trackKeys: trackIds.map(keyOf) }))
      .toSorted(byAll),
  )
}

test('rekordbox XML', () => {
  fc.assert(
    fc.property(exportedLibraries, (library) =>
      expectSame(parseText(rekordboxXml, writeRekordboxXml(library, '1.2.3')), library),
    ),
  )
})

test('Traktor NML', () => {
  fc.assert(
    fc.property(exportedLibraries, (library) => expectSame(parseText(traktorNml, writeTraktorNml(library)), library)),
  )
})

const GRID = {
  anchors: [
    { beat: 0, seconds: 0.123, bpm: 127.9956 },
    { beat: 256, seconds: 120.128, bpm: 140 },
  ],
  beatsPerBar: 4,
  firstDownbeat: 2,
}

test.each([
  ['rekordbox', (library: ExportedLibrary) => parseText(rekordboxXml, writeRekordboxXml(library, '1'))],
  ['Traktor', (library: ExportedLibrary) => parseText(traktorNml, writeTraktorNml(library))],
])('%s gets a grid of several tempi within 6 ms of every beat', (_, roundTrip) => {
  const track = exportedTrack({ durationSeconds: 600, grid: GRID })
  const { anchors } = roundTrip({ tracks: [track], playlists: [] }).tracks[0]!.grid!
  expect(anchors.length).toBeLessThan(40)
  expect([0, null]).toContain(anchors[0]!.beatOfBar)
  for (let beat = 2; beat < 1300; beat++) {
    const seconds = beatsToSeconds(GRID, beat)
    const anchor = anchors.findLast((one) => one.seconds <= seconds + 0.01)!
    const beats = ((seconds - anchor.seconds) * anchor.bpm) / 60
    expect(Math.abs(beats - Math.round(beats)) * (60 / anchor.bpm)).toBeLessThan(0.006)
    if (anchor.beatOfBar !== null) expect((anchor.beatOfBar + Math.round(beats)) % 4).toBe((beat - 2) % 4)
  }
})

test('rekordbox XML, as it is written', () => {
  const cues: readonly ExportedCue[] = [
    { pad: null, startSeconds: 62.5, endSeconds: null, name: 'Drop', colour: '#ef4444' },
    { pad: 0, startSeconds: 62.5, endSeconds: null, name: 'Drop', colour: '#ef4444' },
    { pad: 1, startSeconds: 0.1, endSeconds: 7.6, name: 'Intro "1" & <2>', colour: null },
  ]
  const library = {
    tracks: [exportedTrack({ path: "D:/Müsic/It's #1.mp3", cues })],
    playlists: [{ name: 'Friday', folders: ['Gigs'], trackIds: [1] }],
  }
  expect(writeRekordboxXml(library, '1.2.3')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<DJ_PLAYLISTS Version="1.0.0">
  <PRODUCT Name="Algiers" Version="1.2.3" Company="Algiers"/>
  <COLLECTION Entries="1">
    <TRACK TrackID="1" Name="Song" Artist="The Band" Composer="" Album="Club" Grouping="" Genre="House" Kind="MP3 File" Size="6899712" TotalTime="300" DiscNumber="0" TrackNumber="0" Year="2019" AverageBpm="128.00" DateAdded="2024-02-29" BitRate="320" SampleRate="0" Comments="warm" PlayCount="0" Rating="204" Location="file://localhost/D:/M%C3%BCsic/It%27s%20%231.mp3" Remixer="" Tonality="F#m" Label="" Mix="">
      <TEMPO Inizio="0.100" Bpm="128.00" Metro="4/4" Battito="1"/>
      <POSITION_MARK Name="Intro &quot;1&quot; &amp; &lt;2&gt;" Type="4" Start="0.100" End="7.600" Num="1"/>
      <POSITION_MARK Name="Drop" Type="0" Start="62.500" Num="0" Red="230" Green="40" Blue="40"/>
      <POSITION_MARK Name="Drop" Type="0" Start="62.500" Num="-1"/>
    </TRACK>
  </COLLECTION>
  <PLAYLISTS>
    <NODE Type="0" Name="ROOT" Count="1">
      <NODE Type="0" Name="Gigs" Count="1">
        <NODE Name="Friday" Type="1" KeyType="0" Entries="1">
          <TRACK Key="1"/>
        </NODE>
      </NODE>
    </NODE>
  </PLAYLISTS>
</DJ_PLAYLISTS>
`)
})

test('a beat marker of Traktor has its tempo inside, and a path its colons', () => {
  const nml = writeTraktorNml({
    tracks: [
      exportedTrack({
        path: '/Volumes/USB/AC:DC/On.mp3',
        cues: [{ pad: 2, startSeconds: 62.5, endSeconds: null, name: '', colour: '#ef4444' }],
      }),
    ],
    playlists: [],
  })
  expect(nml).toContain('<LOCATION DIR="/:AC//DC/:" FILE="On.mp3" VOLUME="USB" VOLUMEID="USB"></LOCATION>')
  expect(nml).toContain(`TYPE="4" START="100.000000" LEN="0.000000" REPEATS="-1" HOTCUE="-1">
        <GRID BPM="128.000000"></GRID>`)
  expect(nml).toContain(
    'NAME="n.n." DISPL_ORDER="0" TYPE="0" START="62500.000000" LEN="0.000000" REPEATS="-1" HOTCUE="2" COLOR="#EF4444"',
  )
  expect(nml).toContain('<MUSICAL_KEY VALUE="18"></MUSICAL_KEY>')
  expect(nml).toContain('KEY="4m"')
})

test.each([
  ['8B', 'C', '1d', 0],
  ['8A', 'Am', '1m', 21],
  ['11A', 'F#m', '4m', 18],
  ['9B', 'G', '2d', 7],
  ['3A', 'Bbm', '8m', 22],
])('the key %s is %s for rekordbox, %s and %i for Traktor', (key, tonality, openKey, value) => {
  const library = { tracks: [exportedTrack({ key })], playlists: [] }
  expect(writeRekordboxXml(library, '1')).toContain(` Tonality="${tonality}"`)
  expect(writeTraktorNml(library)).toContain(` KEY="${openKey}"`)
  expect(writeTraktorNml(library)).toContain(`<MUSICAL_KEY VALUE="${value}">`)
})

test('a file on a share of Windows keeps its machine in Traktor', () => {
  const path = '//nas/music/Sets/Song.mp3'
  const text = writeTraktorNml({
    tracks: [exportedTrack({ path })],
    playlists: [{ name: 'P', folders: [], trackIds: [1] }],
  })
  expect(text).toContain('VOLUME="\\\\nas\\music"')
  const { tracks, playlists, warnings } = parseText(traktorNml, text)
  expect(tracks[0]!.location).toEqual({ path, from: 'root', streaming: null })
  expect([playlists[0]!.trackKeys.length, warnings]).toEqual([1, []])
})
