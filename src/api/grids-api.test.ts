import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

let server: TestServer
let id = 0
beforeAll(async () => {
  server = await startTestServer((store) => {
    id = addFixtureTrack(store, { index: 0 })
  })
})
afterAll(() => server.close())

test('a grid edit is a new version, and a wrong one changes nothing', async () => {
  const edited = await server.json('POST', `/api/tracks/${id}/grid`, { kind: 'shift', beats: 1 })
  expect(edited).toMatchObject({ status: 201, body: { version: 2, origin: 'edited', grid: { first_downbeat: 1 } } })
  expect(await server.json('POST', `/api/tracks/${id}/grid`, { kind: 'nudge', seconds: 4000 })).toMatchObject({
    status: 422,
    body: { code: 'GRID_EDIT_INVALID' },
  })
  expect((await server.request('POST', `/api/tracks/${id}/grid`, { kind: 'explode' })).status).toBe(422)
})

test('the grid of another program is an edit like any other, and can be taken back', async () => {
  const { body: before } = await server.json<{ offered_grids: unknown[]; grid: { version: number; grid: unknown } }>(
    'GET',
    `/api/tracks/${id}`,
  )
  expect(before.offered_grids).toEqual([])
  const theirs = {
    kind: 'import',
    program: 'Traktor',
    anchors: [{ beat: 0, seconds: 0.1, bpm: 64 }],
    first_downbeat: 0,
    first_phrase: 0,
    says_bars: true,
  }
  const edit = (body: object) => server.json('POST', `/api/tracks/${id}/grid`, body)
  expect(await edit(theirs)).toMatchObject({
    status: 201,
    body: { edit: 'import Traktor', grid: { anchors: [{ bpm: 64, seconds: 0.1 }], downbeat_confidence: 1 } },
  })
  expect((await edit({ ...theirs, anchors: [] })).status).toBe(422)
  expect(await edit({ ...theirs, first_phrase: 3 })).toMatchObject({ status: 422, body: { code: 'GRID_EDIT_INVALID' } })
  expect(await edit({ kind: 'restore', to: before.grid.version })).toMatchObject({ body: { grid: before.grid.grid } })
})

test('an edit that names the grid it is of is done once, and not to a grid that someone else has edited', async () => {
  type Details = { grid: { version: number; grid: { first_downbeat: number } }; labels_revision: string }
  const read = async (): Promise<Details> => (await server.json<Details>('GET', `/api/tracks/${id}`)).body
  const before = await read()
  const { version } = before.grid
  const shift = (): Promise<{ status: number; body: unknown }> =>
    server.json('POST', `/api/tracks/${id}/grid`, { kind: 'shift', beats: 1, version })
  expect(await shift()).toMatchObject({ status: 201, body: { version: version + 1, edit: 'shift 1' } })
  expect(await shift()).toMatchObject({ status: 409, body: { code: 'GRID_CHANGED', version: version + 1 } })
  expect((await read()).grid.version).toBe(version + 1)
  const labels = [{ label_value: 'drop', start_beat: 0, end_beat: 16 }]
  expect(
    await server.json('PUT', `/api/tracks/${id}/labels`, { labels, revision: before.labels_revision }),
  ).toMatchObject({ status: 409, body: { code: 'LABELS_CHANGED', labels: [] } })
})
