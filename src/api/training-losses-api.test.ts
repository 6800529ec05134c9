import { afterAll, beforeAll, expect, test } from 'vitest'
import { addLabelledTracks } from '../engine/kit/library.fixture.ts'
import { type Client, createClient } from './operations/client.ts'
import { startTestServer, type TestServer, until } from './server.fixture.ts'

let server: TestServer
let client: Client
beforeAll(async () => {
  server = await startTestServer((store) => addLabelledTracks(store))
  await server.app.jobs.resume()
  client = createClient(server.address)
})
afterAll(() => server.close())

const start = async (epochs: number): Promise<{ readonly job_id: string }> => {
  const { job_id } = await client.train({ body: { epochs } })
  return { job_id }
}

test('the losses of every round so far are there while it runs, and gone with a training that is cancelled', async () => {
  const params = await start(1000)
  const running = await until(async () => {
    const job = await client.training({ params })
    return job.losses.length >= 20 ? job : null
  })
  expect(['training', 'evaluating']).toContain(running.status)
  expect(running.losses.map(({ round }) => round)).toEqual(running.losses.map((_, at) => at + 1))
  expect(running.losses[19]!.train).toBeLessThan(running.losses[0]!.train)
  await client.cancelTraining({ params })
  expect((await client.training({ params })).losses).toEqual([])
})

test('of a training that is done they are those of the card, until the version is deleted', async () => {
  const params = await start(15)
  const done = await until(async () => {
    const job = await client.training({ params })
    return job.status === 'completed' ? job : null
  })
  const { card } = await client.model({ params: { version: done.model_version! } })
  expect(done.losses).toHaveLength(15)
  expect(done.losses).toEqual(card!.losses)
  await client.deleteModel({ params: { version: done.model_version! } })
  expect((await client.training({ params })).losses).toEqual([])
})
