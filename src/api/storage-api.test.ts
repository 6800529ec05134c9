import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addLabelledTracks } from '../engine/kit/library.fixture.ts'
import { type Client, createClient } from './operations/client.ts'
import { startTestServer, type TestServer, until } from './server.fixture.ts'

let server: TestServer
let client: Client
beforeAll(async () => {
  server = await startTestServer((store) => void addLabelledTracks(store))
  client = createClient(server.address)
})
afterAll(() => server.close())

const ended = (job_id: string): Promise<string> =>
  until(async () => {
    const { status } = await client.training({ params: { job_id } })
    return ['completed', 'failed', 'cancelled'].includes(status) ? status : null
  })

test('what takes room is told, and the copy of today', async () => {
  expect(await client.storage()).toMatchObject({ data_dir: server.dataDir, models: 0 })
  const copy = await server.app.upkeep.backups.makeDaily()
  const { backups, newest_backup, cache } = await client.storage()
  const kept = newest_backup ?? ''
  if (copy !== null) expect(kept).toBe(copy)
  expect(kept.startsWith(join(server.dataDir, 'backups'))).toBe(true)
  expect(backups).toBe(statSync(kept).size)
  expect(cache).toBeGreaterThan(0)
})

test('the cache is cleared, but not under a job that reads it', async () => {
  const { job_id } = await client.train({ body: { exclude: [], epochs: 1000 } })
  await expect(client.clearCache()).rejects.toMatchObject({ problem: { status: 409, code: 'LIBRARY_BUSY' } })
  expect((await client.storage()).cache).toBeGreaterThan(0)
  await client.cancelTraining({ params: { job_id } })
  expect(await ended(job_id)).toBe('cancelled')
  expect((await client.clearCache()).cache).toBe(0)
  const { checks } = await client.doctor()
  expect(checks.find(({ name }) => name === 'tracks')?.detail).toContain('10 out of date')
})

test('a lower minimum lets fewer labels do, a higher one asks for more', async () => {
  await client.changeSettings({ body: { min_samples_per_class: 11 } })
  expect(await client.labelStats({ query: {} })).toMatchObject({ min_samples_required: 11, ready_for_training: false })
  await expect(client.train({ body: { exclude: [] } })).rejects.toMatchObject({ problem: { code: 'NEED_MORE_LABELS' } })
  await client.changeSettings({ body: { min_samples_per_class: 3 } })
  expect(await client.labelStats({ query: {} })).toMatchObject({ min_samples_required: 3, ready_for_training: true })
  await expect(client.changeSettings({ body: { min_samples_per_class: 1 } })).rejects.toMatchObject({
    problem: { code: 'SETTING_INVALID' },
  })
})
