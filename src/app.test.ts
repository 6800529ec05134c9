import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, expectTypeOf, test } from 'vitest'
import { type App, openApp } from './app.ts'
import {
  TEST_TRACK_BEATS,
  TEST_TRACK_DROP_BEAT,
  TEST_TRACK_OUTRO_BEAT,
  writeTestTrack,
} from './cli/test-track.fixture.ts'
import { decodePeaks } from './core/audio/waveform-peaks.ts'
import { isTerminal, type Job } from './engine/kit/job.ts'
import { sharedThreads } from './platform/workers/shared-pool.fixture.ts'
import type { Tools } from './tools.ts'

/** Names of the functions of a face, and of the faces within it, that answer with anything but a promise. */
type Unpromised<Face> = {
  [Name in keyof Face & string]: Face[Name] extends (...given: never[]) => infer Answer
    ? Answer extends Promise<unknown>
      ? never
      : Name
    : Face[Name] extends object
      ? `${Name}.${Unpromised<Face[Name]>}`
      : never
}[keyof Face & string]
let folder = ''
let app: App
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-app-'))
  mkdirSync(join(folder, 'music'))
  app = await openApp({ dataDir: join(folder, 'data'), threads: sharedThreads })
  await app.jobs.resume()
})
afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const reached = async (id: number, isIt: (job: Job) => boolean): Promise<Job> => {
  const { promise, resolve } = Promise.withResolvers<Job>()
  const look = (job: Job): void => {
    if (job.id === id && isIt(job)) resolve(job)
  }
  const { stop } = await app.events.follow(null, ({ event }) => event.type === 'job' && look(event.job))
  look(await app.jobs.get(id))
  return promise.finally(stop)
}
const ended = (id: number): Promise<Job> => reached(id, isTerminal)
const typesSince = async (id: number): Promise<readonly string[]> => [
  ...new Set((await app.events.since(id)).events.map(({ event }) => event.type)),
]
const scan = async (): Promise<Job> => ended((await app.collection.startScan({ analyse: true, newGrids: false })).id)

const addTracks = async (count: number): Promise<void> => {
  for (let seed = 1; seed <= count; seed++)
    writeTestTrack(join(folder, 'music', `${seed}.wav`), { bpm: 128, seed, rootHz: 55 })
  await app.collection.addRoot(join(folder, 'music'))
  await scan()
}

const LABELS = [
  { kind: 'intro', startBeat: 0, endBeat: TEST_TRACK_DROP_BEAT },
  { kind: 'drop', startBeat: TEST_TRACK_DROP_BEAT, endBeat: TEST_TRACK_OUTRO_BEAT },
  { kind: 'outro', startBeat: TEST_TRACK_OUTRO_BEAT, endBeat: TEST_TRACK_BEATS - 4 },
]

test('everything answers with a promise, behind which another back end can stand: the compiler checks it', () => {
  // Signals are of the platform.
  type Faces = Omit<App, 'session'>
  expectTypeOf<Unpromised<Faces>>().toBeNever()
  expectTypeOf<Unpromised<Omit<App['session'], 'renewal' | 'quitting'>>>().toBeNever()
  expectTypeOf<Unpromised<Tools>>().toBeNever()
})

test('from a folder to a model, its sections, suggestions and a bundle for others, all as jobs with events', async () => {
  // Half of what a training asks for: each track is analysed.
  await app.upkeep.settings.change({ min_samples_per_class: 5 })
  await addTracks(6)
  const tracks = (await app.collection.searchTracks({ sort: 'title' })).tracks
  expect(tracks.map(({ state }) => state)).toEqual(tracks.map(() => 'ok'))
  const labelled = tracks.slice(0, 5).map(({ id }) => String(id))
  const other = String(tracks[5]!.id)
  for (const track of labelled) await app.labelling.paint(track, LABELS)
  expect(await app.labelling.stats()).toMatchObject({ totalLabels: 15, readyForTraining: true })
  const trained = await ended((await app.versions.startTraining({ exclude: [], seed: 1, epochs: 6 })).id)
  expect(trained).toMatchObject({ status: 'completed', result: { version: 1 } })
  expect(await app.versions.list()).toMatchObject([{ version: 1, isActive: false, trainingJobId: trained.jobId }])
  expect(await app.reading.storedSections(other)).toBeNull()
  await expect(app.reading.readSections(other)).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' })

  const before = await app.events.lastId()
  await app.versions.activate(1)
  const reread = (await app.jobs.list({ kind: 'classify' }))[0]!
  expect(reread).toMatchObject({ priority: 'background', payload: { version: 1 } })
  expect(await ended(reread.id)).toMatchObject({ result: { classified: 6 } })
  expect(await typesSince(before)).toEqual(['models', 'job', 'sections'])

  const read = (await app.reading.storedSections(other))!
  const at = (beat: number): string | undefined =>
    read.sections.find(({ startBeat, endBeat }) => startBeat <= beat && beat < endBeat)?.kind
  expect([at(4), at(30), at(58)]).toEqual(['intro', 'drop', 'outro'])
  expect(await app.reading.readSections(other)).toEqual(read)

  const [first, ...rest] = await app.labelling.suggestions.list({ trackId: Number(other) })
  expect((await app.labelling.suggestions.accept(other, first!.id)).labels).toMatchObject([{ source: 'auto_detected' }])
  await app.labelling.suggestions.reject(other, rest[0]!.id)
  expect((await app.labelling.suggestions.list({ trackId: Number(other) })).map(({ id }) => id)).toEqual(
    rest.slice(1).map(({ id }) => id),
  )

  const { fileName, bytes } = await app.versions.exportBundle(1)
  expect(fileName).toBe('dj_section_v1.algiers-model')
  expect(await app.versions.importBundle(bytes)).toMatchObject({ version: 2, isActive: false })
  expect((await app.versions.show(2)).card!.imported).toMatchObject({ version: 1 })
  await expect(app.versions.delete(1)).rejects.toMatchObject({ code: 'MODEL_ACTIVE' })
  await app.versions.delete(2)
  expect(await app.versions.list()).toHaveLength(1)
})

test('an edited grid is analysed again at once, and labels stay with the music', async () => {
  await addTracks(1)
  const { id } = (await app.collection.searchTracks()).tracks[0]!
  await app.labelling.paint(String(id), LABELS)
  const grid = await app.analysis.editGrid(String(id), { kind: 'double' })
  const job = (await app.jobs.list({ kind: 'analyse' }))[0]!
  expect(job).toMatchObject({ priority: 'urgent', payload: { trackIds: [id] } })
  expect((await app.collection.track(String(id))).state).toBe('stale')
  expect(await ended(job.id)).toMatchObject({ result: { analysed: 1 } })
  const details = await app.collection.track(String(id))
  expect(details).toMatchObject({ state: 'ok', grid: { version: grid.version, origin: 'edited' } })
  expect((await app.labelling.list()).map(({ startBeat }) => startBeat)).toEqual([0, 32, 96])
})

test('a grid that was edited while its analysis ran is not overwritten by it', async () => {
  await addTracks(1)
  const id = String((await app.collection.searchTracks()).tracks[0]!.id)
  const again = await app.analysis.start({ trackIds: null, newGrids: true })
  await new Promise((resolve) => setTimeout(resolve, 20))
  const edited = await app.analysis.editGrid(id, { kind: 'shift', beats: 1 })
  await ended(again.id)
  await ended((await app.jobs.list({ kind: 'analyse' }))[0]!.id)
  expect(await app.collection.track(id)).toMatchObject({ state: 'ok', grid: { digest: edited.digest } })
})

test('the waveform is made by the analysis, made again when it is gone, and the same for all who ask at once', async () => {
  await addTracks(1)
  const id = String((await app.collection.searchTracks()).tracks[0]!.id)
  const peaks = join(folder, 'data', 'cache', 'peaks')
  expect(readdirSync(peaks)).toHaveLength(1)
  const { bytes } = await app.analysis.waveform(id)
  const { durationSeconds, levels } = decodePeaks(bytes)!
  expect(durationSeconds).toBeCloseTo((await app.collection.track(id)).durationSeconds!, 2)
  // The drop is loud, and it alone has bass all the time.
  const loudness = (fromBeat: number, toBeat: number): number => {
    const { values, peaksPerSecond } = levels[3]!
    const [from, to] = [fromBeat, toBeat].map((beat) => Math.floor(((beat * 60) / 128) * peaksPerSecond))
    const wholes = [...values.keys()].filter((index) => index % 4 === 0).map((index) => values[index]!)
    const part = wholes.slice(from, to)
    return part.reduce((sum, value) => sum + value, 0) / part.length
  }
  expect(loudness(20, 44)).toBeGreaterThan(loudness(0, 12))
  rmSync(peaks, { recursive: true })
  const [one, two] = await Promise.all([app.analysis.waveform(id), app.analysis.waveform(id)])
  expect(one.bytes).toEqual(bytes)
  expect(two.bytes).toBe(one.bytes)
  rmSync(peaks, { recursive: true })
  rmSync(join(folder, 'music', '1.wav'))
  await scan()
  await expect(app.analysis.waveform(id)).rejects.toMatchObject({
    code: expect.stringMatching(/AUDIO_NOT_FOUND|ROOT_OFFLINE/),
  })
})

test('what changes is told to whoever listens, and only that', async () => {
  await addTracks(1)
  const id = (await app.collection.searchTracks()).tracks[0]!.id
  const before = await app.events.lastId()
  await app.labelling.add(String(id), LABELS[0]!)
  await app.labelling.update(1, { kind: 'verse' })
  await app.labelling.delete(1)
  await expect(app.labelling.delete(1)).rejects.toMatchObject({ code: 'LABEL_NOT_FOUND' })
  await app.labelling.replace(String(id), LABELS)
  const { events, complete } = await app.events.since(before)
  expect(complete).toBe(true)
  expect(events.map(({ event }) => event)).toEqual(
    Array.from({ length: 4 }, () => ({ type: 'labels', trackIds: [id] })),
  )
})

test('health says what is there and what is going on', async () => {
  await app.upkeep.settings.change({ base_model: false })
  await addTracks(2)
  const { freeBytes, threads, hearing, ...health } = await app.upkeep.health()
  expect(hearing).toMatchObject({ state: 'ready', network: expect.stringMatching(/^ears \d+$/) })
  expect(health).toEqual({
    library: { state: 'sound', warning: null },
    tracks: 2,
    missing: 0,
    notAnalysed: 0,
    unreadable: 0,
    failed: 0,
    kind: 'library',
    ignoredFiles: 0,
    roots: { online: 1, offline: 0 },
    jobs: { waiting: 0, running: 0 },
    activeVersion: null,
  })
  expect(freeBytes).toBeGreaterThan(0)
  const first = await app.collection.startScan({ analyse: true, newGrids: true })
  await app.collection.startScan({ analyse: false, newGrids: false })
  await reached(first.id, ({ status }) => status === 'running')
  expect((await app.upkeep.health()).jobs).toEqual({ waiting: 1, running: 1 })
  rmSync(join(folder, 'music'), { recursive: true })
  await ended((await app.jobs.list())[0]!.id)
  expect(await app.upkeep.health()).toMatchObject({ roots: { online: 0, offline: 1 }, threads })
})

test('a job that waits when the process ends runs in the next one', async () => {
  await app.collection.addRoot(join(folder, 'music'))
  writeTestTrack(join(folder, 'music', 'a.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  const { id } = await app.collection.startScan({ analyse: true, newGrids: false })
  await app.close()
  app = await openApp({ dataDir: join(folder, 'data'), threads: sharedThreads })
  expect(await app.jobs.get(id)).toMatchObject({ status: 'pending', attempt: 0 })
  await app.jobs.resume()
  expect(await ended(id)).toMatchObject({ status: 'completed', result: { analysed: 1 } })
})
