/** What people make of tracks, asked of a library and of a catalogue that hold the same ones: suggestions, grids, trainings and versions. */
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { App } from './app.ts'
import { type BothFacades, openBoth } from './both-facades.fixture.ts'
import { refused, userSpan } from './engine/catalogue/catalogue.fixture.ts'
import { trainNext } from './engine/catalogue/train-for-team.ts'
import { isTerminal } from './engine/kit/job.ts'
import { addFixtureTrack } from './engine/kit/library.fixture.ts'
import { readAs } from './engine/labelling/read-track.fixture.ts'
import { NO_POSTGRES, sharedPostgres } from './platform/catalogue/postgres.fixture.ts'
import { digestOf } from './platform/store/digest.ts'
import { sharedPool } from './platform/workers/shared-pool.fixture.ts'

const postgres = sharedPostgres()
let both: BothFacades

const TRACKS = 10
const digestOfTrack = (index: number): string => digestOf(`track ${index}`)

beforeAll(async () => {
  if (postgres === null) return
  both = await openBoth(postgres.database(), (store) => {
    for (let index = 0; index < TRACKS; index++) {
      const trackId = addFixtureTrack(store, {
        index,
        audioDigest: digestOfTrack(index),
        tags: { title: `Track ${index}`, artist: `Artist ${index}` },
      })
      readAs(store, { trackId, modelVersion: 0 }, [
        ['intro', 0, 32, 0.9],
        ['drop', 32, 64, 0.8],
        ['outro', 64, 96, 0.7],
      ])
    }
  })
  await both.library.jobs.resume()
})
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(async () => {
  await both?.close()
})

const as: BothFacades['as'] = (who, ask) => both.as(who, ask)

/** In a library jobs run by themselves; in a catalogue a worker sees to them. */
const BOTH = [
  ['a library', <Result>(ask: (app: App) => Promise<Result>) => ask(both.library), async () => {}],
  [
    'a catalogue',
    <Result>(ask: (app: App) => Promise<Result>) => as('mia', ask),
    async () => {
      const { signal } = new AbortController()
      expect(await trainNext(both.reached, sharedPool(), { signal })).toBe(true)
      expect(await trainNext(both.reached, sharedPool(), { signal })).toBe(false)
    },
  ],
] as const

describe.each(BOTH)('in %s', (_name, ask, work) => {
  const track = digestOfTrack(0)
  const labels = (): Promise<readonly (readonly unknown[])[]> =>
    ask((app) => app.labelling.list({ track })).then((all) =>
      all.map(({ kind, startBeat, endBeat }) => [kind, startBeat, endBeat]),
    )
  const idOf = (reference: string): Promise<number> =>
    ask((app) => app.collection.track(reference)).then(({ id }) => id)
  const proposed = async (): Promise<readonly (readonly [string, number, string])[]> => {
    const trackId = await idOf(track)
    const found = await ask((app) => app.labelling.suggestions.list({ trackId, minConfidence: 0 }))
    return found.map(({ kind, startBeat, id }) => [kind, startBeat, id])
  }

  test('suggestions become labels, or are turned down and can be brought back', async () => {
    const before = await proposed()
    expect(before.map(([kind, start]) => [kind, start])).toEqual([
      ['intro', 0],
      ['drop', 32],
      ['outro', 64],
    ])
    const [intro, drop, outro] = before.map(([, , id]) => id)
    const { labels: made } = await ask((app) => app.labelling.suggestions.accept(track, intro!))
    expect(made).toMatchObject([{ kind: 'intro', startBeat: 0, endBeat: 32, source: 'auto_detected' }])
    await ask((app) => app.labelling.suggestions.accept(track, outro!, 'break'))
    await ask((app) => app.labelling.suggestions.reject(track, drop!))
    expect(await proposed()).toEqual([])
    expect(await labels()).toEqual([
      ['intro', 0, 32],
      ['break', 64, 96],
    ])
    expect(await refused(ask((app) => app.labelling.suggestions.reject(track, drop!)))).toBe('SUGGESTION_NOT_FOUND')
    const [turnedDown] = (await ask((app) => app.labelling.suggestions.rejected(track))).filter(
      ({ kind }) => kind === 'drop',
    )
    expect(turnedDown).toMatchObject({ kind: 'drop', startBeat: 32, version: 0 })
    await ask((app) => app.labelling.suggestions.restore(track, turnedDown!.id))
    expect((await proposed()).map(([kind]) => kind)).toEqual(['drop'])
  })

  test('a grid is edited in versions, labels go along with it and come exactly back', async () => {
    const seen = await ask((app) => app.labelling.revision(track))
    const edited = await ask((app) => app.analysis.editGrid(track, { kind: 'double' }, { version: 1 }))
    expect(edited).toMatchObject({ version: 2, origin: 'edited', edit: 'double' })
    expect(edited.grid.beatCount).toBe(192)
    expect(await labels()).toEqual([
      ['intro', 0, 64],
      ['break', 128, 192],
    ])
    expect(await refused(ask((app) => app.analysis.editGrid(track, { kind: 'confirm' }, { version: 1 })))).toBe(
      'GRID_CHANGED',
    )
    expect(await refused(ask((app) => app.labelling.replace(track, [], { revision: seen })))).toBe('LABELS_CHANGED')
    // What was read was read on other beats.
    expect(await proposed()).toEqual([])
    const back = await ask((app) => app.analysis.editGrid(track, { kind: 'restore', to: 1 }))
    expect(back).toMatchObject({ version: 3, origin: 'estimated', grid: { beatCount: 96 } })
    expect(await labels()).toEqual([
      ['intro', 0, 32],
      ['break', 64, 96],
    ])
    expect((await proposed()).map(([kind]) => kind)).toEqual(['drop'])
    expect(await refused(ask((app) => app.analysis.editGrid(track, { kind: 'restore', to: 9 })))).toBe(
      'GRID_EDIT_INVALID',
    )
  })

  test('labels train a version, which reads, gives way to another and goes', async () => {
    const payload = { exclude: [], seed: 1, epochs: 8 }
    expect(await refused(ask((app) => app.versions.startTraining(payload)))).toBe('NEED_MORE_LABELS')
    for (let index = 0; index < TRACKS; index++)
      await ask((app) =>
        app.labelling.replace(digestOfTrack(index), [
          userSpan('intro', 0, 32),
          userSpan('drop', 32, 64),
          userSpan('outro', 64, 96),
        ]),
      )
    const { id, status } = await ask((app) => app.versions.startTraining(payload))
    expect(isTerminal({ status })).toBe(false)
    await work()
    while (!isTerminal(await ask((app) => app.versions.training(id)))) await wait(100)
    expect(await refused(ask((app) => app.jobs.cancel(id)))).toBe('JOB_NOT_CANCELLABLE')
    const training = await ask((app) => app.versions.training(id))
    expect(training).toMatchObject({ status: 'completed', error: null, result: { version: 1, labelsWithoutAudio: 0 } })
    expect((await ask((app) => app.versions.losses(id))).length).toBeGreaterThan(0)
    expect((await ask((app) => app.versions.listTrainings(5))).map((job) => job.id)).toEqual([id])

    const shown = await ask((app) => app.versions.show(1))
    expect(shown).toMatchObject({ version: 1, origin: 'trained', isActive: false, damage: null, tracksGone: 0 })
    // The three parts could not be easier to tell apart.
    expect(shown.accuracy).toBeGreaterThan(0.9)
    const judged = await ask((app) => app.versions.judge())
    expect(judged.map(({ version, figures }) => [version, figures?.labels])).toEqual([
      [0, 30],
      [1, 30],
    ])
    expect(await ask((app) => app.versions.preview(1))).toMatchObject({ version: 1, readsNow: 0 })

    expect(await ask((app) => app.versions.activate(1))).toBeNull()
    const read = await ask((app) => app.reading.readSections(track))
    expect(read).toMatchObject({ version: 1, scope: null })
    expect(read.sections.map(({ kind }) => kind)).toContain('drop')
    expect(await ask((app) => app.reading.storedSections(track))).toEqual(read)
    expect(await refused(ask((app) => app.versions.delete(1)))).toBe('MODEL_ACTIVE')
    await ask((app) => app.versions.describe(1, { name: 'mine' }))
    expect(await ask((app) => app.versions.activate(0))).toBe(1)
    expect(
      (await ask((app) => app.versions.list({ withShipped: true }))).map(({ version, name, isActive }) => [
        version,
        name,
        isActive,
      ]),
    ).toEqual([
      [1, 'mine', false],
      [0, 'ships with Algiers', true],
    ])
    const { bytes } = await ask((app) => app.versions.exportBundle(1))
    expect(await ask((app) => app.versions.importBundle(bytes))).toMatchObject({ version: 2, origin: 'imported' })
    await ask((app) => app.versions.delete(1))
    expect((await ask((app) => app.versions.list())).map(({ version }) => version)).toEqual([2])
    await ask((app) => app.versions.delete(2))
  })

  test('a training that is cancelled makes nothing', async () => {
    const { id } = await ask((app) => app.versions.startTraining({ exclude: [], seed: 2, epochs: 8 }))
    expect(await refused(ask((app) => app.versions.startTraining({ exclude: [], seed: 3, epochs: 8 })))).toBe(
      'TRAINING_IN_PROGRESS',
    )
    expect((await ask((app) => app.jobs.cancel(id))).status).toBe('cancelled')
    expect((await ask((app) => app.jobs.cancel(id))).status).toBe('cancelled')
    expect(await ask((app) => app.versions.list())).toEqual([])
  })
})

test('versions, trainings, decisions and grids of a team are its own', async () => {
  const { id } = await as('mia', (app) => app.versions.startTraining({ exclude: [], seed: 4, epochs: 4 }))
  const { signal } = new AbortController()
  await trainNext(both.reached, sharedPool(), { signal })
  const { result } = await as('mia', (app) => app.versions.training(id))
  const { version } = result!
  await as('mia', (app) => app.versions.activate(version))
  await as('mia', (app) => app.analysis.editGrid(digestOfTrack(1), { kind: 'shift', beats: 1 }))
  const track = digestOfTrack(1)
  expect(await as('ada', (app) => app.versions.show(version))).toMatchObject({ version, isActive: true })
  expect(await as('eve', (app) => app.versions.list())).toEqual([])
  for (const touch of [
    (app: App) => app.versions.show(version),
    (app: App) => app.versions.activate(version),
    (app: App) => app.versions.delete(version),
    (app: App) => app.versions.exportBundle(version),
    (app: App) => app.reading.readSections(track, { version }),
  ])
    expect(await refused(as<unknown>('eve', touch))).toBe('MODEL_NOT_FOUND')
  expect(await refused(as('eve', (app) => app.versions.training(id)))).toBe('JOB_NOT_FOUND')
  expect(await refused(as('eve', (app) => app.jobs.cancel(id)))).toBe('JOB_NOT_FOUND')
  expect((await as('eve', (app) => app.collection.track(track))).grid).toMatchObject({
    version: 1,
    origin: 'estimated',
  })
  for (const touch of [
    (app: App) => app.versions.activate(0),
    (app: App) => app.versions.delete(version),
    (app: App) => app.versions.startTraining({ exclude: [], seed: 1, epochs: 1 }),
    (app: App) => app.analysis.editGrid(track, { kind: 'confirm' }),
    (app: App) => app.labelling.suggestions.reject(track, 'any'),
    (app: App) => app.jobs.cancel(id),
  ])
    expect(await refused(as<unknown>('ada', touch))).toBe('FORBIDDEN')
  await as('mia', (app) => app.analysis.editGrid(track, { kind: 'restore', to: 1 }))
})

test('a training whose worker has died is begun again by another, and what the first one brings is dropped', async () => {
  const { id } = await as('mia', (app) => app.versions.startTraining({ exclude: [], seed: 5, epochs: 4 }))
  const before = (await as('mia', (app) => app.versions.list())).length
  // As a worker leaves it that took it and was killed.
  await both.reached.sql(
    `UPDATE algiers.jobs SET status = 'training', attempt = 1, beat_at = now() - interval '1 minute' WHERE id = $1`,
    [id],
  )
  const { signal } = new AbortController()
  await Promise.all([
    trainNext(both.reached, sharedPool(), { signal }),
    trainNext(both.reached, sharedPool(), { signal }),
  ])
  expect(await as('mia', (app) => app.versions.training(id))).toMatchObject({ status: 'completed', attempt: 2 })
  expect(await as('mia', (app) => app.versions.list())).toHaveLength(before + 1)
})

test('a worker that is told to end gives its training back', async () => {
  const { id } = await as('mia', (app) => app.versions.startTraining({ exclude: [], seed: 6, epochs: 4 }))
  await trainNext(both.reached, sharedPool(), { signal: AbortSignal.abort() })
  expect((await as('mia', (app) => app.versions.training(id))).status).toBe('pending')
  await as('mia', (app) => app.jobs.cancel(id))
})
