import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Page, readPage } from './page.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'
import { createServer } from './server.ts'

let server: TestServer
let folder: string
let built: Page
beforeAll(async () => {
  server = await startTestServer()
  folder = mkdtempSync(join(tmpdir(), 'algiers-page-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Algiers</title>')
  writeFileSync(join(folder, 'assets', 'page-abc.js'), 'export {}')
  built = readPage(folder)
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

type Answer = { readonly status: number; readonly headers: Readonly<Record<string, unknown>>; readonly body: string }

const ask = async (page: Page, url: string, method: 'GET' | 'POST' = 'GET'): Promise<Answer> => {
  const api = await createServer(server.app, {
    host: '127.0.0.1',
    token: null,
    port: () => 4747,
    report: (bug) => expect.unreachable(String(bug)),
    page,
  })
  const { statusCode, headers, body } = await api.inject({ method, url, headers: { host: '127.0.0.1:4747' } })
  await api.close()
  return { status: statusCode, headers, body }
}

test('every screen is the same document, under a policy that runs nothing from elsewhere', async () => {
  for (const url of ['/', '/library', '/desk/3', '/desk/3?beat=32', '/training?track=3', '/settings']) {
    const { status, headers, body } = await ask(built, url)
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ])
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(body).toContain('<title>Algiers</title>')
  }
})

test('a file that is named by its contents never needs to be asked for again', async () => {
  const { status, headers, body } = await ask(built, '/assets/page-abc.js')
  expect([status, headers['content-type'], body]).toEqual([200, 'text/javascript; charset=utf-8', 'export {}'])
  expect(headers['cache-control']).toContain('immutable')
})

test('what is no file of the page is not looked for on disk', async () => {
  for (const url of [
    '/assets/../../package.json',
    '/package.json',
    '/unknown',
    '/desk',
    '/desk/x',
    '/desk/3/x',
    '/api/unknown',
    '/assets',
  ])
    expect(JSON.parse((await ask(built, url)).body)).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' })
  expect(JSON.parse((await ask(built, '/', 'POST')).body)).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' })
})

test('without a built page the screens say how to get one', async () => {
  expect(JSON.parse((await ask(new Map(), '/')).body)).toMatchObject({ status: 404, code: 'PAGE_NOT_BUILT' })
})
