import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import { jobDefinitions } from '../../job-definitions.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import { analyseJob } from '../analysis/analyse-job.ts'
import { addRoot } from '../collection/library-roots.ts'
import { type ScanPayload, scanJob } from '../collection/scan-job.ts'
import { NO_EARS } from '../kit/ears.ts'
import { createEventLog, type EventLog } from '../kit/event-log.ts'
import { isTerminal, type Job, type JobPriority } from '../kit/job.ts'
import { addLabelledTracks } from '../kit/library.fixture.ts'
import { readLibraryJob } from '../reading/read-library-job.ts'
import { type TrainPayload, trainJob } from '../versions/train-job.ts'
import type { JobDefinition, JobOf } from './job-definition.ts'
import { JobQueue } from './job-queue.ts'

let folder = ''
let store: Store
const pool = sharedPool()
let events: EventLog
let told: Job[]
const open = (): JobQueue => {
  events = createEventLog()
  told = []
  events.subscribe(({ event }) => event.type === 'job' && told.push(event.job))
  return new JobQueue(
    { store, pool, ears: NO_EARS, emit: events.append },
    {
      definitions: jobDefinitions,
      withPriority: (rank) => pool.withPriority(rank),
    },
  )
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-jobs-'))
  mkdirSync(join(folder, 'music'))
  store = openStore(join(folder, 'data'))
  // Else every scan is followed by a reading with the shipped model.
  store.settings.set('base_model', false)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const music = (name: string): string => join(folder, 'music', name)
const ended = async (id: number): Promise<Job> => {
  const done = told.find((job) => job.id === id && isTerminal(job))
  if (done) return done
  return new Promise((resolve) => {
    const stop = events.subscribe(({ event }) => {
      if (event.type !== 'job' || event.job.id !== id || !isTerminal(event.job)) return
      stop()
      resolve(event.job)
    })
  })
}
const reached = (id: number, status: Job['status']): Promise<Job> =>
  new Promise((resolve) => {
    const stop = events.subscribe(({ event }) => {
      if (event.type !== 'job' || event.job.id !== id || event.job.status !== status) return
      stop()
      resolve(event.job)
    })
  })
const statusesOf = (id: number): readonly string[] => [
  ...new Set(told.filter((job) => job.id === id).map(({ status }) => status)),
]
const SCAN: ScanPayload = { analyse: true, newGrids: false }
const TRAIN: TrainPayload = { exclude: [], seed: 1, epochs: 8 }
const ENDLESS: TrainPayload = { exclude: [], seed: 1, epochs: 100_000 }
const code = (value: string): unknown => expect.objectContaining({ code: value })

test('a scan runs to its end, tells how far it is, and what it found', async () => {
  await addRoot(store, join(folder, 'music'))
  writeTestTrack(music('a.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  writeTestTrack(music('b.wav'), { bpm: 120, seed: 2, rootHz: 55 })
  const queue = open()
  const { id, status } = queue.start(scanJob, SCAN)
  expect(status).toBe('pending')
  queue.resume()
  expect(await ended(id)).toMatchObject({
    status: 'completed',
    progress: { fraction: 1, etaSeconds: null },
    result: { analysed: 2, failures: [] },
    attempt: 1,
  })
  expect(statusesOf(id)).toEqual(['pending', 'running', 'completed'])
  const fractions = told.filter((job) => job.id === id).map(({ progress }) => progress.fraction)
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
  const types = new Set(events.since(0).events.map(({ event }) => event.type))
  expect([...types].sort()).toEqual(['analysis', 'job', 'scan'])
  expect(queue.list().map((job) => job.jobId)).toEqual([`job_${id}`])
})

test('a training goes through its stages with real figures, and its model names the job', async () => {
  addLabelledTracks(store)
  const queue = open()
  queue.resume()
  const { id, jobId, progress } = queue.start(trainJob, TRAIN)
  expect(progress.training).toEqual({
    labelCounts: { intro: 10, build: 0, drop: 10, break: 0, outro: 10, verse: 0, chorus: 0 },
    epoch: null,
    totalEpochs: null,
    loss: null,
    validationLoss: null,
  })
  const job = (await ended(id)) as JobOf<typeof trainJob>
  expect(statusesOf(id)).toEqual(['pending', 'preparing', 'training', 'evaluating', 'completed'])
  expect(job.result).toMatchObject({ version: 1, labelsWithoutAudio: 0 })
  expect(job.result!.accuracy).toBeGreaterThan(0.9)
  expect(job.progress.training!.loss).toBeGreaterThan(0)
  expect(store.models.summary(1).card).toMatchObject({ training_job_id: jobId, accuracy: job.result!.accuracy })
})

test('a second training is refused with the id of the first, until that has ended', async () => {
  addLabelledTracks(store)
  const queue = open()
  queue.resume()
  const { id, jobId } = queue.start(trainJob, ENDLESS)
  await reached(id, 'training')
  expect(() => queue.start(trainJob, TRAIN)).toThrow(
    expect.objectContaining({ code: 'TRAINING_IN_PROGRESS', details: { jobId } }),
  )
  expect(await queue.cancel(id)).toMatchObject({ status: 'cancelled', error: null })
  expect(store.models.versions()).toEqual([])
  expect((await ended(queue.start(trainJob, TRAIN).id)).status).toBe('completed')
})

test('what cannot succeed is refused at once and leaves no job', () => {
  const queue = open()
  expect(() => queue.start(trainJob, TRAIN)).toThrow(code('NEED_MORE_LABELS') as Error)
  expect(() => queue.start(readLibraryJob, { version: 7, trackIds: null })).toThrow(code('MODEL_NOT_FOUND') as Error)
  expect(queue.list()).toEqual([])
})

test('cancelling twice is cancelling once; what has ended and what never was are refused', async () => {
  const queue = open()
  const { id } = queue.start(scanJob, SCAN)
  expect((await queue.cancel(id)).status).toBe('cancelled')
  expect((await queue.cancel(id)).status).toBe('cancelled')
  queue.resume()
  const done = await ended(queue.start(analyseJob, { trackIds: [], newGrids: false }).id)
  expect(done.status).toBe('completed')
  await expect(queue.cancel(done.id)).rejects.toEqual(code('JOB_NOT_CANCELLABLE'))
  await expect(queue.cancel(99)).rejects.toEqual(code('JOB_NOT_FOUND'))
  expect(statusesOf(id)).toEqual(['pending', 'cancelled'])
})

test('an equal job that waits is not put in twice; what the user looks at comes first, the background last', async () => {
  addLabelledTracks(store, 3)
  const queue = open()
  const start = (trackId: number, priority: JobPriority): number =>
    queue.start(analyseJob, { trackIds: [trackId], newGrids: false }, { priority }).id
  const last = start(1, 'background')
  const second = start(2, 'normal')
  const first = start(3, 'background')
  expect(start(2, 'background')).toBe(second)
  expect(queue.get(second).priority).toBe('normal')
  expect(start(3, 'urgent')).toBe(first)
  queue.resume()
  await Promise.all([first, second, last].map(ended))
  const begun = told.filter(({ status }) => status === 'running').map(({ id }) => id)
  expect([...new Set(begun)]).toEqual([first, second, last])
})

test('what an urgent job has analysed is not analysed again by the scan that it overtook', async () => {
  await addRoot(store, join(folder, 'music'))
  for (let seed = 1; seed <= 8; seed++) writeTestTrack(music(`${seed}.wav`), { bpm: 128, seed, rootHz: 55 })
  const queue = open()
  queue.resume()
  await ended(queue.start(scanJob, { analyse: false, newGrids: false }).id)
  const scan = queue.start(scanJob, SCAN)
  await reached(scan.id, 'running')
  const urgent = queue.start(analyseJob, { trackIds: [8], newGrids: false }, { priority: 'urgent' })
  expect(await ended(urgent.id)).toMatchObject({ result: { analysed: 1 } })
  expect(queue.get(scan.id).status).toBe('running')
  expect(await ended(scan.id)).toMatchObject({ result: { analysed: 7, upToDate: 1, failures: [] } })
})

test('only the tracks whose analysis failed are tried again, and nothing where nothing failed', async () => {
  await addRoot(store, join(folder, 'music'))
  const silence = Buffer.alloc(44 + 22050 * 2 * 8)
  writeTestTrack(music('a.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  readFileSync(music('a.wav')).copy(silence, 0, 0, 44)
  silence.writeUInt32LE(silence.length - 8, 4)
  silence.writeUInt32LE(silence.length - 44, 40)
  writeFileSync(music('silent.wav'), silence)
  const queue = open()
  queue.resume()
  const { id } = await ended(queue.start(scanJob, SCAN).id)
  const silent = store.tracks.list().find(({ locations }) => locations[0]!.path.endsWith('silent.wav'))!
  const again = queue.retryFailed(id)
  expect(again).toMatchObject({ kind: 'analyse', payload: { trackIds: [silent.id] } })
  expect((await ended(again.id)).result).toMatchObject({
    analysed: 0,
    failures: [{ trackId: silent.id, error: { code: 'AUDIO_SILENT' } }],
  })
  const clean = await ended(queue.start(analyseJob, { trackIds: [], newGrids: false }).id)
  expect(() => queue.retryFailed(clean.id)).toThrow(code('JOB_NOT_RETRYABLE') as Error)
})

/** What a process that was killed leaves. */
const leave = <Payload>({ kind }: JobDefinition<string, Payload>, payload: Payload, attempt = 1): number => {
  const progress = { stage: null, done: 0, total: 0, item: null, fraction: 0.4, etaSeconds: 3, training: null }
  const { id } = store.jobs.add({ kind, status: 'pending', priority: 1, payload, progress })
  store.jobs.update(id, { status: kind === 'train' ? 'training' : 'running', attempt })
  return id
}

test('what a killed process left: analysis waits again, training has failed, and nothing is stuck', () => {
  const scan = leave(scanJob, SCAN)
  const train = leave(trainJob, TRAIN)
  const queue = open()
  expect(queue.get(scan)).toMatchObject({ status: 'pending', progress: { fraction: 0 } })
  expect(queue.get(train)).toMatchObject({ status: 'failed', error: { code: 'INTERRUPTED' } })
  expect(queue.list({ statuses: ['running', 'preparing', 'training', 'evaluating'] })).toEqual([])
})

test('a training that was accepted but not begun is run by the next process', async () => {
  addLabelledTracks(store)
  const { id, jobId } = open().start(trainJob, TRAIN)
  const queue = open()
  expect(queue.get(id).status).toBe('pending')
  queue.resume()
  expect(await ended(id)).toMatchObject({ status: 'completed', jobId, attempt: 1 })
})

test('a job that was interrupted three times is not begun again by itself, but may be retried', () => {
  const scan = leave(scanJob, SCAN, 3)
  // It ended the process before a thread had it.
  const early = leave(analyseJob, { trackIds: null, newGrids: false }, 3)
  store.jobs.update(early, { status: 'pending' })
  const queue = open()
  for (const id of [scan, early])
    expect(queue.get(id)).toMatchObject({ status: 'failed', error: { code: 'INTERRUPTED' } })
  expect(queue.retryFailed(scan)).toMatchObject({ kind: 'scan', payload: SCAN, status: 'pending' })
})

test('a training whose model was published before the process ended is completed', async () => {
  addLabelledTracks(store)
  const first = open()
  first.resume()
  const { id } = first.start(trainJob, TRAIN)
  const done = await ended(id)
  store.jobs.update(id, { status: 'evaluating', result: null, completedAt: null })
  expect(open().get(id)).toMatchObject({ status: 'completed', result: done.result })
})

test('closing lets analysis wait for the next start without counting it as a crash', async () => {
  await addRoot(store, join(folder, 'music'))
  for (let seed = 1; seed < 4; seed++) writeTestTrack(music(`${seed}.wav`), { bpm: 128, seed, rootHz: 55 })
  const queue = open()
  queue.resume()
  const { id } = queue.start(scanJob, SCAN)
  await reached(id, 'running')
  await queue.close()
  expect(store.jobs.get(id)).toMatchObject({ status: 'pending', attempt: 0 })
  const next = open()
  next.resume()
  expect((await ended(id)).result).toMatchObject({ roots: [{ filesFound: 3 }] })
  expect(store.tracks.ids().map((track) => store.analyses.get(track)?.trackId)).toEqual([1, 2, 3])
})

test('new tracks are read with the active version once they are analysed', async () => {
  addLabelledTracks(store)
  await addRoot(store, join(folder, 'music'))
  const queue = open()
  queue.resume()
  await ended(queue.start(trainJob, TRAIN).id)
  store.models.activate(1)
  writeTestTrack(music('new.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  await ended(queue.start(scanJob, SCAN).id)
  const follower = queue.list({ kind: 'classify' })[0]!
  expect(follower.priority).toBe('background')
  expect((await ended(follower.id)).result).toMatchObject({ classified: 11, failures: [] })
  const again = await ended(queue.start(readLibraryJob, { version: 1, trackIds: null }).id)
  expect(again.result).toMatchObject({ classified: 0, upToDate: 11 })
})

test('while no version is active, new tracks are read with the shipped model, unless that is switched off', async () => {
  await addRoot(store, join(folder, 'music'))
  writeTestTrack(music('a.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  const queue = open()
  queue.resume()
  await ended(queue.start(scanJob, SCAN).id)
  expect(queue.list({ kind: 'classify' })).toEqual([])
  store.settings.set('base_model', true)
  writeTestTrack(music('b.wav'), { bpm: 120, seed: 2, rootHz: 55 })
  await ended(queue.start(scanJob, SCAN).id)
  const [follower] = queue.list({ kind: 'classify' })
  expect((await ended(follower!.id)).result).toMatchObject({ version: 0, classified: 2, failures: [] })
})
