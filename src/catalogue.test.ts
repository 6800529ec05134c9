/** The same questions to a library and to a catalogue that hold the same music: what both can do, both do alike. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type App, openApp } from './app.ts'
import { initCatalogue, type OpenCatalogue, openCatalogue, openKeeper } from './catalogue.ts'
import { letIn, type TestPeople } from './catalogue-people.fixture.ts'
import { writeTestTrack } from './cli/test-track.fixture.ts'
import { refused, userSpan } from './engine/catalogue/catalogue.fixture.ts'
import { reachCatalogue } from './engine/catalogue/catalogue.ts'
import { makeAnalyst } from './engine/catalogue/run-worker.ts'
import { work } from './engine/catalogue/work.ts'
import type { LoggedEvent } from './engine/kit/event-log.ts'
import { NO_POSTGRES, sharedPostgres } from './platform/catalogue/postgres.fixture.ts'
import { openQueue } from './platform/catalogue/queue.ts'
import { sharedPool, sharedThreads } from './platform/workers/shared-pool.fixture.ts'

const postgres = sharedPostgres()
let folder: string
let library: App
let catalogue: OpenCatalogue
let address: string
let people: TestPeople

const workAll = async (url: string): Promise<void> => {
  const open = await reachCatalogue(url)
  const queue = await openQueue(open, { supervises: false, report: () => {} })
  const analyst = await makeAnalyst(open, sharedPool())
  const { signal } = new AbortController()
  await work({ catalogue: open, queue, analyst }, { concurrency: 1, signal, untilDone: true, onEvent: () => {} })
  await queue.close()
  await open.close()
}

beforeAll(async () => {
  if (postgres === null) return
  folder = mkdtempSync(join(tmpdir(), 'catalogue-contract-'))
  const music = join(folder, 'music')
  mkdirSync(music)
  writeTestTrack(join(music, 'Ännchen.wav'), { bpm: 120, seed: 1, rootHz: 55 })
  writeTestTrack(join(music, 'bright.wav'), { bpm: 126, seed: 2, rootHz: 110 })
  writeTestTrack(join(music, 'also bright.wav'), { bpm: 128, seed: 3, rootHz: 110 })
  library = await openApp({ dataDir: join(folder, 'data'), threads: sharedThreads })
  await library.collection.addRoot(music)
  await library.collection.scan()
  const url = postgres.database()
  await initCatalogue(url, join(folder, 'objects'))
  const keeper = await openKeeper(url)
  await keeper.add(music)
  catalogue = await openCatalogue(url)
  people = await letIn(url, catalogue)
  await keeper.close()
  await workAll(url)
  address = url
})
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(async () => {
  await library?.close()
  await catalogue?.app.close()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

const as = <Result>(who: keyof TestPeople, ask: (app: App) => Promise<Result>): Promise<Result> =>
  catalogue.people.actAs(people[who], () => ask(catalogue.app))

const BOTH = [
  ['a library', <Result>(ask: (app: App) => Promise<Result>) => ask(library)],
  ['a catalogue', <Result>(ask: (app: App) => Promise<Result>) => as('mia', ask)],
] as const
const both = async <Result>(ask: (app: App) => Promise<Result>): Promise<readonly [Result, Result]> => [
  await BOTH[0][1](ask),
  await BOTH[1][1](ask),
]
const expectAlike = async <Result>(ask: (app: App) => Promise<Result>): Promise<Result> => {
  const [one, other] = await both(ask)
  expect(other).toEqual(one)
  return one
}
const titles = (app: App, search: Parameters<App['collection']['searchTracks']>[0]): Promise<readonly string[]> =>
  app.collection.searchTracks(search).then(({ tracks }) => tracks.map(({ title }) => title))

test('both list the same tracks, sorted, narrowed and by pages', async () => {
  expect(await expectAlike((app) => titles(app, {}))).toEqual(['also bright', 'Ännchen', 'bright'])
  expect(await expectAlike((app) => titles(app, { sort: 'bpm', descending: true }))).toEqual([
    'also bright',
    'bright',
    'Ännchen',
  ])
  expect(await expectAlike((app) => titles(app, { text: 'ANNCHEN' }))).toEqual(['Ännchen'])
  expect(await expectAlike((app) => titles(app, { bpmMin: 126, bpmMax: 126 }))).toEqual(['bright'])
  expect(await expectAlike((app) => titles(app, { text: '100%_' }))).toEqual([])
  for (const sort of ['title', 'artist', 'duration', 'genre'] as const)
    await expectAlike((app) => titles(app, { sort }))
  for (const standing of ['present', 'analysed', 'not_analysed'] as const)
    await expectAlike((app) => titles(app, { standing }))
  const pages = await expectAlike(async (app) => {
    const { tracks, total } = await app.collection.searchTracks({ limit: 1, offset: 1 })
    return { titles: tracks.map(({ title }) => title), total }
  })
  expect(pages).toEqual({ titles: ['Ännchen'], total: 3 })
})

test('both tell the same of a track: grid, key, energy, loudness, strip, faults, tags and sections', async () => {
  const told = await expectAlike(async (app) => {
    const [first] = (await app.collection.searchTracks({ text: 'also' })).tracks
    const { contentHash } = await app.collection.track(String(first!.id))
    const { id: _, addedAt: __, locations, analysedAt, grid, path, ...track } = await app.collection.track(contentHash)
    return {
      ...track,
      grid: grid?.grid,
      files: locations.map(({ path: place, sizeBytes, fileDigest }) => ({ place, sizeBytes, fileDigest })),
      path,
      isAnalysed: analysedAt !== null,
      heard: await app.analysis.trackTags(contentHash),
      sections: (await app.reading.storedSections(contentHash, 0))?.sections,
      unread: await app.reading.storedSections(contentHash),
      waveform: [...(await app.analysis.waveform(contentHash)).bytes].length,
      suggestions: (await app.labelling.suggestions.list({ trackId: track ? first!.id : 0 })).map(
        ({ trackId: ___, ...suggestion }) => suggestion,
      ),
    }
  })
  expect(told).toMatchObject({ title: 'also bright', state: 'ok', isAnalysed: true, unread: null })
  expect(told.sections!.length).toBeGreaterThan(0)
  await expectAlike((app) => app.analysis.libraryTags())
})

test('both find the track that sounds most alike, and leave out what does not mix', async () => {
  const nearest = (app: App, mix: object = {}): Promise<readonly string[]> =>
    app.sounds.similarTracks('also bright', mix).then((list) => list.map(({ track }) => track.title))
  expect((await expectAlike((app) => nearest(app)))[0]).toBe('bright')
  expect(await expectAlike((app) => nearest(app, { tempoWithinPercent: 2 }))).toEqual(['bright'])
  expect(await expectAlike((app) => nearest(app, { limit: 1 }))).toHaveLength(1)
})

test('both find the same sections of other tracks, of a kind too, and tell what is heard in one', async () => {
  const found = await expectAlike(async (app) => {
    const { id } = (await app.collection.searchTracks({ text: 'also' })).tracks[0]!
    const { id: _, track: __, ...section } = await app.sounds.section(`${id}-40`)
    const listed = async (options: object): Promise<readonly string[]> =>
      (await app.sounds.similarSections(`${id}-40`, { limit: 100, ...options }))
        .map(({ section: { track, kind, startBeat, endBeat } }) => `${track.title} ${kind} ${startBeat} ${endBeat}`)
        .toSorted()
    const kinds = ['intro', 'drop', 'break', 'outro'] as const
    const ofKinds = await Promise.all(kinds.map((kind) => listed({ kind })))
    return { section, all: await listed({}), ofKinds, mixing: await listed({ tempoWithinPercent: 2 }) }
  })
  expect(found.all.length).toBeGreaterThan(found.mixing.length)
  expect(found.mixing.length).toBeGreaterThan(0)
  expect(found.section.tags!.length).toBeGreaterThan(0)
})

describe.each(BOTH)('labels in %s', (_name, ask) => {
  const first = (): Promise<string> =>
    ask(async (app) => String((await app.collection.searchTracks({ text: 'annchen' })).tracks[0]!.id))

  test('are added, trimmed, changed, counted and deleted', async () => {
    const track = await first()
    const added = await ask((app) => app.labelling.add(track, userSpan('intro', 0, 16)))
    expect(added.labels).toMatchObject([{ kind: 'intro', startBeat: 0, endBeat: 16 }])
    expect(await refused(ask((app) => app.labelling.add(track, userSpan('drop', 8, 32))))).toBe('LABEL_OVERLAP')
    await ask((app) => app.labelling.add(track, userSpan('drop', 8, 32), { overlap: 'trim' }))
    const list = (): Promise<readonly (readonly unknown[])[]> =>
      ask((app) => app.labelling.list({ track })).then((labels) =>
        labels.map(({ kind, startBeat, endBeat }) => [kind, startBeat, endBeat]),
      )
    expect(await list()).toEqual([
      ['intro', 0, 8],
      ['drop', 8, 32],
    ])
    const { id } = (await ask((app) => app.labelling.list({ track, kind: 'drop' })))[0]!
    await ask((app) => app.labelling.update(id, { kind: 'build' }))
    expect(await ask((app) => app.labelling.get(id))).toMatchObject({ kind: 'build', trackTitle: 'Ännchen' })
    expect((await ask((app) => app.labelling.stats())).totalLabels).toBe(2)
    expect(await ask((app) => titles(app, { hasLabels: true }))).toEqual(['Ännchen'])
    expect(await ask((app) => titles(app, { labelKinds: ['build', 'intro'] }))).toEqual(['Ännchen'])
    expect(await ask((app) => titles(app, { labelKinds: ['drop'] }))).toEqual([])
    await ask((app) => app.labelling.delete(id))
    expect(await refused(ask((app) => app.labelling.delete(id)))).toBe('LABEL_NOT_FOUND')
    expect(await list()).toEqual([['intro', 0, 8]])
  })

  test('are replaced only where nobody else has changed them since', async () => {
    const track = await first()
    const seen = await ask((app) => app.labelling.revision(track))
    await ask((app) => app.labelling.replace(track, [userSpan('drop', 0, 32)], { revision: seen }))
    expect(await refused(ask((app) => app.labelling.replace(track, [], { revision: seen })))).toBe('LABELS_CHANGED')
    expect(await ask((app) => app.labelling.list({ track }))).toHaveLength(1)
    await ask((app) => app.labelling.replace(track, []))
  })

  test('that many people paint at once are all there', async () => {
    const track = await first()
    const spans = Array.from({ length: 8 }, (_, index) => userSpan('verse', 8 * index, 8 * index + 8))
    await Promise.all(spans.map((one) => ask((app) => app.labelling.add(track, one))))
    expect((await ask((app) => app.labelling.list({ track }))).map(({ startBeat }) => startBeat)).toEqual(
      spans.map(({ startBeat }) => startBeat),
    )
    await ask((app) => app.labelling.replace(track, []))
  })

  test('tell whoever follows, and whoever comes back later', async () => {
    const track = await first()
    const before = await ask((app) => app.events.lastId())
    const { promise, resolve } = Promise.withResolvers<LoggedEvent>()
    const { stop } = await ask((app) =>
      app.events.follow(null, (event) => event.event.type === 'labels' && resolve(event)),
    )
    await ask((app) => app.labelling.add(track, userSpan('outro', 0, 16)))
    const { id, event } = await promise
    stop()
    expect(event).toEqual({ type: 'labels', trackIds: [Number(track)] })
    const missed = await ask((app) => app.events.since(before))
    expect(missed).toMatchObject({ complete: true, events: [{ id, event }] })
    expect((await ask((app) => app.events.since(id + 1_000_000_000))).complete).toBe(false)
    await ask((app) => app.labelling.replace(track, []))
  })
})

test('labels of a team are its own: another team neither sees nor changes them, and who only looks changes none', async () => {
  const { id: number } = (await as('mia', (app) => app.collection.searchTracks({ text: 'annchen' }))).tracks[0]!
  const track = String(number)
  const intro = {
    kind: 'intro',
    source: 'user',
    startBeat: 0,
    endBeat: 16,
    startSeconds: null,
    endSeconds: null,
  } as const
  const { id } = (await as('mia', (app) => app.labelling.add(track, intro))).labels[0]!
  expect(await as('tom', (app) => app.labelling.list({ track }))).toHaveLength(1)
  expect(await as('ada', (app) => app.labelling.get(id))).toMatchObject({ kind: 'intro' })
  expect(await as('eve', (app) => app.labelling.list({ track }))).toEqual([])
  expect((await as('eve', (app) => app.collection.track(track))).labels).toBe(0)
  for (const touch of [
    (app: App) => app.labelling.get(id),
    (app: App) => app.labelling.delete(id),
    (app: App) => app.labelling.update(id, { kind: 'drop' }),
  ])
    await expect(as<unknown>('eve', touch)).rejects.toMatchObject({ code: 'LABEL_NOT_FOUND' })
  for (const touch of [
    (app: App) => app.labelling.add(track, { ...intro, startBeat: 32, endBeat: 48 }),
    (app: App) => app.labelling.replace(track, []),
    (app: App) => app.labelling.delete(id),
    (app: App) => app.labelling.update(id, { kind: 'drop' }),
  ])
    await expect(as<unknown>('ada', touch)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await as('eve', (app) => app.labelling.replace(track, [{ ...intro, kind: 'drop' }]))
  expect(await as('tom', (app) => app.labelling.list({ track }))).toMatchObject([{ id, kind: 'intro' }])
  const seenByEve = await as('eve', (app) => app.events.since(0))
  expect(seenByEve.events.filter(({ event }) => event.type === 'labels')).toHaveLength(1)
  await expect(catalogue.app.labelling.list({ track })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  await as('mia', (app) => app.labelling.replace(track, []))
})

test('a track is measured on the grid that a team has edited, and the sound is where its file lies', async () => {
  const track = (await as('mia', (app) => app.collection.searchTracks({ text: 'annchen' }))).tracks[0]!
  const reference = String(track.id)
  await as('mia', (app) => app.analysis.editGrid(reference, { kind: 'double' }))
  expect(await as('mia', (app) => app.collection.track(reference))).toMatchObject({ state: 'stale', strip: null })
  await workAll(address)
  const measured = await as('mia', (app) => app.collection.track(reference))
  const ofOthers = await as('eve', (app) => app.collection.track(reference))
  expect([measured.state, ofOthers.state]).toEqual(['ok', 'ok'])
  expect(measured.tempoBpm).toBeCloseTo(2 * ofOthers.tempoBpm!, 6)
  const suggested = await as('mia', (app) => app.labelling.suggestions.list({ trackId: track.id }))
  expect(suggested.at(-1)!.endBeat).toBe(measured.grid!.grid.beatCount)
  await as('mia', (app) => app.analysis.editGrid(reference, { kind: 'restore', to: 1 }))
  expect((await as('mia', (app) => app.collection.audio(reference))).path).toBe(track.path)
})

test('a token opens what it was made for, until it is taken back', async () => {
  expect(people.mia).toMatchObject({ name: 'mia', role: 'labeller' })
  for (const wrong of ['', '1', '1.', `1.${'x'.repeat(43)}`, `999.${'x'.repeat(43)}`, "1.' OR true --"])
    expect(await catalogue.people.of(wrong)).toBeNull()
})

test('what a catalogue cannot do is refused by name, at any depth', async () => {
  for (const ask of [
    (app: App) => app.collection.addRoot('/music'),
    (app: App) => app.sets.kept.list(),
    (app: App) => app.versions.offers.show('any'),
    (app: App) => app.upkeep.backups.list(),
    (app: App) => app.collection.searchTracks({ needsReview: true }),
    (app: App) => app.collection.searchTracks({ sort: 'labels' }),
  ])
    await expect(as<unknown>('eve', ask)).rejects.toMatchObject({ code: 'NOT_IN_A_CATALOGUE' })
})
