import { afterEach, beforeEach, expect, test } from 'vitest'
import { addLabelledTracks } from '../engine/kit/library.fixture.ts'
import { type Client, createClient } from './operations/client.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

let server: TestServer
let client: Client

beforeEach(async () => {
  server = await startTestServer((store) => addLabelledTracks(store))
  client = createClient(server.address)
})
afterEach(() => server.close())

test('a quit is answered first, then told to every page and to whoever opened the library', async () => {
  const told = Promise.withResolvers<string>()
  await server.app.events.follow(null, ({ event }) => told.resolve(event.type))
  expect(server.app.session.quitting.aborted).toBe(false)
  expect((await server.json('POST', '/api/quit')).status).toBe(202)
  expect(await told.promise).toBe('quit')
  await expect.poll(() => server.app.session.quitting.aborted).toBe(true)
  expect(server.app.session.renewal.aborted).toBe(false)
})

test('a page of another site cannot quit, nor bring a window to the front', async () => {
  for (const path of ['/api/quit', '/api/front']) {
    const headers = { origin: 'http://evil.example' }
    expect((await fetch(server.address + path, { method: 'POST', headers })).status).toBe(403)
  }
  expect(server.app.session.quitting.aborted).toBe(false)
})

test('a job under way is told before a quit, and whether the next start goes on with it', async () => {
  expect(await client.leftJobs()).toEqual({ jobs: [] })
  const { job_id } = await client.train({ body: { epochs: 1000 } })
  await client.scan({})
  const { jobs } = await client.leftJobs()
  expect(jobs.map(({ job, goes_on }) => [job.kind, goes_on]).sort()).toEqual([
    ['scan', true],
    ['train', false],
  ])
  await client.cancelTraining({ params: { job_id } })
})

test('without a page nobody comes to the front, and a page names what it was asked by', async () => {
  expect(await client.bringToFront()).toEqual({ came: false })
  await client.cameToFront({ body: { ask: '0b9ed8a8-8a5c-4a4b-9a63-4f3c0f0d3a0e' } })
  expect((await server.request('PUT', '/api/front', { ask: 'anything' })).status).toBe(422)
})
