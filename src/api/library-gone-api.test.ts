import { cpSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addLabelledTracks } from '../engine/kit/library.fixture.ts'
import { type Client, createClient } from './operations/client.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'
import { startServer } from './start-server.ts'

let server: TestServer
let client: Client
beforeEach(async () => {
  server = await startTestServer((store) => addLabelledTracks(store))
  client = createClient(server.address)
  // The copy of the day is made at the start, and wants the library.
  await server.app.upkeep.backups.makeDaily()
})
afterEach(() => server.close())

const label = { track_id: 1, label_value: 'build', start_beat: 64, end_beat: 80 }
const LABELS = '/api/training/labels?overlap=trim'
const place = (name: string): string => join(server.dataDir, name)

test('once the library file is gone nothing is acknowledged, health, doctor and every refusal say so, and what is there is still shown', async () => {
  expect(await client.health()).toMatchObject({ library: { state: 'sound', warning: null } })
  renameSync(place('algiers.db'), place('elsewhere.db'))
  const refused = await server.json<{ code: string; hint: string }>('POST', LABELS, label)
  expect(refused).toMatchObject({ status: 503, body: { code: 'DATABASE_GONE', title: 'Library file is gone' } })
  expect((await client.health()).library).toMatchObject({
    state: 'gone',
    warning: expect.stringMatching(/^The library file was deleted or moved\. Nothing more is saved/),
  })
  const { healthy, checks } = await client.doctor()
  expect([healthy, checks.find(({ name }) => name === 'database')]).toMatchObject([false, { state: 'error' }])
  expect(await client.listLabels({ query: {} })).toHaveLength(30)
  renameSync(place('elsewhere.db'), place('algiers.db'))
  expect((await server.json('POST', LABELS, label)).status).toBe(201)
})

test('with the whole folder gone no answer is a fault of the program, and none shows a statement of the database', async () => {
  cpSync(server.dataDir, `${server.dataDir}-kept`, { recursive: true })
  rmSync(server.dataDir, { recursive: true })
  const asked: readonly (readonly [string, string, unknown?])[] = [
    ['GET', '/api/health'],
    ['GET', '/api/doctor'],
    ['GET', '/api/storage'],
    ['GET', '/api/backups'],
    ['POST', '/api/backups'],
    ['GET', '/api/training/models?include=shipped'],
    ['GET', '/api/tracks'],
    ['GET', '/api/jobs'],
    ['GET', '/api/training/labels'],
    ['POST', LABELS, label],
    ['POST', '/api/training/start', { epochs: 1 }],
    ['PATCH', '/api/settings', { base_model: false }],
    ['POST', '/api/library/scan', {}],
  ]
  const answers = await Promise.all(
    asked.map(async ([method, path, body]) => {
      const response = await server.request(method, path, body)
      return { path, status: response.status, text: await response.text() }
    }),
  )
  expect(answers.filter(({ status }) => status === 500)).toEqual([])
  expect(answers.filter(({ text }) => /\b(?:INSERT|UPDATE|SELECT|constraint)\b/.test(text))).toEqual([])
  expect(JSON.parse(answers[0]!.text)).toMatchObject({ library: { state: 'gone' }, free_bytes: null })
  renameSync(`${server.dataDir}-kept`, server.dataDir)
})

test('a server whose start fails listens no longer', async () => {
  const { app } = server
  let port = 0
  const failing = {
    ...app,
    jobs: {
      ...app.jobs,
      resume: async () => {
        throw new Error('the queue does not start')
      },
    },
  }
  const before = await startServer(app, { port: 0, report: () => {} })
  port = Number(new URL(before.address).port)
  await before.close()
  await expect(startServer(failing, { port, report: () => {} })).rejects.toThrow('the queue does not start')
  await expect(fetch(`http://127.0.0.1:${port}/api/ready`)).rejects.toThrow()
})

const NOBODY = 65_534

test.skipIf(process.geteuid?.() !== 0)(
  'what is closed to Algiers is told by its name, what is open goes on, and all works once it is open',
  async () => {
    // The superuser may read everything, so this process is somebody else for a moment.
    process.seteuid!(NOBODY)
    try {
      const refused = await server.json<{ detail: string }>('GET', '/api/training/models')
      expect(refused).toMatchObject({
        status: 503,
        body: { code: 'ACCESS_DENIED', detail: 'Algiers has no access to models.' },
      })
      expect(await client.listLabels({ query: {} })).toHaveLength(30)
    } finally {
      process.seteuid!(0)
    }
    expect((await server.json('GET', '/api/training/models')).status).toBe(200)
    expect((await server.json('POST', LABELS, label)).status).toBe(201)
  },
)
