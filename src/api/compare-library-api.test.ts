import { afterAll, beforeAll, expect, test } from 'vitest'
import { addLabelledTracks } from '../engine/kit/library.fixture.ts'
import { type Client, createClient } from './operations/client.ts'
import { startTestServer, type TestServer, until } from './server.fixture.ts'

let server: TestServer
let client: Client
const TRACKS = 10

beforeAll(async () => {
  server = await startTestServer((store) => addLabelledTracks(store, TRACKS))
  await server.app.jobs.resume()
  client = createClient(server.address)
  await server.app.versions.train({ epochs: 20 })
  // What was a drop is a chorus from now on: the second version says so everywhere.
  for (const { id } of await client.listLabels({ query: { label: 'drop' } }))
    await client.changeLabel({ params: { id }, query: {}, body: { label_value: 'chorus' } })
  await server.app.versions.train({ epochs: 20 })
})
afterAll(() => server.close())

const readWith = async (version: number): Promise<void> => {
  const { job_id } = await client.classify({ body: { version } })
  await until(async () => ((await client.job({ params: { job_id } })).status === 'completed' ? true : null))
}
const compare = (page: { limit?: number; offset?: number } = {}): ReturnType<Client['compareLibrary']> =>
  client.compareLibrary({ query: { one: 1, other: 2, ...page } })

test('tracks that a version has not read are counted and not compared', async () => {
  expect(await compare()).toMatchObject({ tracks_compared: 0, tracks_unread: [10, 10], changed_share: 0, tracks: [] })
  await readWith(1)
  expect(await compare()).toMatchObject({ tracks_compared: 0, tracks_unread: [0, 10], tracks_changed: 0 })
})

test('it is told which tracks change, how much of them, where, and what becomes what', async () => {
  await readWith(2)
  const { tracks, ...all } = await compare()
  expect(all).toMatchObject({
    versions: [1, 2],
    tracks_compared: TRACKS,
    tracks_unread: [0, 0],
    tracks_changed: TRACKS,
  })
  // A third of each track: 32 beats at 120 BPM are 16 seconds.
  expect(all.changed_share).toBeCloseTo(1 / 3, 2)
  expect(all.changes).toEqual([{ one: 'drop', other: 'chorus', minutes: expect.closeTo((TRACKS * 16) / 60, 1) }])
  expect(tracks).toHaveLength(TRACKS)
  expect(tracks[0]).toMatchObject({
    changed_share: expect.closeTo(1 / 3, 2),
    differences: [{ one: 'drop', other: 'chorus', start_beat: 32, end_beat: 64, start_seconds: 16, end_seconds: 32 }],
  })
  expect(tracks[0]!.strips.map((strip) => strip.map(({ label }) => label))).toEqual([
    ['intro', 'drop', 'outro'],
    ['intro', 'chorus', 'outro'],
  ])
  const page = await compare({ limit: 3, offset: 8 })
  expect(page.tracks.map(({ track_id }) => track_id)).toEqual(tracks.slice(8).map(({ track_id }) => track_id))
})

test('a version is the same as itself, and one that is not there is not found', async () => {
  expect(await client.compareLibrary({ query: { one: 2, other: 2 } })).toMatchObject({
    tracks_compared: TRACKS,
    tracks_changed: 0,
    changes: [],
  })
  await expect(client.compareLibrary({ query: { one: 1, other: 77 } })).rejects.toMatchObject({
    problem: { code: 'MODEL_NOT_FOUND' },
  })
})
