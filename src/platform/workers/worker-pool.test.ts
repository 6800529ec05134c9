import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { constantGrid } from '../../core/beats/constant-grid.fixture.ts'
import { BEAT_ROW_LENGTH } from '../../core/features/beat-context.ts'
import { SPAN_ROW_LENGTH } from '../../core/features/span-features.ts'
import type { BoostedTrees } from '../../core/models/regression-trees.ts'
import type { Head, SectionModel } from '../../core/models/section-model.ts'
import { paintTrack } from '../../core/sections/painted-track.fixture.ts'
import { analyseFile } from '../../engine/analysis/analyse-file.ts'
import { writeTinyEars } from '../inference/tiny-ears.fixture.ts'
import type { TaskInput } from './tasks.ts'
import { WorkerPool } from './worker-pool.ts'

let folder = ''
let pool: WorkerPool
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-pool-'))
  writeTestTrack(join(folder, 'a.wav'), { bpm: 128, seed: 1, rootHz: 55 })
})
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(() => {
  pool = new WorkerPool({ size: 2 })
})
afterEach(() => pool.close())

const path = (name: string): string => join(folder, name)

/** Asks why of a model that never comes to an end: the node of its tree is its own child. */
const endless = (): TaskInput<'explainSection'> => {
  const matrix = paintTrack('a', [['drop', 32]], { seed: 1 }).matrix
  const tree: BoostedTrees = {
    classCount: 2,
    columnCount: 1,
    baseScores: new Float32Array(1),
    treeRoots: Int32Array.of(0),
    treeOutputs: new Uint8Array(1),
    features: Int16Array.of(0),
    thresholds: new Float32Array(1),
    lefts: new Int32Array(1),
    rights: new Int32Array(1),
    values: new Float32Array(1),
    covers: new Float32Array(1),
  }
  const headOf = (columnCount: number): Head => ({ trees: { ...tree, columnCount }, temperature: 1 })
  const model = {
    kinds: ['intro', 'drop'],
    spanHead: headOf(SPAN_ROW_LENGTH),
    beatHead: headOf(BEAT_ROW_LENGTH),
  } as unknown as SectionModel
  return { model, features: matrix, grid: constantGrid(120, 32), span: { startBeat: 0, endBeat: 8 } }
}

test('an error crosses with its code and words, and the thread works on', async () => {
  const absent = analyseFile(pool, { path: path('absent.wav'), grid: null })
  await expect(absent).rejects.toMatchObject({ name: 'UserError', code: 'AUDIO_NOT_FOUND', hint: expect.any(String) })
  expect((await pool.run('identifyTrack', { path: path('a.wav') })).fileDigest).toHaveLength(64)
})

test('aborting ends a task under way and one that waits, and others go on', async () => {
  const cancel = new AbortController()
  const { signal } = cancel
  const endless = { tracks: [], options: { featureSpec: '', seed: 1 } }
  const input = { path: path('a.wav'), grid: null }
  const running = [analyseFile(pool, input, { signal }), analyseFile(pool, input, { signal })]
  const waiting = [pool.run('trainSections', endless, { signal }), pool.run('identifyTrack', { path: path('a.wav') })]
  cancel.abort('stop')
  const settled = await Promise.allSettled([...running, ...waiting])
  expect(settled.map((one) => (one.status === 'rejected' ? one.reason : 'done'))).toEqual([
    'stop',
    'stop',
    'stop',
    'done',
  ])
})

test('a training that takes too much memory ends by itself, and others go on', async () => {
  const small = new WorkerPool({ size: 1, heapMegabytes: 64 })
  const label = { id: 'x', kind: 'drop', source: 'user', startBeat: 0, endBeat: 8 } as const
  const labels = Array.from({ length: 1_000_000 }, () => ({ ...label }))
  const matrix = { columns: [], beats: 0, values: new Float32Array() }
  const grid = { anchors: [] } as unknown as BeatGrid
  const tracks = [{ audioDigest: 'a', artist: null, matrix, grid, labels }]
  await expect(small.run('trainSections', { tracks, options: { featureSpec: '', seed: 1 } })).rejects.toMatchObject({
    code: 'TRAINING_OUT_OF_MEMORY',
  })
  expect((await small.run('identifyTrack', { path: path('a.wav') })).fileDigest).toHaveLength(64)
  await small.close()
})

test('a thread that nobody needs ends, and the next task gets another', async () => {
  const small = new WorkerPool({ size: 1, idleMs: 1 })
  const identify = (): Promise<unknown> => small.run('identifyTrack', { path: path('a.wav') })
  await identify()
  while (small.threads > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await identify()
  await small.close()
  const kept = new WorkerPool({ size: 1, idleMs: null })
  await kept.run('identifyTrack', { path: path('a.wav') })
  expect(kept.threads).toBe(1)
  await kept.close()
})

test('of threads that nobody needs one stays for a while, the others end soon', async () => {
  const two = new WorkerPool({ size: 2, spareMs: 1 })
  const identify = (): Promise<unknown> => two.run('identifyTrack', { path: path('a.wav') })
  const both = Promise.all([identify(), identify()])
  expect(two.threads).toBe(2)
  await both
  while (two.threads > 1) await new Promise((resolve) => setTimeout(resolve, 5))
  await identify()
  expect(two.threads).toBe(1)
  await two.close()
})

test('a task waits for the thread that is there, and gets one of its own where that takes too long', async () => {
  const identify = (patient: WorkerPool): Promise<unknown> => patient.run('identifyTrack', { path: path('a.wav') })
  const patient = new WorkerPool({ size: 2, patienceMs: 600_000 })
  const both = Promise.all([identify(patient), identify(patient)])
  expect(patient.threads).toBe(1)
  await both
  expect(patient.threads).toBe(1)
  await patient.close()
  const hasty = new WorkerPool({ size: 2, patienceMs: 1, limitsMs: {} })
  const stopped = expect(hasty.run('explainSection', endless())).rejects.toMatchObject({ code: 'CANCELLED' })
  await identify(hasty)
  await hasty.close()
  await stopped
})

test('a model that never answers is stopped once a thread has worked on it for so long, and the thread is free', async () => {
  const one = new WorkerPool({ size: 1, limitsMs: { explainSection: 50 } })
  await expect(one.run('explainSection', endless())).rejects.toMatchObject({ code: 'MODEL_TIMEOUT' })
  expect((await one.run('identifyTrack', { path: path('a.wav') })).fileDigest).toHaveLength(64)
  await one.close()
})

test('closing ends what runs', async () => {
  const running = analyseFile(pool, { path: path('a.wav'), grid: null })
  const refused = expect(running).rejects.toMatchObject({ code: 'CANCELLED' })
  await pool.close()
  await refused
})

test('closing while a network is opened does not take the process along', async () => {
  writeTinyEars(path('ears'))
  for (const delay of [100, 200, 300, 400]) {
    const closing = new WorkerPool({ size: 1 })
    const outcome = closing.run('proveEars', { folder: path('ears') }).then(
      () => 'done in time',
      ({ code }: { code: string }) => code,
    )
    await new Promise((resolve) => setTimeout(resolve, delay))
    await closing.close()
    expect(['done in time', 'CANCELLED']).toContain(await outcome)
  }
})
