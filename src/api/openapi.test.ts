import { afterAll, beforeAll, expect, test } from 'vitest'
import { operations as declarations } from './operations/operations.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

type Operation = {
  operationId: string
  summary: string
  tags?: string[]
  parameters?: { name: string; in: string; schema: unknown }[]
  requestBody?: unknown
  responses: Record<string, unknown>
}
type Document = { openapi: string; paths: Record<string, Record<string, Operation>> }

let server: TestServer
let document: Document
beforeAll(async () => {
  server = await startTestServer()
  document = (await server.json<Document>('GET', '/api/openapi.json')).body
})
afterAll(() => server.close())

const operations = (): [string, string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, string, Operation] => [
      method.toUpperCase(),
      path,
      operation,
    ]),
  )

test('every declared operation is a documented route, and no other route is there but the document itself', async () => {
  const { createServer } = await import('./server.ts')
  const table = await createServer(server.app, { host: '127.0.0.1', token: null, port: () => 0, report: () => {} })
  await table.ready()
  const routes: string[] = []
  const tree = table.printRoutes({ commonPrefix: false })
  const stack: string[] = []
  for (const line of tree.split('\n')) {
    const [, indent, rest] = /^([│ ]*)(?:├──|└──) (.*)$/.exec(line) ?? []
    if (indent === undefined || rest === undefined) continue
    const depth = indent.length / 4
    const [, part, methods] = /^(.*?)(?: \((.*)\))?$/.exec(rest)!
    stack.splice(depth, Number.POSITIVE_INFINITY, part!)
    for (const method of (methods ?? '')
      .split(', ')
      .filter((name) => name !== '' && name !== 'HEAD' && name !== 'OPTIONS'))
      routes.push(`${method} ${stack.join('').replaceAll(/:([a-z_]+)/g, '{$1}')}`)
  }
  await table.close()
  const documented = operations().map(([method, path]) => `${method} ${path}`)
  const declared = Object.values(declarations).map(
    ({ method, path }) => `${method} ${path.replaceAll(/:([a-z_]+)/g, '{$1}')}`,
  )
  expect(declared.length).toBeGreaterThan(30)
  expect(routes.filter((route) => route !== 'GET /api/openapi.json').sort()).toEqual(declared.sort())
  expect(documented.sort()).toEqual(declared)
  expect(operations().map(([, , { operationId }]) => operationId)).toEqual(
    expect.arrayContaining(Object.keys(declarations)),
  )
})

test('every operation has its answers, every part of an address a schema, every change a checked body', () => {
  expect(document.openapi).toBe('3.1.0')
  const bodyless =
    /\/(?:cancel|retry|activate|reject|restore|backups|open|undo|redo|freeze|quit|front|check|mend|dismiss|looked-at|accept)$/
  for (const [method, path, { parameters = [], requestBody, responses, summary, tags }] of operations()) {
    const where = `${method} ${path}`
    expect(summary, where).toMatch(/^[A-Z].*\.$/)
    expect(tags, where).toHaveLength(1)
    expect(
      Object.keys(responses).some((status) => /^20/.test(status)),
      where,
    ).toBe(true)
    expect(responses, where).toHaveProperty('4XX')
    const named = [...path.matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => name)
    const described = parameters.filter((one) => one.in === 'path' && Object.keys(one.schema as object).length > 0)
    expect(described.map(({ name }) => name).sort(), where).toEqual(named.sort())
    if (['POST', 'PUT', 'PATCH'].includes(method) && !bodyless.test(path)) expect(requestBody, where).toBeTruthy()
  }
})

test('what is answered is described as what it is: sound, peaks, bundles, events, problems', () => {
  const typesOf = (path: string, status: string): string[] => {
    const { content } = document.paths[path]!.get!.responses[status] as { content: Record<string, object> }
    return Object.keys(content)
  }
  for (const path of ['/api/tracks/{id}/audio', '/api/audio'])
    for (const status of ['200', '206'])
      expect(typesOf(path, status)).toEqual(expect.arrayContaining(['audio/mpeg', 'audio/flac', 'audio/wav']))
  expect(typesOf('/api/tracks/{id}/waveform', '200')).toEqual(['application/octet-stream'])
  expect(typesOf('/api/training/models/{version}/export', '200')).toEqual(['application/octet-stream'])
  expect(typesOf('/api/events', '200')).toEqual(['text/event-stream'])
  for (const [, , { responses }] of operations())
    expect(Object.keys((responses['4XX'] as { content: object }).content)).toEqual(['application/problem+json'])
})
