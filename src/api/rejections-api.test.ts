import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack, addLabelledTracks } from '../engine/kit/library.fixture.ts'
import { type Client, createClient } from './operations/client.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

let server: TestServer
let client: Client
let bare = 0

beforeAll(async () => {
  server = await startTestServer((store) => {
    addLabelledTracks(store)
    bare = addFixtureTrack(store, { index: 50 })
  })
  client = createClient(server.address)
  const { card } = await server.app.versions.train({ epochs: 20 })
  await server.app.versions.activate(card.version)
  await server.app.reading.readSections(String(bare))
})
afterAll(() => server.close())

const suggested = async (): Promise<readonly string[]> =>
  (await client.listSuggestions({ query: { track_id: bare } })).map(({ id }) => id)
const rejections = (): ReturnType<Client['listRejections']> => client.listRejections({ params: { id: bare } })

test('what was rejected is listed with its place, and is suggested again once it is restored', async () => {
  const before = await client.listSuggestions({ query: { track_id: bare } })
  expect(before.map(({ kind }) => kind)).toEqual(['intro', 'drop', 'outro'])
  expect(await rejections()).toEqual([])
  const { id, kind, start_beat, end_beat, start_seconds, end_seconds } = before[1]!
  await client.rejectSuggestion({ params: { id: bare, suggestion: id } })
  expect(await suggested()).not.toContain(id)
  const [rejected, ...others] = await rejections()
  expect(others).toEqual([])
  expect(rejected).toEqual({
    id: expect.any(Number),
    version: 1,
    kind,
    start_beat,
    end_beat,
    start_seconds,
    end_seconds,
    rejected_at: expect.any(String),
  })
  await client.restoreSuggestion({ params: { id: bare, rejection: rejected!.id } })
  expect(await rejections()).toEqual([])
  expect(await suggested()).toEqual(before.map((one) => one.id))
})

test('under a label nothing is to be restored, and what was not rejected cannot be', async () => {
  const [first, second] = await client.listSuggestions({ query: { track_id: bare } })
  await client.acceptSuggestion({ params: { id: bare, suggestion: first!.id }, body: { kind: 'verse' } })
  expect(await rejections()).toEqual([])
  await client.rejectSuggestion({ params: { id: bare, suggestion: second!.id } })
  const [rejected] = await rejections()
  const elsewhere = client.restoreSuggestion({ params: { id: 1, rejection: rejected!.id } })
  await expect(elsewhere).rejects.toMatchObject({ problem: { code: 'SUGGESTION_NOT_FOUND', status: 404 } })
  expect(await rejections()).toHaveLength(1)
})
