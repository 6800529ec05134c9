import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { exportedLibraries } from '../../src/core/interop/libraries/exported-library.fixture.ts'
import type { ExportedCue, ExportedLibrary } from '../../src/core/interop/libraries/exported-library.ts'
import { mergeRekordboxXml } from '../../src/core/interop/libraries/rekordbox/merge-rekordbox-xml.ts'
import { writeRekordboxXml } from '../../src/core/interop/libraries/rekordbox/write-rekordbox-xml.ts'
import { mergeTraktorNml } from '../../src/core/interop/libraries/traktor/merge-traktor-nml.ts'
import { traktorPlace, writeTraktorNml } from '../../src/core/interop/libraries/traktor/write-traktor-nml.ts'
import { findSecondReaders, NO_SECOND_READERS } from './second-reader.fixture.ts'

const readers = findSecondReaders()
beforeEach(({ skip }) => skip(readers === null, NO_SECOND_READERS))
const folder = mkdtempSync(join(tmpdir(), 'algiers-second-readers-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** One library of many tracks with odd names, the same each time. */
const library: ExportedLibrary = (() => {
  const parts = fc.sample(exportedLibraries, { seed: 1500, numRuns: 30 })
  const tracks = parts
    .flatMap((part) => part.tracks)
    .map((track, index) => ({ ...track, id: index + 1, path: track.path.replace(/\.mp3$/, ` ${index}.mp3`) }))
  const playlists = parts
    .flatMap((part) => part.playlists)
    .map((playlist, index) => ({ ...playlist, name: `${playlist.name} ${index}` }))
  return { tracks, playlists }
})()

type Mark = {
  readonly name: string
  readonly type: number | string
  readonly start: number
  readonly end: number | null
  readonly length?: number
  readonly pad: number
  readonly grid?: number | null
}
type ReadTrack = {
  readonly title: string
  readonly location: unknown
  readonly marks: readonly Mark[]
  readonly tempos: unknown[]
}
type Read = {
  readonly tracks: readonly ReadTrack[]
  readonly playlists?: readonly { readonly name: string; readonly tracks: readonly string[] }[]
}

const read = (script: string, reader: string, text: string): Read => {
  const file = join(folder, `${reader}.xml`)
  writeFileSync(file, text)
  return readers!.run(script, [reader, file]) as Read
}

const byAll = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
const marksOf = (cues: readonly ExportedCue[]) =>
  cues.map(({ name, startSeconds, endSeconds, pad }) => [name, startSeconds, endSeconds, pad ?? -1]).toSorted(byAll)

test.each(['pyrekordbox', 'rbox'])('%s reads our rekordbox XML as we mean it', (reader) => {
  const { tracks, playlists } = read('read_texts.py', reader, writeRekordboxXml(library, '1.2.3'))
  expect(tracks.map(({ title }) => title)).toEqual(library.tracks.map(({ title }) => title))
  // Both leave out the slash that a path begins with.
  expect(tracks.map(({ location }) => location)).toEqual(library.tracks.map(({ path }) => path.replace(/^\//, '')))
  for (const [index, { marks, tempos }] of tracks.entries()) {
    const track = library.tracks[index]!
    expect(marks.map(({ name, start, end, pad }) => [name, start, end, pad]).toSorted(byAll)).toEqual(
      marksOf(track.cues),
    )
    expect(tempos.length > 0).toBe(track.grid !== null)
  }
  // rbox does not hand out the tracks of a list.
  if (playlists !== undefined)
    expect(playlists.map(({ name, tracks: keys }) => [name, keys.map(Number)]).toSorted(byAll)).toEqual(
      library.playlists.map(({ name, trackIds }) => [name, trackIds]).toSorted(byAll),
    )
})

test('traktor-nml-utils reads our collection as we mean it', () => {
  const { tracks, playlists } = read('read_texts.py', 'traktor', writeTraktorNml(library))
  expect(tracks.map(({ title }) => title)).toEqual(library.tracks.map(({ title }) => title))
  const places = library.tracks.map(({ path }) => traktorPlace(path))
  expect(tracks.map(({ location }) => location)).toEqual(places.map(({ volume, dir, file }) => [volume, dir, file]))
  for (const [index, { marks }] of tracks.entries()) {
    const track = library.tracks[index]!
    const cues = marks.filter(({ type }) => type !== 4)
    const read = cues.map(({ name, start, length, pad, type }) => {
      const end = type === 5 ? Math.round(start + length!) / 1000 : null
      return [name, start / 1000, end, pad]
    })
    expect(read.toSorted(byAll)).toEqual(marksOf(track.cues))
    const markers = marks.filter(({ type }) => type === 4)
    expect(markers.length > 0).toBe(track.grid !== null)
    for (const { grid } of markers) expect(grid).toBeCloseTo(track.grid!.anchors[0]!.bpm, 5)
  }
  const keys = places.map(({ volume, dir, file }) => `${volume}${dir}${file}`)
  expect(playlists!.map(({ name, tracks: listed }) => [name, listed]).toSorted(byAll)).toEqual(
    library.playlists.map(({ name, trackIds }) => [name, trackIds.map((id) => keys[id - 1])]).toSorted(byAll),
  )
})

/** The tracks of the library that are in the file, each with one cue more. */
const oneMore: ExportedLibrary = {
  playlists: [],
  tracks: library.tracks.map((track) => ({
    ...track,
    grid: null,
    cues: [{ pad: null, startSeconds: 700, endSeconds: null, name: 'One more', colour: null }],
  })),
}

test.each([
  ['pyrekordbox', mergeRekordboxXml(writeRekordboxXml(library, '1'), oneMore, 'extend').text],
  ['rbox', mergeRekordboxXml(writeRekordboxXml(library, '1'), oneMore, 'extend').text],
  ['traktor', mergeTraktorNml(writeTraktorNml(library), oneMore, 'extend').text],
])('%s reads a file that was extended', (reader, text) => {
  const { tracks } = read('read_texts.py', reader, text)
  const isGrid = ({ type }: Mark): boolean => reader === 'traktor' && type === 4
  expect(tracks.map(({ marks }) => marks.filter((mark) => !isGrid(mark)).length)).toEqual(
    library.tracks.map(({ cues }) => cues.length + 1),
  )
  expect(tracks.every(({ marks }) => marks.some(({ name }) => name === 'One more'))).toBe(true)
})
