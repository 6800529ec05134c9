import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { foreignTrack } from '../../src/core/interop/libraries/foreign-track.fixture.ts'
import { parseMarkers } from '../../src/core/interop/libraries/serato/markers-old.ts'
import { parseMarkers2 } from '../../src/core/interop/libraries/serato/markers2.ts'
import { parseSeratoGrid } from '../../src/core/interop/libraries/serato/serato-beat-grid.ts'
import { readSeratoDatabase } from '../../src/core/interop/libraries/serato/serato-database.ts'
import { openSeratoEnvelope } from '../../src/core/interop/libraries/serato/serato-frames.ts'
import { withSeratoFrames } from '../../src/core/interop/libraries/serato/serato-track.ts'
import { createWarningTally } from '../../src/core/interop/libraries/warning-tally.ts'
import { packList } from '../../src/core/support/packed-list.ts'
import { inlineRunner } from '../../src/platform/workers/inline-runner.fixture.ts'
import type { LibraryCounts } from '../../src/platform/workers/packed-library.ts'
import { findEngineReader, findSecondReaders, NO_SECOND_READERS } from './second-reader.fixture.ts'

/** A folder of real libraries of every program; each of its files is read by us and by somebody else. */
const REAL_FILES = process.env.ALGIERS_FOREIGN_FILES
const readers = findSecondReaders()
const engineReader = findEngineReader()
beforeEach(({ skip }) => {
  skip(REAL_FILES === undefined, 'ALGIERS_FOREIGN_FILES names no folder of real files')
  skip(readers === null, NO_SECOND_READERS)
})
const all =
  REAL_FILES === undefined
    ? []
    : readdirSync(REAL_FILES, { recursive: true, withFileTypes: true, encoding: 'utf8' })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
const filesThat = (pattern: RegExp): readonly string[] => all.filter((path) => pattern.test(path)).sort()

const countsOf = async (path: string): Promise<LibraryCounts> => {
  const input = { path, format: null, moves: [], own: packList([]), answers: [], profiles: {} }
  const found = await inlineRunner.run('lookThrough', input)
  expect(found.map(({ source }) => basename(source))).toEqual([basename(path)])
  return found[0]!.counts
}

type Text = {
  readonly tracks: readonly {
    readonly marks: readonly { readonly type: number | string; readonly pad: number }[]
    readonly tempos: readonly unknown[]
  }[]
  readonly playlists: readonly unknown[] | null
}
const readText = (reader: string, path: string): Text => readers!.run('read_texts.py', [reader, path]) as Text
const readBinary = <Found>(reader: string, path: string): Found =>
  (readers!.run('read_binaries.py', [reader, path]) as readonly Found[])[0]!

/** Read by these tests, by those of analyses, tagged files and crates, or (an index of other programs) by nobody. */
const READ = /\.(?:xml|nml|m3u8?|sqlite|db|octet-stream|crate|DAT|EXT|mp3|aiff|flac|m4a)$|\/export\.pdb$|\/database V2$/
const UNREAD = /\.(?:2EX|scrate|tsv)$|\/exportExt\.pdb$/

test('no file of the folder is forgotten', () => {
  expect(all.length).toBeGreaterThan(0)
  expect(all.filter((path) => !READ.test(path) && !UNREAD.test(path))).toEqual([])
})

test.each(filesThat(/rekordbox-xml\/.*\.xml$/))('%s holds for us what it holds for a second reader', async (path) => {
  const { tracks, playlists } = readText('rekordbox', path)
  const marks = tracks.flatMap((track) => track.marks)
  const isLoop = ({ type }: { readonly type: number | string }): boolean => type === 'loop' || String(type) === '4'
  expect(await countsOf(path)).toEqual({
    tracks: tracks.length,
    cues: marks.filter((mark) => !isLoop(mark)).length,
    loops: marks.filter(isLoop).length,
    phrases: 0,
    grids: tracks.filter(({ tempos }) => tempos.length > 0).length,
    playlists: playlists?.length ?? 0,
  })
})

test.each(filesThat(/\.nml$/))('%s holds for us what it holds for a second reader', async (path) => {
  const { tracks, playlists } = readText('traktor', path)
  const marks = tracks.flatMap((track) => track.marks)
  expect(await countsOf(path)).toEqual({
    tracks: tracks.length,
    // A marker of the grid that lies on a pad is a hot cue, too.
    cues: marks.filter(({ type, pad }) => type !== 5 && (type !== 4 || pad >= 0)).length,
    loops: marks.filter(({ type }) => type === 5).length,
    phrases: 0,
    grids: tracks.filter((track) => track.marks.some(({ type }) => type === 4)).length,
    playlists: playlists!.length,
  })
})

test.each(filesThat(/\/itunes_[^/]*\.xml$/))('%s holds for us what it holds for a second reader', async (path) =>
  expect((await countsOf(path)).tracks).toBe(readText('itunes', path).tracks.length),
)

test.each(filesThat(/\.m3u8?$/))('%s holds for us what it holds for a second reader', async (path) => {
  const lines = readFileSync(path, 'latin1').split(/\r?\n/)
  const entries = lines.filter((line) => line.trim() !== '' && !line.startsWith('#') && !line.startsWith('\u00ef'))
  expect(await countsOf(path)).toMatchObject({ tracks: new Set(entries).size, playlists: 1 })
})

test.each(filesThat(/mixxx[^/]*\.sqlite$/))('%s holds for us what it holds for a second reader', async (path) => {
  expect(await countsOf(path)).toMatchObject(readBinary<object>('mixxx', path))
})

test.each(filesThat(/\/m_[^/]*\.db$/))('%s holds for us what it holds for a second reader', async (path) => {
  expect(await countsOf(path)).toMatchObject(readBinary<object>('engine', path))
})

test.for(filesThat(/export\.pdb$/))('%s holds for us what it holds for a second reader', async (path, { skip }) => {
  skip(engineReader === null, 'rb2engine is not installed')
  const folder = dirname(path).replace(/\/PIONEER\/rekordbox$/, '')
  expect(await countsOf(folder)).toMatchObject(engineReader!.run('read_pdb.py', [path]) as object)
})

test.each(filesThat(/database V2$/))('%s holds for us what it holds for a second reader', (path) => {
  const tracks = readSeratoDatabase(new Uint8Array(readFileSync(path)), path, createWarningTally())
  expect(tracks.map(({ location }) => location.path)).toEqual(readBinary('serato_database', path))
})

test.each(filesThat(/\/frames\/.*Markers2/))('%s holds for us what it holds for a second reader', (path) => {
  const { cues, loops } = parseMarkers2(frameOf(path), path, createWarningTally())
  expect({ cues: cues.length, loops: loops.length }).toEqual(readBinary('serato_frame', path))
})

test.each(filesThat(/\/frames\/.*Markers_/))('%s holds for us what it holds for a second reader', (path) => {
  const layout = path.includes('/mp4/') ? 'mp4' : 'id3'
  const marks = parseMarkers(frameOf(path), layout, path, createWarningTally())!
  expect({ cues: marks.cues.length, loops: marks.loops.length }).toEqual(readBinary('serato_frame', path))
})

test.each(filesThat(/\/frames\/.*BeatGrid/))('%s holds for us what it holds for a second reader', (path) => {
  const anchors = parseSeratoGrid(frameOf(path), path, createWarningTally())?.anchors ?? []
  expect({ markers: anchors.length, bpm: anchors.at(-1)?.bpm ?? null }).toEqual(readBinary('serato_frame', path))
})

test.each(filesThat(/\/frames\/.*Autotags/))('%s holds for us what it holds for a second reader', (path) => {
  const track = withSeratoFrames(SILENT, { autotags: frameOf(path), layout: 'id3' }, createWarningTally())
  expect({ bpm: track.bpm }).toEqual(readBinary('serato_frame', path))
})

/** A track of which nothing is known but what a frame says. */
const SILENT = foreignTrack('/track.flac')

/** A frame that was lifted out of its file; FLAC and MP4 keep it in an envelope. */
const frameOf = (path: string): Uint8Array =>
  /\/(?:flac|mp4)\//.test(path) ? openSeratoEnvelope(readFileSync(path, 'latin1')) : new Uint8Array(readFileSync(path))
