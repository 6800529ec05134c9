import { expect, test } from 'vitest'
import { exportedTrack } from './exported-library.fixture.ts'
import type { ExportedCue, ExportedTrack } from './exported-library.ts'
import { parseText } from './library-file.fixture.ts'
import { mergeRekordboxXml } from './rekordbox/merge-rekordbox-xml.ts'
import { rekordboxXml } from './rekordbox/rekordbox-xml.ts'
import { mergeTraktorNml } from './traktor/merge-traktor-nml.ts'
import { traktorNml } from './traktor/traktor-nml.ts'

const cue = (pad: number | null, startSeconds: number, name: string): ExportedCue => ({
  pad,
  startSeconds,
  endSeconds: null,
  name,
  colour: null,
})
const track = (partial: Partial<ExportedTrack>): ExportedTrack => exportedTrack({ grid: null, ...partial })

const REKORDBOX = `\ufeff<?xml version="1.0" encoding="UTF-8"?>
<DJ_PLAYLISTS Version="1.0.0">\r
  <!-- mine --><PRODUCT Name='rekordbox' Version="7.2.8" Company="AlphaTheta"/>
  <COLLECTION Entries="3">
    <TRACK TrackID="70" Name="One &#38; only" Location="file://localhost/Users/dj/Caf%c3%a9.mp3" Odd="x > y">
      <TEMPO Inizio="0.025" Bpm="128.00" Metro="4/4" Battito="1"/>
      <POSITION_MARK Name="Mine" Type="0" Start="10.000" Num="0" Red="40" Green="226" Blue="20"/>
      <NEW_THING><WITHIN a="1"/></NEW_THING>
      <POSITION_MARK Name="Memory" Type="0" Start="30.000" Num="-1"/>
    </TRACK>
    <TRACK TrackID="90" Name="Two" Location="file://localhost/Users/dj/two.mp3"/>
    <TRACK TrackID="80" Name="Other" Location="file://localhost/Users/dj/other.mp3"><POSITION_MARK Name="Stays" Type="0" Start="1.000" Num="3"/></TRACK>
  </COLLECTION>
  <PLAYLISTS><NODE Type="0" Name="ROOT" Count="0"/></PLAYLISTS>
</DJ_PLAYLISTS>
`
const CUES = [cue(0, 10.001, 'Intro'), cue(1, 20, 'Drop'), cue(null, 30, 'Drop'), cue(null, 40, 'Outro')]
/** The path as a Mac writes it, decomposed. */
const ONE = track({ id: 5, path: '/Users/dj/Cafe\u0301.mp3', title: 'One', cues: CUES })

test('nothing to write leaves the text as it is, to the last character', () => {
  expect(mergeRekordboxXml(REKORDBOX, { tracks: [], playlists: [] }, 'extend').text).toBe(REKORDBOX)
  expect(
    mergeRekordboxXml(REKORDBOX, { tracks: [track({ path: '/Users/dj/two.mp3' })], playlists: [] }, 'replace').text,
  ).toBe(REKORDBOX)
})

test('a file with an & that stands alone is refused with its line and what to do', () => {
  const odd = REKORDBOX.replace('Name="Two"', 'Name="R&B" Artist="A &amp; B"')
  const merging = () => mergeRekordboxXml(odd, { tracks: [ONE], playlists: [] }, 'extend')
  expect(merging).toThrow(/^Line 11: an "&" stands alone where "&amp;" is needed\. Correct it/)
  const cut = () => mergeRekordboxXml(REKORDBOX.slice(0, 600), { tracks: [ONE], playlists: [] }, 'extend')
  expect(cut).toThrow(/^Line \d+: .* export it again from the other program\.$/)
})

test('extend adds what is not there on pads that are free, and changes no other line', () => {
  const { text, changes, cuesBefore, cuesAfter } = mergeRekordboxXml(
    REKORDBOX,
    { tracks: [ONE], playlists: [] },
    'extend',
  )
  const before = REKORDBOX.split('\n')
  const after = text.split('\n')
  expect(before.every((line) => after.includes(line))).toBe(true)
  expect(after.filter((line) => !before.includes(line)).map((line) => line.trim())).toEqual([
    '<POSITION_MARK Name="Drop" Type="0" Start="20.000" Num="1"/>',
    '<POSITION_MARK Name="Outro" Type="0" Start="40.000" Num="-1"/>',
  ])
  expect(changes).toEqual([{ at: 0, title: 'One', added: [CUES[1], CUES[3]], removed: 0, leftOut: 2 }])
  expect([cuesBefore, cuesAfter]).toEqual([3, 5])
})

test('replace takes away the cues of that track alone; a grid only where one is given', () => {
  const { text, changes } = mergeRekordboxXml(REKORDBOX, { tracks: [ONE], playlists: [] }, 'replace')
  expect(changes[0]).toMatchObject({ removed: 2, added: CUES })
  const [one, two, other] = parseText(rekordboxXml, text).tracks
  expect(one!.cues.map(({ name, pad }) => [name, pad])).toEqual([
    ['Intro', 0],
    ['Drop', 1],
    ['Drop', null],
    ['Outro', null],
  ])
  expect(one!.grid!.anchors).toEqual([{ seconds: 0.025, bpm: 128, beatOfBar: 0 }])
  expect(text).toContain('<NEW_THING><WITHIN a="1"/></NEW_THING>')
  expect(text).toContain('Odd="x > y"')
  expect([two!.cues, other!.cues.map(({ name }) => name)]).toEqual([[], ['Stays']])
  const gridded = mergeRekordboxXml(
    REKORDBOX,
    { tracks: [{ ...ONE, grid: exportedTrack().grid }], playlists: [] },
    'replace',
  )
  expect(parseText(rekordboxXml, gridded.text).tracks[0]!.grid!.anchors).toEqual([
    { seconds: 0.1, bpm: 128, beatOfBar: 0 },
  ])
})

test('a name with a "<" or a ">" that nobody escaped moves nothing that is taken away or added', () => {
  const names = ['I <3 U', 'a>b<c', '<<', '</POSITION_MARK>'] as const
  for (const name of names) {
    const odd = REKORDBOX.replaceAll(/Name="(?:Mine|Memory|One &#38; only)"/g, `Name="${name}"`)
    const { text } = mergeRekordboxXml(odd, { tracks: [ONE], playlists: [] }, 'replace')
    const plain = mergeRekordboxXml(REKORDBOX, { tracks: [ONE], playlists: [] }, 'replace').text
    expect(text).toBe(plain.replace('Name="One &#38; only"', `Name="${name}"`))
    const here = { tracks: [{ ...ONE, path: '/Users/dj/one.mp3' }], playlists: [] }
    const nml = TRAKTOR.replace('NAME="Mine"', `NAME="${name}"`)
    expect(mergeTraktorNml(nml, here, 'replace').text).toBe(mergeTraktorNml(TRAKTOR, here, 'replace').text)
  }
})

test('a track that closes itself is opened, one that is not there is added with a number of its own', () => {
  const two = track({ path: '/Users/dj/two.mp3', title: 'Two', cues: [cue(0, 5, 'Drop')] })
  const third = track({ id: 70, path: '/Users/dj/third.mp3', title: 'Third', cues: [cue(0, 6, 'Drop')] })
  const { text, addedTracks } = mergeRekordboxXml(REKORDBOX, { tracks: [two, third], playlists: [] }, 'extend')
  const { tracks, warnings } = parseText(rekordboxXml, text)
  expect(tracks.map(({ key, title }) => [key, title])).toEqual([
    ['70', 'One & only'],
    ['90', 'Two'],
    ['80', 'Other'],
    ['91', 'Third'],
  ])
  expect(tracks[1]!.cues).toMatchObject([{ name: 'Drop', startSeconds: 5 }])
  expect(text).toContain('<COLLECTION Entries="4">')
  expect({ addedTracks, warnings }).toEqual({ addedTracks: 1, warnings: [] })
})

test('where every pad is taken nothing is put on one', () => {
  const full = REKORDBOX.replace(
    '</TRACK>',
    `${[1, 2, 3, 4, 5, 6, 7].map((pad) => `<POSITION_MARK Name="" Type="0" Start="${100 + pad}.000" Num="${pad}"/>`).join('')}</TRACK>`,
  )
  const { changes } = mergeRekordboxXml(
    full,
    { tracks: [{ ...ONE, cues: [cue(0, 50, 'Drop')] }], playlists: [] },
    'extend',
  )
  expect(changes).toEqual([{ at: 0, title: 'One', added: [], removed: 0, leftOut: 1 }])
})

const TRAKTOR = `<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<NML VERSION="19"><HEAD COMPANY="www.native-instruments.com" PROGRAM="Traktor"></HEAD>
<COLLECTION ENTRIES="1"><ENTRY MODIFIED_DATE="2019/8/29" TITLE="One" ARTIST="x"><LOCATION DIR="/:Users/:dj/:" FILE="one.mp3" VOLUME="Macintosh HD"></LOCATION>
<TEMPO BPM="128.000000"></TEMPO><LOUDNESS PEAK_DB="1"></LOUDNESS>
<CUE_V2 NAME="AutoGrid" DISPL_ORDER="0" TYPE="4" START="25.000000" LEN="0.000000" REPEATS="-1" HOTCUE="0"></CUE_V2>
<CUE_V2 NAME="Mine" DISPL_ORDER="0" TYPE="0" START="10000.000000" LEN="0.000000" REPEATS="-1" HOTCUE="2"></CUE_V2>
<STEMS STEMS="abc"></STEMS>
</ENTRY>
</COLLECTION><SETS ENTRIES="0"></SETS><INDEXING></INDEXING></NML>
`

test('Traktor: beat markers and what is unknown stay, pads that are taken are not used', () => {
  const one = track({ path: '/Users/dj/one.mp3', cues: [cue(0, 5, 'Intro'), cue(1, 20, 'Drop')] })
  const extended = mergeTraktorNml(TRAKTOR, { tracks: [one], playlists: [] }, 'extend')
  expect(TRAKTOR.split('\n').every((line) => extended.text.includes(line))).toBe(true)
  const replaced = mergeTraktorNml(TRAKTOR, { tracks: [one], playlists: [] }, 'replace')
  expect(replaced.text).toContain('<STEMS STEMS="abc"></STEMS>')
  const cuesIn = (text: string) => parseText(traktorNml, text).tracks[0]!.cues.map(({ name, pad }) => [pad, name])
  expect(cuesIn(extended.text)).toEqual([
    [0, null],
    [1, 'Intro'],
    [2, 'Mine'],
    [3, 'Drop'],
  ])
  expect(cuesIn(replaced.text)).toEqual([
    [0, null],
    [1, 'Intro'],
    [2, 'Drop'],
  ])
  expect([replaced.cuesBefore, replaced.cuesAfter, extended.cuesAfter]).toEqual([1, 2, 3])
  expect(parseText(traktorNml, replaced.text).tracks[0]!.grid!.anchors).toEqual([
    { seconds: 0.025, bpm: 128, beatOfBar: null },
  ])
})

test('Traktor: a new entry is counted, and a new grid takes the place of the old markers', () => {
  const gridded = exportedTrack({ path: '/Users/dj/one.mp3', cues: [cue(0, 5, 'Intro')] })
  const other = exportedTrack({ path: '/Users/dj/two.mp3', title: 'Two', cues: [cue(0, 6, 'Drop')] })
  const { text } = mergeTraktorNml(TRAKTOR, { tracks: [gridded, other], playlists: [] }, 'replace')
  const { tracks } = parseText(traktorNml, text)
  expect(text).toContain('<COLLECTION ENTRIES="2">')
  expect(tracks.map(({ title, cues }) => [title, cues.map(({ name, pad }) => [pad, name])])).toEqual([
    ['One', [[0, 'Intro']]],
    ['Two', [[0, 'Drop']]],
  ])
  expect(tracks[0]!.grid!.anchors.map(({ seconds }) => seconds)).toEqual([0.1])
})

test('a file that is broken is refused with its line', () =>
  expect(() => mergeRekordboxXml('<DJ_PLAYLISTS>\n<COLLECTION>', { tracks: [], playlists: [] }, 'extend')).toThrow(
    expect.objectContaining({ code: 'IMPORT_MALFORMED', message: expect.stringMatching(/^Line 2: /) }),
  ))

test('a file of another program, or one without a collection, is refused before anything is said to be added', () => {
  const library = { tracks: [ONE], playlists: [] }
  const refused = { code: 'IMPORT_MALFORMED' }
  const thrown = (merge: typeof mergeRekordboxXml, text: string): unknown => {
    try {
      return merge(text, library, 'extend')
    } catch (error) {
      return error
    }
  }
  expect(thrown(mergeTraktorNml, REKORDBOX)).toMatchObject(refused)
  expect(thrown(mergeRekordboxXml, '<NML VERSION="20"><COLLECTION ENTRIES="0"/></NML>')).toMatchObject(refused)
  expect(thrown(mergeRekordboxXml, '<DJ_PLAYLISTS Version="1.0.0"/>')).toMatchObject(refused)
})

const entryOf = (location: string, marks: string) =>
  `<ENTRY TITLE="One">${location}<INFO PLAYTIME="300"></INFO><TEMPO BPM="128"></TEMPO>${marks}</ENTRY>`
const AT = '<LOCATION DIR="/:Users/:dj/:" FILE="one.mp3" VOLUME="Macintosh HD"></LOCATION>'
const MINE = '<CUE_V2 NAME="Mine" DISPL_ORDER="0" TYPE="0" START="5000" LEN="0" REPEATS="-1" HOTCUE="0"></CUE_V2>'
const ONE_FILE = { path: '/Users/dj/one.mp3', title: 'One', cues: [cue(0, 20, 'Drop')] }
test.each([
  [
    'rekordbox',
    rekordboxXml,
    mergeRekordboxXml,
    `<DJ_PLAYLISTS><COLLECTION Entries="2"><TRACK TrackID="1" Name="One" Location="file://localhost/Users/dj/one.mp3"/>
<TRACK TrackID="2" Name="One (again)" Location="file://localhost/users/dj/ONE.mp3"><POSITION_MARK Name="Mine" Type="0" Start="5.000" Num="0"/></TRACK></COLLECTION></DJ_PLAYLISTS>`,
  ],
  [
    'Traktor',
    traktorNml,
    mergeTraktorNml,
    `<NML VERSION="19"><COLLECTION ENTRIES="2">${entryOf(AT, '')}${entryOf(AT, MINE)}</COLLECTION></NML>`,
  ],
] as const)(
  'where two entries of %s name one file each gets the cues, none loses its own, and it is told',
  (_, format, merge, text) => {
    const library = {
      tracks: [track({ id: 7, path: '/Users/dj/other.mp3', title: 'Other' }), track(ONE_FILE)],
      playlists: [],
    }
    const extended = merge(text, library, 'extend')
    const names = (written: string) => parseText(format, written).tracks.map(({ cues }) => cues.map(({ name }) => name))
    expect(names(extended.text).slice(0, 2)).toEqual([['Drop'], ['Mine', 'Drop']])
    expect(extended.repeated).toEqual(['One'])
    expect(extended.changes.map(({ at, title, added }) => [at, title, added.length])).toEqual([
      [0, 'Other', library.tracks[0]!.cues.length],
      [1, 'One', 1],
      [1, 'One', 1],
    ])
    expect([extended.addedTracks, extended.cuesBefore]).toEqual([1, 1])
    expect(names(merge(text, library, 'replace').text).slice(0, 2)).toEqual([['Drop'], ['Drop']])
  },
)
