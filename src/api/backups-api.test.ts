import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addLabelledTracks } from '../engine/kit/library.fixture.ts'
import { type Client, createClient } from './operations/client.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

let server: TestServer
let client: Client

beforeAll(async () => {
  server = await startTestServer((store) => addLabelledTracks(store))
  await server.app.jobs.resume()
  client = createClient(server.address)
})
afterAll(() => server.close())

const byHand = async (): Promise<readonly string[]> =>
  (await client.listBackups()).backups.filter(({ kind }) => kind === 'hand').map(({ name }) => name)

test('nothing is restored while a job is under way, and nothing is laid ready then', async () => {
  const { name } = await client.makeBackup()
  const { job_id } = await client.train({ body: { epochs: 1000 } })
  await expect(client.restoreBackup({ params: { name } })).rejects.toMatchObject({
    problem: { code: 'LIBRARY_BUSY', status: 409 },
  })
  await client.cancelTraining({ params: { job_id } })
  expect(readdirSync(server.dataDir)).not.toContain('restore.db')
  expect(server.app.session.renewal.aborted).toBe(false)
})

test('a copy is deleted by its name, and nothing else is', async () => {
  const [name] = await byHand()
  const { name: other } = await client.makeBackup()
  await client.deleteBackup({ params: { name: name! } })
  expect(await byHand()).toEqual([other])
  for (const wrong of [name!, '../algiers.db', '..%2Falgiers.db', 'algiers.db'])
    await expect(client.deleteBackup({ params: { name: wrong } })).rejects.toMatchObject({
      problem: { code: 'BACKUP_NOT_FOUND' },
    })
  expect(readdirSync(join(server.dataDir, 'backups'))).toContain(other)
  expect(readdirSync(server.dataDir)).toContain('algiers.db')
})

test('a copy is restored once the answer is out, and the library asks to be opened anew', async () => {
  const [name] = await byHand()
  expect(await client.restoreBackup({ params: { name: name! } })).toMatchObject({ name })
  await expect.poll(() => server.app.session.renewal.aborted).toBe(true)
  expect(readdirSync(server.dataDir)).toContain('restore.db')
})
