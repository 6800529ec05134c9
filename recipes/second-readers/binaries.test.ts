import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { ForeignTrack } from '../../src/core/interop/libraries/foreign-library.ts'
import type { LibraryFolder } from '../../src/core/interop/libraries/library-folder.ts'
import { driveFiles } from '../../src/core/interop/libraries/rekordbox/drive.fixture.ts'
import { rekordboxFolder } from '../../src/core/interop/libraries/rekordbox/rekordbox-folder.ts'
import { formatSeratoFrames, planSeratoMarks } from '../../src/core/interop/libraries/serato/plan-serato-marks.ts'
import { crateStem, formatCrate, readCrate } from '../../src/core/interop/libraries/serato/serato-crates.ts'
import { NO_MARKS } from '../../src/core/interop/libraries/serato/serato-marks.ts'
import { readSeratoMarks } from '../../src/core/interop/libraries/serato/serato-track.ts'
import { createWarningTally } from '../../src/core/interop/libraries/warning-tally.ts'
import { withOggComments } from '../../src/platform/decoding/ogg-bytes.fixture.ts'
import { readSeratoFrames } from '../../src/platform/decoding/tags.ts'
import { wavBytes } from '../../src/platform/decoding/wav-bytes.fixture.ts'
import { writeSeratoFrames } from '../../src/platform/tagging/write-serato-frames.ts'
import { findSecondReaders, NO_SECOND_READERS } from './second-reader.fixture.ts'

/** A folder of real files, such as of drives and tagged tracks, whose counts are compared too where it is given. */
const REAL_FILES = process.env.ALGIERS_FOREIGN_FILES
const readers = findSecondReaders()
beforeEach(({ skip }) => skip(readers === null, NO_SECOND_READERS))
const folder = mkdtempSync(join(tmpdir(), 'algiers-second-readers-'))
const read = <Found>(reader: string, paths: readonly string[]): readonly Found[] =>
  paths.length === 0 ? [] : (readers!.run('read_binaries.py', [reader, ...paths]) as readonly Found[])

type Anlz = {
  readonly path: string | null
  readonly beats: readonly (readonly [beatOfBar: number, bpm: number, seconds: number])[]
  readonly phrases: {
    readonly end: number
    readonly entries: readonly (readonly [beat: number, kind: number])[]
  } | null
  readonly cues: readonly (readonly [list: string, hotCue: number, ms: number, endMs: number, name: string])[]
}

const namesIn = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'))

/** The analyses alone, without a database that would name them. */
const analysesIn = (root: string): LibraryFolder => ({
  names: namesIn(root).filter((name) => name.includes('ANLZ')),
  read: (name) => {
    try {
      return new Uint8Array(readFileSync(join(root, name)))
    } catch {
      return null
    }
  },
})

/** Beats, phrases and cues of each pair of analysis files, as both see them. */
const compareAnalyses = (root: string): number => {
  const names = namesIn(root).filter((name) => /ANLZ\d+\.DAT$/.test(name))
  const paths = names.flatMap((name) => [join(root, name), join(root, name.replace(/DAT$/, 'EXT'))])
  const found = read<Anlz>('anlz', paths)
  for (const [index, name] of names.entries()) {
    const [dat, ext] = [found[2 * index]!, found[2 * index + 1]!]
    const [track] = rekordboxFolder.parse(analysesIn(dirname(join(root, name)))).tracks as [ForeignTrack]
    expect(track.grid?.beats ?? []).toEqual(dat.beats.map(([, , seconds]) => seconds))
    const [anchor] = track.grid?.anchors ?? []
    if (anchor) expect([anchor.beatOfBar! + 1, anchor.bpm]).toEqual(dat.beats[0]!.slice(0, 2))
    const { entries, end } = ext.phrases ?? { entries: [], end: 0 }
    expect(track.phrases.map(({ startBeat }) => startBeat + 1)).toEqual(entries.map(([beat]) => beat))
    expect(track.phrases.at(-1)?.endBeat ?? -1).toBe(entries.length === 0 ? -1 : end - 1)
    const all = [...dat.cues, ...ext.cues]
    const startsOf = (wanted: (hotCue: number) => boolean): number[] =>
      [...new Set(all.filter(([, hotCue]) => wanted(hotCue)).map(([, , ms]) => ms))].sort((a, b) => a - b)
    const ours = (isHot: boolean): number[] => [
      ...new Set(
        track.cues
          .filter(({ pad }) => (pad !== null) === isHot)
          .map(({ startSeconds }) => Math.round(startSeconds * 1000)),
      ),
    ]
    expect(ours(true)).toEqual(startsOf((hotCue) => hotCue > 0))
    expect(ours(false)).toEqual(startsOf((hotCue) => hotCue === 0))
  }
  return names.length
}

test('pyrekordbox sees the beats, phrases and cues of a drive as we do', () => {
  const root = join(folder, 'drive')
  for (const [name, bytes] of Object.entries(driveFiles())) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), bytes)
  }
  expect(compareAnalyses(root)).toBe(1)
})

type Sidecaramel = {
  readonly bpm: number | null
  readonly cues: readonly { readonly idx: number; readonly pos_ms: number; readonly label: string }[]
  readonly loops: readonly {
    readonly idx: number
    readonly start_ms: number
    readonly end_ms: number
    readonly label: string
  }[]
}

const compareTags = async (paths: readonly string[]): Promise<void> => {
  const found = read<Sidecaramel>('sidecaramel', paths)
  for (const [index, path] of paths.entries()) {
    const frames = await readSeratoFrames(path)
    const marks = frames === null ? NO_MARKS : readSeratoMarks(frames, path, createWarningTally())
    const { cues, loops } = found[index]!
    expect(marks.cues.map(({ pad, startMs, name }) => [pad, startMs, name])).toEqual(
      cues.map(({ idx, pos_ms, label }) => [idx, pos_ms, label]),
    )
    expect(marks.loops.map(({ slot, startMs, endMs, name }) => [slot, startMs, endMs, name])).toEqual(
      loops.map(({ idx, start_ms, end_ms, label }) => [idx, start_ms, end_ms, label]),
    )
  }
}

const MARKS = planSeratoMarks(
  NO_MARKS,
  [
    ...['Intro', 'Build', 'Drop é', 'Break', 'Verse', 'Chorus', 'Outro'].map((name, index) => ({
      startSeconds: 0.5 + 30 * index,
      endSeconds: null,
      name,
      colour: index === 2 ? '#ef4444' : null,
    })),
    { startSeconds: 28, endSeconds: 30.5, name: 'Last bars', colour: null },
  ],
  'replace',
).marks
const GRID = {
  anchors: [
    { seconds: 0.5, bpm: 120, beatOfBar: 0 },
    { seconds: 60.5, bpm: 126, beatOfBar: 0 },
  ],
}

const writeTagged = async (name: string, bytes: Uint8Array): Promise<string> => {
  const [source, target] = [join(folder, `plain-${name}`), join(folder, `tagged-${name}`)]
  writeFileSync(source, bytes)
  const layout = name.endsWith('m4a') ? 'mp4' : 'id3'
  const frames = formatSeratoFrames(MARKS, GRID, { layout, hasOldMarks: !/(?:flac|ogg)$/.test(name) }, null)
  await writeSeratoFrames({ source, target, frames, backup: null })
  return target
}
const fixture = (extension: string, name = 'two-clicks'): Buffer =>
  readFileSync(join(import.meta.dirname, `../../src/platform/decoding/fixtures/${name}.${extension}`))
/** The title "Night" in a tag of version 2.2. */
const OLD_TAG = Buffer.from('ID3\u0002\0\0\0\0\0\u000cTT2\0\0\u0006\0Night', 'latin1')

test('sidecaramel reads the cues, loops and names that we write, in every kind of file', async () => {
  const paths = [
    ...(await Promise.all(
      ['mp3', 'flac', 'm4a'].map((extension) => writeTagged(`a.${extension}`, fixture(extension))),
    )),
    await writeTagged('fragments.m4a', fixture('m4a', 'in-fragments')),
    await writeTagged('old.mp3', Buffer.concat([OLD_TAG, fixture('mp3')])),
    await writeTagged('a.wav', wavBytes([new Float32Array(4410)])),
  ]
  expect(
    read<Sidecaramel>('sidecaramel', paths).map(({ bpm, cues, loops }) => [bpm, cues.length, loops.length]),
  ).toEqual(paths.map(() => [126, 7, 1]))
  await compareTags(paths)
})

test('what others write into Ogg and Opus files, in either of the two ways, we read', async () => {
  const names = ['a.ogg', 'a.opus', 'bare.ogg', 'bare.opus']
  const paths = names.map((name) => join(folder, name))
  for (const path of paths) writeFileSync(path, fixture(path.slice(path.lastIndexOf('.') + 1)))
  read('tag_ogg', paths)
  const found = await Promise.all(paths.map((path) => readSeratoFrames(path)))
  for (const [index, frames] of found.entries()) {
    const { cues, loops } = readSeratoMarks(frames!, names[index]!, createWarningTally())
    expect(cues).toEqual([{ pad: 2, startMs: 1500, colour: 0xcc0000, name: 'Drop é' }])
    expect(loops).toEqual([{ slot: 0, startMs: 2000, endMs: 4000, isLocked: false, name: 'Loop' }])
  }
  expect(found.map((frames) => frames!.beatGrid === undefined)).toEqual([false, false, true, true])
})

test('mutagen and sidecaramel read what we write into an Ogg file, whose pages are whole', async () => {
  const expected = {
    pages: true,
    grid: '000000010000000000000002(0.500000,120)(60.500000,126.000000)',
    cues: MARKS.cues.map(({ pad, startMs, name }) => [pad, startMs, name]),
    loops: [[0, 28_000, 30_500, 'Last bars']],
  }
  const withCover = withOggComments(fixture('ogg'), [`METADATA_BLOCK_PICTURE=${'QUJD'.repeat(40_000)}`], 16)
  const found = read('ogg_marks', [await writeTagged('c.ogg', fixture('ogg')), await writeTagged('d.ogg', withCover)])
  expect(found).toMatchObject([expected, expected])
})

test('serato-tools reads the cues, the loop and the grid that we write into an MP3 file', async () => {
  const [found] = read('serato_tags', [await writeTagged('b.mp3', fixture('mp3'))])
  expect(found).toEqual({
    cues: MARKS.cues.map(({ pad, startMs, name }) => [pad, startMs, name]),
    loops: [[0, 28_000, 30_500, 'Last bars']],
    grid: [
      [0.5, 120, null],
      [60.5, null, 126],
    ],
  })
})

test('serato-tools reads the tracks of a crate that we write', () => {
  const path = join(folder, `${crateStem(['Nights'], 'Late')}.crate`)
  const tracks = ['Music/a.mp3', 'Users/é/b.flac']
  writeFileSync(path, formatCrate(tracks))
  expect(read('serato_crate', [path])).toEqual([tracks])
})

const realFiles = REAL_FILES === undefined ? [] : namesIn(REAL_FILES).map((name) => join(REAL_FILES, name))

test('second readers and we find the same in the real files', async ({ skip }) => {
  skip(REAL_FILES === undefined, 'ALGIERS_FOREIGN_FILES names no folder of real files')
  compareAnalyses(REAL_FILES!)
  await compareTags(realFiles.filter((path) => /serato.*\.(?:mp3|aiff|flac|m4a)$/.test(path)))
  const crates = realFiles.filter((path) => path.endsWith('.crate'))
  const ours = crates.map((path) => readCrate(new Uint8Array(readFileSync(path)), path, createWarningTally()).trackKeys)
  expect(read('serato_crate', crates)).toEqual(ours)
})
