import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { type Client, createClient } from './operations/client.ts'
import { startTestServer, type TestServer, until } from './server.fixture.ts'

let server: TestServer
let client: Client
beforeAll(async () => {
  server = await startTestServer((store) => {
    for (let index = 0; index < 14; index++) {
      addFixtureTrack(store, { index, kinds: ['outro', 'break', 'intro'], tags: { genre: 'Techno' } })
      addFixtureTrack(store, { index: 20 + index, kinds: ['intro', 'drop', 'outro'], tags: { genre: 'House' } })
    }
  })
  client = createClient(server.address)
})
afterAll(() => server.close())

test('a label takes a kind of one’s own by name or id, is one of the seven on the wire, and keeps it', async () => {
  const lens = await client.addLens({ body: { name: 'Club' } })
  const kind = { name: 'Peak', colour: '#aa3300', key: '9', maps_to: 'drop' } as const
  const own = await client.addOwnKind({ params: { id: lens.id }, body: kind })
  expect(own).toMatchObject({ ...kind, lens_id: lens.id, labels: 0, is_removed: false })
  const [first] = await client.listLabels({ query: { track_id: 1 } })
  const changed = await client.changeLabel({ params: { id: first!.id }, query: {}, body: { label_value: 'peak' } })
  expect(changed).toMatchObject({ label_value: 'drop', own_kind_id: own.id })
  expect((await client.listLenses())[0]!.kinds[0]).toMatchObject({ name: 'Peak', labels: 1 })
  const path = `/api/tracks/1/labels`
  const sent = { id: first!.id, label_value: 'drop', start_beat: 0, end_beat: 28 }
  const kept = (await server.json('PUT', path, { labels: [sent] })).body as { labels: { own_kind_id: number }[] }
  expect(kept.labels[0]!.own_kind_id).toBe(own.id)
  expect(await server.json('POST', `/api/lenses/${lens.id}/kinds`, kind)).toMatchObject({ status: 409 })
  expect(await server.json('POST', '/api/lenses/99/kinds', kind)).toMatchObject({ status: 404 })
  expect(await client.removeOwnKind({ params: { id: own.id } })).toEqual({
    step_id: expect.any(Number),
    says: 'Removed the kind “Peak”',
    message: 'kind removed; 1 label keeps it',
  })
  expect((await client.listOwnKinds())[0]).toMatchObject({ is_removed: true, labels: 1 })
  await client.changeLabel({ params: { id: first!.id }, query: {}, body: { label_value: 'outro' } })
})

test('one training makes the general version and that of a scope, and each section says which one spoke', async () => {
  const scope = await client.addScope({ body: { name: 'Techno', filter: 'genre=Techno' } })
  expect(scope).toMatchObject({ filter: 'genre=Techno', tracks: 14, is_answering: false, versions: [] })
  const { job_id } = await client.train({ body: { epochs: 8, scopes: [scope.id] } })
  const done = await until(async () => {
    const job = await client.training({ params: { job_id } })
    return job.status === 'completed' || job.status === 'failed' ? job : null
  })
  expect(done).toMatchObject({ status: 'completed', model_version: 1, scopes: [{ version: 2, is_proven: true }] })
  expect(
    (await client.listModels({ query: {} })).map(({ version, scope: of, model_type }) => [version, of, model_type]),
  ).toEqual([
    [2, { id: scope.id, name: 'Techno' }, 'dj_section'],
    [1, null, 'dj_section'],
  ])
  await client.activateModel({ params: { version: 1 } })
  await client.activateModel({ params: { version: 2 } })
  const active = (await client.listModels({ query: {} })).filter(({ is_active }) => is_active)
  expect(active.map(({ version }) => version)).toEqual([2, 1])
  expect(await client.trackSections({ params: { id: '3' }, query: {} })).toMatchObject({
    version: 2,
    scope: { name: 'Techno' },
    sections: expect.arrayContaining([expect.objectContaining({ energy: null })]),
  })
  expect(await client.trackSections({ params: { id: '2' }, query: {} })).toMatchObject({ version: 1, scope: null })
  const span = { start_beat: 32, end_beat: 64 }
  const why = await client.evidence({ params: { id: '3' }, query: span })
  expect(why).toMatchObject({ version: 2, scope: { name: 'Techno' } })
  expect(await server.json('DELETE', '/api/training/models/2')).toMatchObject({ status: 409 })
  const back = await client.changeScope({ params: { id: scope.id }, body: { active_version: null } })
  expect(back).toMatchObject({ active_version: null, is_answering: false, versions: [2] })
  expect(await client.trackSections({ params: { id: '3' }, query: {} })).toMatchObject({ version: 1, scope: null })
  await client.activateModel({ params: { version: 2 } })
  const removed = await client.removeScope({ params: { id: scope.id } })
  expect(removed).toMatchObject({ says: 'Removed the scope “Techno”', message: 'scope removed; it keeps 1 version' })
  expect(await client.trackSections({ params: { id: '3' }, query: {} })).toMatchObject({ version: 1, scope: null })
  await client.undoLabelStep({ params: { id: removed.step_id } })
  expect(await client.listScopes()).toMatchObject([{ name: 'Techno', active_version: 2, is_answering: true }])
  expect(await client.trackSections({ params: { id: '3' }, query: {} })).toMatchObject({ version: 2 })
  await client.removeScope({ params: { id: scope.id } })
  expect(await server.json('POST', '/api/training/models/2/activate')).toMatchObject({ status: 404 })
})
