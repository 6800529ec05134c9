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

const ask = async (
  page: Page,
  url: string,
  method: 'GET' | 'POST' = 'GET',
  accept: Readonly<Record<string, string>> = {},
): Promise<Answer> => {
  const api = await createServer(server.app, {
    host: '127.0.0.1',
    token: null,
    port: () => 4747,
    report: (bug) => expect.unreachable(String(bug)),
    page,
  })
  const { statusCode, headers, body } = await api.inject({
    method,
    url,
    headers: { host: '127.0.0.1:4747', ...accept },
  })
  await api.close()
  return { status: statusCode, headers, body }
}

test('every screen is the same document, under a policy that runs nothing from elsewhere', async () => {
  for (const url of [
    '/',
    '/library',
    '/desk/3',
    '/desk/3?beat=32',
    '/training?track=3',
    '/settings',
    '/settings/',
    '/desk/3/',
  ]) {
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

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

test('a browser that goes to an address where nothing is gets the page, which says so, with the status that it has', async () => {
  for (const url of ['/foo', '/desk', '/desk/abc', '/desk/3/x', '/foo/', '/apiary', '/package.json?x=1']) {
    const { status, headers, body } = await ask(built, url, 'GET', BROWSER)
    expect([url, status, headers['content-type']]).toEqual([url, 404, 'text/html; charset=utf-8'])
    expect(body).toContain('<title>Algiers</title>')
  }
})

test('under /api, and for anything but a look, it stays a problem document', async () => {
  for (const url of ['/api', '/api/foo', '/api/tracks/1'])
    expect(JSON.parse((await ask(built, url, 'GET', BROWSER)).body)).toMatchObject({ status: 404 })
  expect(JSON.parse((await ask(built, '/foo', 'POST', BROWSER)).body)).toMatchObject({ code: 'ROUTE_NOT_FOUND' })
})

test('what keeps the page from a browser is told as a page, too, in which nothing of the address is run', async () => {
  const { status, headers, body } = await ask(new Map(), '/', 'GET', BROWSER)
  expect([status, headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
  expect(body).toContain('Start Algiers again')
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  const strange = await ask(new Map(), '/<script>', 'GET', BROWSER)
  expect(strange.body).toContain('No such address')
  expect(strange.body).not.toContain('<script>')
  const stranger = await ask(built, '/', 'GET', { ...BROWSER, host: 'evil.example' })
  expect([stranger.status, stranger.headers['content-type']]).toEqual([403, 'text/html; charset=utf-8'])
})
