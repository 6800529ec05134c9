import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startTestServer } from '../src/api/server.fixture.ts'
import { addLabelledTracks } from '../src/engine/kit/library.fixture.ts'
import { BROWSER_FLAGS, browserPath } from './browser.fixture.ts'

/** Runs in the foreign page: every way a page has to reach another origin. Says what it could read. */
const ATTACK = `async (address) => {
  const read = async (path, options = {}) => {
    try {
      return (await (await fetch(address + path, options)).text()).slice(0, 200)
    } catch {
      return ''
    }
  }
  const label = JSON.stringify({ track_id: 1, label_value: 'verse', start_beat: 0, end_beat: 32 })
  const post = { method: 'POST', body: label }
  const load = (name) =>
    new Promise((resolve) => {
      const element = document.createElement(name)
      element.onload = () => resolve('loaded')
      element.onerror = () => resolve('')
      element.src = address + '/api/tracks'
      document.body.append(element)
    })
  const events = new Promise((resolve) => {
    const source = new EventSource(address + '/api/events')
    source.onopen = () => resolve('open')
    source.onerror = () => resolve('')
  })
  const form = document.createElement('form')
  const frame = document.createElement('iframe')
  frame.name = 'target'
  Object.assign(form, { method: 'POST', action: address + '/api/scan', target: 'target' })
  document.body.append(frame, form)
  form.submit()
  return {
    get: await read('/api/tracks'),
    opaque: await read('/api/training/models/1', { mode: 'no-cors' }),
    json: await read('/api/training/labels', { ...post, headers: { 'content-type': 'application/json' } }),
    text: await read('/api/training/labels', { ...post, mode: 'no-cors', headers: { 'content-type': 'text/plain' } }),
    remove: await read('/api/training/labels/1', { method: 'DELETE' }),
    image: await load('img'),
    script: await load('script'),
    events: await events,
  }
}`

/** A page that attacks the address, on an origin of its own; it reports to where it came from. */
const serveAttacker = async (
  target: string,
): Promise<{ server: Server; url: string; report: Promise<Record<string, string>> }> => {
  const { promise: report, resolve } = Promise.withResolvers<Record<string, string>>()
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      const script = `(${ATTACK})('${target}').then((said) => fetch('/report', { method: 'POST', body: JSON.stringify(said) }))`
      response.setHeader('content-type', 'text/html').end(`<!doctype html><body><script>${script}</script>`)
      return
    }
    let body = ''
    for await (const chunk of request) body += chunk
    response.end()
    resolve(JSON.parse(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, report }
}

const visit = async (target: string): Promise<Record<string, string>> => {
  const { server, url, report } = await serveAttacker(target)
  const profile = mkdtempSync(join(tmpdir(), 'algiers-chromium-'))
  const browser = spawn(browserPath!, ['--headless', ...BROWSER_FLAGS, `--user-data-dir=${profile}`, url], {
    stdio: 'ignore',
  })
  try {
    return await report
  } finally {
    browser.kill('SIGKILL')
    await once(browser, 'exit')
    server.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

test.skipIf(browserPath === undefined)(
  'a page of another origin in a real browser reads nothing and changes nothing',
  async () => {
    const algiers = await startTestServer((store) => void addLabelledTracks(store))
    const before = await (await algiers.request('GET', '/api/training/labels')).text()
    const said = await visit(algiers.address)
    expect(Object.entries(said).filter(([, read]) => read !== '')).toEqual([])
    expect(await (await algiers.request('GET', '/api/training/labels')).text()).toBe(before)
    expect((await algiers.json<unknown[]>('GET', '/api/jobs')).body).toEqual([])
    await algiers.close()
  },
)

test.skipIf(browserPath === undefined)('the same page reads and changes a server that lets everyone in', async () => {
  const posted: string[] = []
  const open = createServer((request, response) => {
    if (request.method === 'POST') posted.push(request.url!)
    const isStream = request.url === '/api/events'
    response.writeHead(200, {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'access-control-allow-methods': '*',
      'content-type': isStream ? 'text/event-stream' : 'application/json',
    })
    if (isStream) response.write(': open\n\n')
    else response.end('{"tracks":[]}')
  })
  open.listen(0, '127.0.0.1')
  await once(open, 'listening')
  const said = await visit(`http://127.0.0.1:${(open.address() as AddressInfo).port}`)
  expect(said).toMatchObject({ get: '{"tracks":[]}', json: '{"tracks":[]}', remove: '{"tracks":[]}', events: 'open' })
  expect(posted).toContain('/api/scan')
  open.closeAllConnections()
  open.close()
})
