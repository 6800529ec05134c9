import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unpackPiece } from '../../core/interop/packed-labels.ts'
import type { LabelImportPlan } from '../../core/interop/plan-label-import.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import type { TaskName } from '../../platform/workers/tasks.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import { type ImportOptions, importLabels } from './import-labels.ts'
import type { ImportReport } from './import-report.ts'

let folder = ''
let store: Store
let track = 0
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-imports-'))
  store = openStore(folder)
  track = addFixtureTrack(store, { index: 1, path: 'one.wav' })
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

/** The threads, and what they were asked to do. */
const watchedPool = (): TaskRunner & { readonly asked: TaskName[] } => {
  const [pool, asked] = [sharedPool(), [] as TaskName[]]
  return {
    size: pool.size,
    asked,
    run: (name, input, options) => {
      asked.push(name)
      return pool.run(name, input, options)
    },
  }
}

/** What comes of an import for this track, and of how many entries the plan of its edit told. */
const planned = async (
  files: readonly { readonly name: string; readonly text: string }[],
  options: ImportOptions,
): Promise<{ readonly report: ImportReport; readonly outcomes: number }> => {
  const pool = sharedPool()
  let outcomes = 0
  const run: TaskRunner['run'] = (name, input, more) => {
    const running = pool.run(name, input, more)
    if (name !== 'planLabels') return running
    return running.then((plan) => {
      outcomes = (plan as LabelImportPlan).outcomes.length
      return plan
    })
  }
  const report = await importLabels({ store, pool: { size: 1, run }, emit: () => {} }, { files }, options)
  return { report, outcomes }
}

const jams = (segments: number): string =>
  JSON.stringify({
    file_metadata: { title: 'one', duration: 60 },
    annotations: [
      {
        namespace: 'segment_open',
        data: Array.from({ length: segments }, (_, at) => ({
          time: at / 1000,
          duration: 0.001,
          value: 'drop',
          confidence: 1,
        })),
      },
    ],
  })
const MANY = 60_000

test('of a large file this thread sees only who it is for: threads read it and plan the edit', async () => {
  const files = [{ name: 'one.jams', text: jams(MANY) }]
  const { pieces, labels } = await sharedPool().run('readLabelFiles', { files })
  expect(pieces.flatMap(unpackPiece)).toMatchObject([{ name: 'one.jams', format: 'jams' }, { track: { title: 'one' } }])
  expect(labels.length).toBeGreaterThan(100 * MANY)
  const pool = watchedPool()
  const report = await importLabels({ store, pool, emit: () => {} }, { files }, { track: String(track) })
  expect(pool.asked).toEqual(['readLabelFiles', 'planLabels'])
  expect(report).toMatchObject({ imported: 0, tracks: [] })
  expect(report.refused).toHaveLength(100)
  // Equal refusals are one line, with their number.
  expect(report.files[0]!.reasons).toHaveLength(4)
  expect(report.files[0]!.reasons.at(-1)).toBe(
    '59,997 more labels could not be imported. Section too short: 5,000. File cannot be understood: 55,000.',
  )
})

test('many names for one track in a file are planned and told of as one', async () => {
  const rows = Array.from({ length: MANY }, (_, at) => `by ${at}/one.wav,${at === 0 ? 'drop' : 'applause'},0,32`)
  const files = [{ name: 'all.csv', text: ['track_path,label,start_beat,end_beat', ...rows].join('\n') }]
  const { report, outcomes } = await planned(files, { track: String(track) })
  expect(outcomes).toBe(1)
  expect(report).toMatchObject({ imported: 1, skipped: MANY - 1, tracks: [track] })
})

test('a file of many tracks is taken apart a little at a time, others having their turn between', async () => {
  const rows = Array.from({ length: 5000 }, (_, at) => `no ${at}.wav,drop,0,32`)
  const text = ['track_path,label,start_beat,end_beat', ...rows, 'one.wav,drop,0,32'].join('\n')
  const files = [{ name: 'all.csv', text }]
  const { pieces } = await sharedPool().run('readLabelFiles', { files })
  expect(Math.max(...pieces.map((piece) => unpackPiece(piece).length))).toBe(200)
  let turns = 0
  let isDone = false
  const count = (): void => {
    turns++
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  const report = await importLabels({ store, pool: sharedPool(), emit: () => {} }, { files })
  isDone = true
  expect(turns).toBeGreaterThan(pieces.length)
  expect(report).toMatchObject({ imported: 1, tracks: [track] })
  expect(report.files[0]!.unmatched).toHaveLength(100)
  expect(report.files[0]!.reasons.at(-1)).toBe('4,900 more could not be imported.')
})

test('an import that is called off keeps what it has taken, tells of it, and takes no more', async () => {
  addFixtureTrack(store, { index: 2, path: 'two.wav' })
  const text = 'track_path,label,start_beat,end_beat\none.wav,drop,0,32\ntwo.wav,drop,0,32\n'
  const told: unknown[] = []
  const off = new AbortController()
  const importing = importLabels(
    { store, pool: sharedPool(), emit: (event) => told.push(event) },
    { files: [{ name: 'all.csv', text }] },
    {},
    { signal: off.signal, onProgress: () => off.abort(new Error('called off')) },
  )
  await expect(importing).rejects.toThrow('called off')
  expect(store.labels.list().map(({ trackId }) => trackId)).toEqual([track])
  expect(told).toEqual([{ type: 'labels', trackIds: [track] }])
})

test('what a client has sent is kept for the job that reads it, and no longer', async () => {
  const kept = await store.stagedFiles.keep([{ name: 'one.txt', text: '0.0\t16.0\tdrop\n' }])
  const staged = store.stagedFiles.path(kept)
  await store.stagedFiles.keep([])
  await store.stagedFiles.dropOthers([kept])
  expect(readdirSync(join(staged, '..'))).toEqual([kept])
  expect(await importLabels({ store, pool: sharedPool(), emit: () => {} }, { staged })).toMatchObject({ imported: 1 })
  await store.stagedFiles.drop(kept)
  const again = importLabels({ store, pool: sharedPool(), emit: () => {} }, { staged })
  await expect(again).rejects.toEqual(expect.objectContaining({ code: 'LABEL_FILE_NOT_FOUND' }))
})
