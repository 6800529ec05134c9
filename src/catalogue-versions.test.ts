/** Versions of a team that several people change at once, at two servers, and what these keep of them between questions. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { App } from './app.ts'
import { type BothFacades, openBoth } from './both-facades.fixture.ts'
import { type OpenCatalogue, openCatalogue } from './catalogue.ts'
import { refused, userSpan } from './engine/catalogue/catalogue.fixture.ts'
import { trainNext } from './engine/catalogue/train-for-team.ts'
import { addFixtureTrack } from './engine/kit/library.fixture.ts'
import { NO_POSTGRES, sharedPostgres } from './platform/catalogue/postgres.fixture.ts'
import { digestOf } from './platform/store/digest.ts'
import { sharedPool } from './platform/workers/shared-pool.fixture.ts'

const postgres = sharedPostgres()
const TRACKS = 10
const digestOfTrack = (index: number): string => digestOf(`track ${index}`)
const SPANS = [userSpan('intro', 0, 32), userSpan('drop', 32, 64)]
let both: BothFacades
let other: OpenCatalogue
let bundle: Uint8Array

const here: BothFacades['as'] = (who, ask) => both.as(who, ask)
/** Somebody of the same team, at another server. */
const elsewhere = <Result>(ask: (app: App) => Promise<Result>): Promise<Result> =>
  other.people.actAs(both.people.tom, () => ask(other.app))
const listed = async () =>
  (await here('mia', (app) => app.versions.list())).map(({ version, name, isActive }) => [version, name, isActive])

beforeAll(async () => {
  if (postgres === null) return
  const url = postgres.database()
  both = await openBoth(url, (store) => {
    for (let index = 0; index < TRACKS; index++)
      addFixtureTrack(store, { index, audioDigest: digestOfTrack(index), tags: { artist: `Artist ${index}` } })
  })
  other = await openCatalogue(url)
  for (let index = 0; index < TRACKS; index++)
    await here('mia', (app) => app.labelling.replace(digestOfTrack(index), SPANS))
  await here('mia', (app) => app.versions.startTraining({ exclude: [], seed: 1, epochs: 4 }))
  await trainNext(both.reached, sharedPool(), { signal: new AbortController().signal })
  bundle = (await here('mia', (app) => app.versions.exportBundle(1))).bytes
})
beforeEach(async ({ skip }) => {
  skip(postgres === null, NO_POSTGRES)
  await here('mia', (app) => app.versions.activate(0))
  for (const [version] of await listed()) await here('mia', (app) => app.versions.delete(version as number))
})
afterAll(async () => {
  await other?.app.close()
  await both?.close()
})

const take = async (): Promise<number> => (await here('mia', (app) => app.versions.importBundle(bundle))).version

test('a version that one activates while another deletes it is one or the other', async () => {
  for (let at = 0; at < 4; at++) {
    const version = await take()
    const [activated, deleted] = await Promise.all([
      refused(here('mia', (app) => app.versions.activate(version))),
      refused(elsewhere((app) => app.versions.delete(version))),
    ])
    const isThere = (await listed()).some(([number]) => number === version)
    expect([activated, deleted]).toEqual(
      isThere ? ['nothing was refused', 'MODEL_ACTIVE'] : ['MODEL_NOT_FOUND', 'nothing was refused'],
    )
    expect(await refused(here('mia', (app) => app.versions.readActive()))).toBe('nothing was refused')
  }
})

test('a name and notes that two give at once are both there', async () => {
  const version = await take()
  await Promise.all([
    here('mia', (app) => app.versions.describe(version, { name: 'ours' })),
    elsewhere((app) => app.versions.describe(version, { notes: 'for Friday' })),
  ])
  expect(await here('mia', (app) => app.versions.show(version))).toMatchObject({ name: 'ours', notes: 'for Friday' })
})

test('labels are kept while versions change, and neither waits for the other for ever', async () => {
  const version = await take()
  for (let at = 0; at < 4; at++) {
    const spans = [userSpan('intro', 0, 32), userSpan(at % 2 === 0 ? 'break' : 'drop', 32, 64)]
    const done = await Promise.all([
      refused(here('mia', (app) => app.versions.describe(version, { name: `take ${at}` }))),
      refused(elsewhere((app) => app.labelling.replace(digestOfTrack(0), spans))),
      refused(elsewhere((app) => app.labelling.replace(digestOfTrack(1), spans))),
    ])
    expect(done).toEqual(Array.from(done, () => 'nothing was refused'))
  }
  expect(await listed()).toEqual([[version, 'take 3', false]])
})

test('a version for a part of a library, which came with one, is listed and not activated', async () => {
  const version = await take()
  await both.reached.sql(
    `UPDATE algiers.model_versions SET card = jsonb_set(card::jsonb, '{scope}', '{"id": 1, "name": "Slow", "filter": "bpm_max=100"}')::text WHERE version = $1`,
    [version],
  )
  const [view] = await here('mia', (app) => app.versions.list())
  expect(view!.scope).toEqual({ id: 1, name: 'Slow' })
  expect(await refused(here('mia', (app) => app.versions.activate(version)))).toBe('NOT_IN_A_CATALOGUE')
})

test('what is kept of versions is what it was, until they change anywhere', async () => {
  const version = await take()
  const kept = async () => {
    const [view] = await here('mia', (app) => app.versions.list())
    return [view!.labelCounts, await here('mia', (app) => app.versions.judge())] as const
  }
  const before = await kept()
  const again = await kept()
  for (const at of [0, 1] as const) expect(again[at]).toBe(before[at])
  expect(await listed()).toEqual([[version, null, false]])

  await elsewhere((app) => app.versions.describe(version, { name: 'ours' }))
  expect(await listed()).toEqual([[version, 'ours', false]])
  await elsewhere((app) => app.versions.activate(version))
  expect(await listed()).toEqual([[version, 'ours', true]])
  const model = await here('ada', (app) => app.versions.readActive())
  expect(await here('mia', (app) => app.versions.readActive())).toBe(model)
  expect(await refused(here('eve', (app) => app.versions.readActive()))).toBe('MODEL_NOT_FOUND')
  await elsewhere((app) => app.versions.activate(0))
  expect(await here('mia', (app) => app.versions.readActive())).not.toBe(model)
  await elsewhere((app) => app.versions.delete(version))
  expect(await listed()).toEqual([])
  expect(await refused(here('mia', (app) => app.versions.show(version)))).toBe('MODEL_NOT_FOUND')
})

test('what a judgement rests on has it made anew: labels, and grids that they are counted on', async () => {
  const version = await take()
  const judged = async (of: number) =>
    (await here('mia', (app) => app.versions.judge())).find((one) => one.version === of)?.figures
  const before = await judged(0)
  expect(before).toMatchObject({ labels: 2 * TRACKS })
  const track = digestOfTrack(0)
  await elsewhere((app) => app.labelling.replace(track, []))
  expect(await judged(0)).toMatchObject({ labels: 2 * TRACKS - 2 })
  await elsewhere((app) => app.labelling.replace(track, SPANS))
  expect(await judged(0)).toEqual(before)
  // Nobody has measured the track on the new grid yet.
  await elsewhere((app) => app.analysis.editGrid(track, { kind: 'double' }))
  expect(await judged(0)).toMatchObject({ labels: 2 * TRACKS - 2 })
  await elsewhere((app) => app.analysis.editGrid(track, { kind: 'restore', to: 1 }))
  expect(await judged(0)).toEqual(before)
  expect(await judged(version)).toBeNull()
})
