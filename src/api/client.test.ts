import { afterAll, beforeAll, expect, test } from 'vitest'
import { addLabelledTracks } from '../engine/kit/library.fixture.ts'
import { ApiProblem, type Client, createClient } from './operations/client.ts'
import { operations } from './operations/operations.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

let server: TestServer
let client: Client
beforeAll(async () => {
  server = await startTestServer((store) => void addLabelledTracks(store))
  client = createClient(server.address)
})
afterAll(() => server.close())

test('the client asks for what the routes answer, and for all of it that is JSON', async () => {
  type Content = { content?: Record<string, { schema?: object }> }
  type Operation = { requestBody?: Content; responses: Record<string, Content> }
  const { body } = await server.json<{ paths: Record<string, Record<string, Operation>> }>('GET', '/api/openapi.json')
  const routes = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody, responses }]) => {
      const good = Object.entries(responses).find(([status]) => /^20/.test(status))?.[1]
      const schema = good?.content?.['application/json']?.schema ?? {}
      const isJson = !requestBody || requestBody.content?.['application/json'] !== undefined
      return Object.keys(schema).length === 0 || !isJson ? [] : [`${method.toUpperCase()} ${path}`]
    }),
  )
  const asked = Object.entries(operations)
    .filter(([name]) => name in client)
    .map(([, { method, path }]) => `${method} ${path.replaceAll(/:([a-z_]+)/g, '{$1}')}`)
  expect(asked.sort()).toEqual(routes.sort())
})

test('calls are typed and answers are checked', async () => {
  const { tracks, total } = await client.listTracks({ query: { limit: 3, sort: 'added' } })
  expect([tracks.length, total]).toEqual([3, 10])
  const { id } = tracks[0]!
  expect((await client.track({ params: { id } })).content_hash).toBe('audio-0')
  const replaced = await client.replaceLabels({
    params: { id },
    body: { labels: [{ label_value: 'break', start_beat: 0, end_beat: 32 }] },
  })
  expect(replaced.labels.map(({ label_value }) => label_value)).toEqual(['break'])
  expect((await client.labelStats({ query: {} })).total_labels).toBe(28)
  expect(await client.ready()).toEqual({ ready: true })
})

test('who edits labels that someone else changed meanwhile is told so, and nothing is lost', async () => {
  const { tracks } = await client.listTracks({ query: { limit: 1, offset: 3, sort: 'added' } })
  const { id } = tracks[0]!
  const { labels_revision: revision } = await client.track({ params: { id } })
  const paint = (kind: string): ReturnType<typeof client.replaceLabels> =>
    client.replaceLabels({
      params: { id },
      body: { revision, labels: [{ label_value: kind, start_beat: 0, end_beat: 32, source: 'imported' }] },
    })
  const first = await paint('drop')
  expect(first.labels.map(({ label_value, source }) => [label_value, source])).toEqual([['drop', 'imported']])
  expect(first.labels_revision).not.toBe(revision)
  await expect(paint('break')).rejects.toMatchObject({
    problem: { code: 'LABELS_CHANGED', status: 409, labels: [{ label_value: 'drop' }] },
  })
  const now = await client.track({ params: { id } })
  expect([now.labels_revision, now.labels.length, now.labels[0]!.label_value]).toEqual([
    first.labels_revision,
    1,
    'drop',
  ])
})

test('a refusal is thrown with the words of the server', async () => {
  const refused = client.changeLabel({ params: { id: 4711 }, query: {}, body: { label_value: 'drop' } })
  await expect(refused).rejects.toBeInstanceOf(ApiProblem)
  await expect(refused).rejects.toMatchObject({ problem: { code: 'LABEL_NOT_FOUND', status: 404 } })
})
