import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from './server.fixture.ts'
import { createServer } from './server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

test('a bug is reported to the terminal, and tells the client nothing', async () => {
  const bugs: unknown[] = []
  const broken = {
    ...server.app,
    collection: {
      ...server.app.collection,
      searchTracks: async () => {
        throw new Error('secret of /home/me')
      },
    },
  }
  const inner = await createServer(broken, {
    host: '127.0.0.1',
    token: null,
    port: () => 80,
    report: (bug) => bugs.push(bug),
  })
  const answer = await inner.inject({ url: '/api/tracks', headers: { host: '127.0.0.1:80' } })
  expect(answer.json()).toMatchObject({ status: 500, code: 'INTERNAL' })
  expect(answer.body).not.toContain('secret')
  expect(bugs).toHaveLength(1)
  await inner.close()
})
