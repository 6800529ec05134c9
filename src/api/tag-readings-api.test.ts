import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { type Client, createClient } from './operations/client.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

/** "КИНО" in windows-1251, as Latin-1 shows it. */
const KINO = 'ÊÈÍÎ'

let server: TestServer
let client: Client
let doubtful = 0
let plain = 0

beforeAll(async () => {
  server = await startTestServer((store) => {
    doubtful = addFixtureTrack(store, { index: 0, tags: { title: KINO, artist: KINO, artists: [KINO] } })
    plain = addFixtureTrack(store, { index: 1, tags: { title: 'Motörhead' } })
  })
  client = createClient(server.address)
})
afterAll(() => server.close())

const found = async (q: string): Promise<readonly string[]> =>
  (await client.listTracks({ query: { q } })).tracks.map(({ title }) => title)

test('a doubtful title is offered in other alphabets, is found by the one that was chosen, and can be taken back', async () => {
  const params = { id: doubtful }
  const { reading, offered } = await client.tagReadings({ params })
  expect(reading).toBeNull()
  expect(offered).toContainEqual({ encoding: 'windows-1251', title: 'КИНО', artist: 'КИНО', album: null })

  await client.chooseTagReading({ params, body: { reading: 'windows-1251' } })
  expect(await client.track({ params: { id: String(doubtful) } })).toMatchObject({
    title: 'КИНО',
    artist: 'КИНО',
    tags: { artists: ['КИНО'] },
  })
  expect(await found('кино')).toEqual(['КИНО'])
  // The other readings are still there for a second thought.
  expect(await client.tagReadings({ params })).toEqual({ reading: 'windows-1251', offered })

  await client.chooseTagReading({ params, body: { reading: null } })
  expect(await found('кино')).toEqual([])
  expect(await found(KINO)).toEqual([KINO])
})

test('for tags beyond doubt nothing is offered', async () => {
  expect(await client.tagReadings({ params: { id: plain } })).toEqual({ reading: null, offered: [] })
})

test('an encoding that does not exist is refused', async () => {
  const answer = await server.json('PUT', `/api/tracks/${doubtful}/tag-reading`, { reading: 'klingon' })
  expect(answer).toMatchObject({ status: 422, body: { code: 'VALIDATION_FAILED' } })
})
