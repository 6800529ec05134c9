import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type App, openApp } from '../../app.ts'
import { runAlgiers } from '../../cli/run-algiers.fixture.ts'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import { sharedThreads } from '../../platform/workers/shared-pool.fixture.ts'
import { isTerminal, type Job } from '../kit/job.ts'

const SHIPPED = 0
const SCAN = { analyse: true, newGrids: false }

let folder = ''
let app: App
/** What happened to which track, in order. */
let happened: { readonly type: 'analysis' | 'sections'; readonly trackId: number }[]
let whenNext: (() => void) | null

const openLibrary = async (): Promise<void> => {
  app = await openApp({ dataDir: join(folder, 'data'), threads: sharedThreads })
  happened = []
  await app.events.follow(null, ({ event }) => {
    if (event.type !== 'analysis' && event.type !== 'sections') return
    happened.push({ type: event.type, trackId: event.trackId })
    whenNext?.()
  })
}

/** Waits until something is true after some event. */
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise<void>((resolve) => (whenNext = resolve))
}

const ended = async (id: number): Promise<Job> => {
  for (;;) {
    const job = await app.jobs.get(id)
    if (isTerminal(job)) return job
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const fill = async (tracks: number): Promise<void> => {
  const path = (track: number): string => join(folder, 'music', `${String(track).padStart(2, '0')}.wav`)
  writeTestTrack(path(1), { bpm: 128, seed: 1, rootHz: 55 })
  const bytes = readFileSync(path(1))
  for (let track = 2; track <= tracks; track++) {
    // Another last sample makes another recording, which need not be rendered.
    bytes.writeInt16LE(track, bytes.length - 2)
    writeFileSync(path(track), bytes)
  }
  await app.collection.addRoot(join(folder, 'music'))
}

const withSections = async (): Promise<readonly number[]> => {
  const { tracks } = await app.collection.searchTracks({ limit: 100 })
  const read = await Promise.all(tracks.map(({ id }) => app.reading.storedSections(String(id), SHIPPED)))
  return read.flatMap((one) => (one === null ? [] : [one.trackId]))
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-follow-'))
  mkdirSync(join(folder, 'music'))
  whenNext = null
  await openLibrary()
  // One thread, so that one track comes after the other.
  await app.upkeep.settings.change({ workers: 1 })
  await app.close()
  await openLibrary()
})
afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

test('each track has its sections before the next is analysed, and no second job follows', async () => {
  await fill(3)
  await app.jobs.resume()
  const { id } = await app.collection.startScan(SCAN)
  expect(await ended(id)).toMatchObject({ status: 'completed', result: { analysed: 3, failures: [] } })
  expect(happened.map(({ type }) => type)).toEqual(Array.from({ length: 3 }, () => ['analysis', 'sections']).flat())
  expect(await withSections()).toHaveLength(3)
  expect(await app.jobs.list()).toHaveLength(1)
})

test('a scan that is cancelled leaves every track that it analysed with sections', async () => {
  await fill(12)
  await app.jobs.resume()
  const { id } = await app.collection.startScan(SCAN)
  await until(() => happened.filter(({ type }) => type === 'analysis').length >= 2)
  expect(await app.jobs.cancel(id)).toMatchObject({ status: 'cancelled' })
  const done = happened.filter(({ type }) => type === 'analysis').map(({ trackId }) => trackId)
  expect(done.length).toBeLessThan(12)
  expect(await withSections()).toEqual(expect.arrayContaining(done))
})

test('the first track is through before the last file of the folder is read', async () => {
  // The first track waits for the networks to start, in which many small files are read.
  await fill(1)
  await app.collection.scan()
  happened = []
  await fill(25)
  let readBefore: number | null = null
  let readSoFar = 0
  // What is analysed after that shows nothing more.
  const enough = new AbortController()
  const scanning = app.collection.scan({
    signal: enough.signal,
    onProgress: ({ stage, done }) => {
      if (stage !== 'reading') return
      readSoFar = done
      if (happened.some(({ type }) => type === 'sections')) readBefore ??= done
      if (done === 25) enough.abort(new Error('enough'))
    },
  })
  await expect(scanning).rejects.toThrow('enough')
  expect(readSoFar).toBe(25)
  expect(readBefore).toBeLessThan(25)
})

test('the track that is open comes before all that waits in a scan', async () => {
  await fill(16)
  await app.collection.scan({ analyse: false })
  await app.jobs.resume()
  const scan = await app.collection.startScan(SCAN)
  await until(() => happened.some(({ type }) => type === 'sections'))
  const last = String(await lastTrack())
  const job = await app.reading.open(last)
  expect(job).toMatchObject({ kind: 'analyse', priority: 'urgent', payload: { trackIds: [Number(last)] } })
  await ended(job!.id)
  const order = happened.filter(({ type }) => type === 'sections').map(({ trackId }) => trackId)
  expect(order).toContain(Number(last))
  expect(order.length).toBeLessThan(8)
  expect(await app.jobs.get(scan.id)).toMatchObject({ status: 'running' })
  // It lacks nothing any more.
  expect(await app.reading.open(last)).toBeNull()
})

test('only the track that was opened last is waited for, and a wish of somebody else is kept', async () => {
  await fill(4)
  await app.collection.scan({ analyse: false })
  const { tracks } = await app.collection.searchTracks({ sort: 'title' })
  const [asked, one, other] = tracks.map(({ id }) => id) as [number, number, number]
  const wish = await app.analysis.start({ trackIds: [asked], newGrids: false })
  expect((await app.reading.open(String(asked)))?.id).toBe(wish.id)
  const first = (await app.reading.open(String(one)))!
  const second = (await app.reading.open(String(other)))!
  const statusOf = async (id: number): Promise<string> => (await app.jobs.get(id)).status
  expect(await Promise.all([wish.id, first.id, second.id].map(statusOf))).toEqual(['pending', 'cancelled', 'pending'])
})

test('a track that is analysed but not read is read when it is opened', async () => {
  await app.upkeep.settings.change({ auto_classify: false })
  await fill(1)
  await app.collection.scan()
  const track = String(await lastTrack())
  expect(await app.reading.open(track)).toBeNull()
  await app.upkeep.settings.change({ auto_classify: true })
  await app.jobs.resume()
  const job = (await app.reading.open(track))!
  expect(await ended(job.id)).toMatchObject({ kind: 'classify', status: 'completed', result: { classified: 1 } })
  expect(await withSections()).toEqual([Number(track)])
})

test('what was analysed and not read is read after the next scan, and only once', async () => {
  await app.upkeep.settings.change({ auto_classify: false })
  await fill(2)
  await app.collection.scan()
  await app.upkeep.settings.change({ auto_classify: true })
  await app.jobs.resume()
  await ended((await app.collection.startScan(SCAN)).id)
  const [reading] = await app.jobs.list({ kind: 'classify' })
  expect(await ended(reading!.id)).toMatchObject({ priority: 'background', result: { classified: 2 } })
  expect(await withSections()).toHaveLength(2)
  await ended((await app.collection.startScan(SCAN)).id)
  expect(await app.jobs.list({ kind: 'classify' })).toHaveLength(1)
})

test('a scan on the command line gives sections too', async () => {
  await fill(1)
  await app.close()
  expect((await runAlgiers(join(folder, 'data'), ['library', 'scan'])).code).toBe(0)
  await openLibrary()
  expect(await withSections()).toHaveLength(1)
})

const lastTrack = async (): Promise<number> =>
  (await app.collection.searchTracks({ sort: 'added', descending: true, limit: 1 })).tracks[0]!.id
