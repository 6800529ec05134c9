import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

/** More than are looked at in one turn. */
const TRACKS = 250
const ids = Array.from({ length: TRACKS }, (_, index) => index + 1)

let server: TestServer
beforeAll(async () => {
  server = await startTestServer((store) => {
    for (let index = 0; index < TRACKS; index++) addFixtureTrack(store, { index, cached: false })
  })
})
afterAll(() => server.close())

type Notes = { rating: number | null; colour: string | null; comment: string | null; my_tags: string[] }
type Changed = { changed: { track_id: number; before: Notes; after: Notes }[] }
const none: Notes = { rating: null, colour: null, comment: null, my_tags: [] }
/** Longer than is parsed in one turn. */
const noted: Notes = { ...none, rating: 4, comment: 'played at the opening, '.repeat(20) }
const notes = ids.map((track_id) => ({ track_id, notes: noted, seen: none }))
const put = (body: string): Promise<Response> =>
  fetch(`${server.address}/api/notes`, { method: 'PUT', body, headers: { 'content-type': 'application/json' } })

test('a long list is taken and answered entry by entry', async () => {
  expect(JSON.stringify(notes).length).toBeGreaterThan(1 << 16)
  const { status, body } = await server.json<Changed>('PUT', '/api/notes', { notes })
  expect(status).toBe(200)
  expect(body.changed).toEqual(ids.map((track_id) => ({ track_id, before: none, after: noted })))
  const back = body.changed.map(({ track_id, before, after }) => ({ track_id, notes: before, seen: after }))
  expect((await server.json<Changed>('PUT', '/api/notes', { notes: back })).body.changed).toHaveLength(TRACKS)
})

test('what is wrong with an entry far behind is told by its place, and nothing is changed', async () => {
  const wrong = notes.with(231, { ...notes[231]!, notes: { ...noted, rating: 9 } })
  expect(await server.json('PUT', '/api/notes', { notes: wrong })).toMatchObject({
    status: 422,
    body: { code: 'VALIDATION_FAILED', errors: [{ pointer: '/body/notes/231/notes/rating' }] },
  })
  const { body } = await server.json<{ total: number }>('GET', '/api/tracks?rating_min=1')
  expect(body.total).toBe(0)
})

test('a long body that is no JSON, or changes what objects are, is refused as a short one is', async () => {
  const json = JSON.stringify({ notes })
  const polluted = json.replace(/\}\]\}$/, ',"__proto__":{"rating":4}}]}')
  for (const body of [json.slice(0, -1), json.replace('[{', '[,{'), `${json}x`, polluted]) {
    const answer = await put(body)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'MALFORMED_REQUEST' })
  }
})
