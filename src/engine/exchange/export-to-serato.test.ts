import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UNKNOWN_FOREIGN_TRACK } from '../../core/interop/libraries/foreign-library.ts'
import { DEFAULT_CUE_PLAN } from '../../core/interop/libraries/plan-cues.ts'
import { readCrate } from '../../core/interop/libraries/serato/serato-crates.ts'
import { withSeratoFrames } from '../../core/interop/libraries/serato/serato-track.ts'
import { createWarningTally } from '../../core/interop/libraries/warning-tally.ts'
import { identifyFile } from '../../platform/decoding/identity.ts'
import { readSeratoFrames } from '../../platform/decoding/tags.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { exportToProgram } from './export-to-program.ts'
import type { ProgramExportOptions } from './program-export.ts'

let folder: string
let store: Store
const SOUND = new URL('../../platform/decoding/fixtures/', import.meta.url)
const put = (name: string, extension: string): string => {
  const path = join(folder, 'music', name)
  writeFileSync(path, readFileSync(new URL(`two-clicks.${extension}`, SOUND)))
  // Fixture tracks lie in a folder that is gone.
  return join('..', path)
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-serato-export-'))
  mkdirSync(join(folder, 'music'))
  store = openStore(join(folder, 'data'))
  store.settings.set('base_model', false)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const run = (change: Partial<ProgramExportOptions> = {}) =>
  exportToProgram({ store, emit: () => {} } as unknown as Workspace, {
    format: 'serato',
    output: join(folder, 'out'),
    plan: { ...DEFAULT_CUE_PLAN, loop: { bars: 4, at: 'start' } },
    grid: true,
    key: false,
    playlists: true,
    trackIds: null,
    relative: false,
    into: null,
    mode: 'extend',
    dryRun: false,
    ...change,
  })

const addTracks = (): void => {
  const kinds = ['intro', 'drop'] as const
  addFixtureTrack(store, { index: 1, kinds, tags: { title: 'One' }, path: put('one.mp3', 'mp3') })
  addFixtureTrack(store, { index: 2, kinds, tags: { title: 'Two' }, path: put('two.flac', 'flac') })
  addFixtureTrack(store, { index: 3, kinds, tags: { title: 'Three' }, path: put('three.ogg', 'ogg') })
}

test('copies get the sections as cues and loops, with grids, crates and a manifest; a kind without such tags is told', async () => {
  addTracks()
  const planned = await run({ dryRun: true })
  expect(existsSync(join(folder, 'out'))).toBe(false)
  const report = await run()
  expect({ ...planned, dryRun: false }).toEqual(report)
  expect(report).toMatchObject({ format: 'serato', tracks: 2, cues: 4, loops: 4, playlists: 1, leftOut: 0 })
  expect(report.skipped).toMatchObject([{ title: 'Three', reason: 'tags not writable' }])
  for (const name of ['one.mp3', 'two.flac']) {
    const [source, copy] = [join(folder, 'music', name), join(folder, 'out', name)]
    const frames = (await readSeratoFrames(copy))!
    const { cues, grid } = withSeratoFrames(UNKNOWN_FOREIGN_TRACK, frames, createWarningTally())
    expect(cues.map(({ type, name: given, startSeconds }) => [type, given, startSeconds])).toEqual([
      ['cue', 'Intro', 0],
      ['loop', 'Intro', 0],
      ['cue', 'Drop', 16],
      ['loop', 'Drop', 16],
    ])
    expect(grid!.anchors).toEqual([{ seconds: 0, bpm: 120, beatOfBar: 0 }])
    expect(await readSeratoFrames(source)).toBeNull()
    expect((await identifyFile(copy)).audioDigest).toBe((await identifyFile(source)).audioDigest)
  }
  const crate = report.files.find((path) => path.endsWith('.crate'))!
  expect(readCrate(readFileSync(crate), crate, createWarningTally())).toEqual({
    name: 'All tracks',
    folders: ['Algiers'],
    trackKeys: ['one.mp3', 'two.flac'].map((name) => join(folder, 'out', name).slice(1)),
  })
  const { files } = JSON.parse(readFileSync(report.manifest, 'utf8'))
  expect(files[0]).toMatchObject({
    name: 'one.mp3',
    sha256: (await identifyFile(join(folder, 'out/one.mp3'))).fileDigest,
  })
})

test('nothing is written over', async () => {
  addTracks()
  await run()
  const before = readFileSync(join(folder, 'out', 'one.mp3'))
  await expect(run()).rejects.toMatchObject({ code: 'EXPORT_EXISTS' })
  expect(readFileSync(join(folder, 'out', 'one.mp3'))).toEqual(before)
})
