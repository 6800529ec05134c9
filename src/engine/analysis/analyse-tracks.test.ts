import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { scanLibrary } from '../collection/scan-library.ts'
import { NO_EARS } from '../kit/ears.ts'
import type { Workspace } from '../kit/workspace.ts'
import { analyseTracks } from './analyse-tracks.ts'
import { editGrid } from './edit-grid.ts'

let folder = ''
let store: Store
let workspace: Workspace
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-analyse-'))
  mkdirSync(music('.'))
  store = openStore(join(folder, 'data'))
  store.roots.add(music('.'))
  workspace = { store, pool: inlineRunner, ears: NO_EARS, emit: () => {} }
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const music = (name: string): string => join(folder, 'music', name)
const write = (name: string, seed: number, bpm: number): void => writeTestTrack(music(name), { bpm, seed, rootHz: 55 })

test('a file that is replaced after the scan is not analysed as the old track', async () => {
  write('a.wav', 1, 128)
  await scanLibrary(workspace, { analyse: false })
  write('a.wav', 2, 132)
  const { analysed, failures } = await analyseTracks(workspace)
  expect(analysed).toBe(0)
  expect(failures.map(({ error }) => error.code)).toEqual(['AUDIO_CHANGED'])
  expect(store.analyses.get(1)).toBeNull()
})

test('what lies in the sound is told once, then left alone and counted, and tried again when somebody asks', async () => {
  write('a.wav', 1, 128)
  write('b.wav', 2, 132)
  await scanLibrary(workspace, { analyse: false })
  store.analyses.putFailure(1, { code: 'DECODER_TIMEOUT', detail: 'a.wav: not decoded after 120 s' })
  store.analyses.putFailure(2, { code: 'AUDIO_NOT_FOUND', detail: 'b.wav: away for a moment' })
  for (const analysed of [1, 0])
    expect(await scanLibrary(workspace)).toMatchObject({ analysed, leftAlone: 1, failures: [] })
  const asked = await analyseTracks(workspace, { only: new Set([1]) })
  expect(asked).toMatchObject({ analysed: 1, leftAlone: 0, failures: [] })
  expect(await scanLibrary(workspace)).toMatchObject({ leftAlone: 0, upToDate: 2 })
})

test('tracks that are taken away while they are analysed do not keep the others out', async () => {
  for (let seed = 1; seed <= 3; seed++) write(`${seed}.wav`, seed, 126 + seed)
  await scanLibrary(workspace, { analyse: false })
  const [one, two, three] = store.tracks.ids()
  const taken = [one!, three!]
  const removing: TaskRunner = {
    size: 1,
    run: async (name, input, options) => {
      const output = await inlineRunner.run(name, input, options)
      if (name === 'decodeAudio' && taken.length > 0) store.presence.forget(taken.splice(0))
      return output as never
    },
  }
  const report = await analyseTracks({ ...workspace, pool: removing })
  expect(report).toMatchObject({ analysed: 1, unreachable: 2, failures: [] })
  expect(store.analyses.get(two!)?.trackId).toBe(two)
})

test('new grids are estimated for tracks that nobody edited; an edit by hand always wins', async () => {
  write('a.wav', 1, 128)
  write('b.wav', 2, 132)
  await scanLibrary(workspace)
  const grids = (): readonly (string | undefined)[] => [1, 2].map((id) => store.grids.current(id)?.digest)
  const estimated = grids()
  await editGrid(store, store.tracks.get(1)!, { kind: 'shift', beats: 1 })
  const edited = grids()
  expect(edited[0]).not.toBe(estimated[0])
  expect(await scanLibrary(workspace, { newGrids: true })).toMatchObject({
    analysed: 2,
    failures: [],
  })
  expect(grids()).toEqual(edited)
  expect(store.analyses.get(1)?.gridDigest).toBe(edited[0])
})
