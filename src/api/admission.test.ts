import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, truncateSync } from 'node:fs'
import { createServer as createHttpServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { writeTestTrack } from '../cli/test-track.fixture.ts'
import type { UserError } from '../core/support/user-error.ts'
import { createAdmission } from './admission.ts'
import { scanFolder, startTestServer, type TestServer, until } from './server.fixture.ts'
import { createServer, type ServerOptions } from './server.ts'

/** Far more than the system keeps for a client that does not read. */
const LONG_FILE_BYTES = 16 << 20

let server: TestServer
let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-crowd-'))
  mkdirSync(join(folder, 'music'))
  const path = join(folder, 'music/one.wav')
  writeTestTrack(path, { bpm: 128, seed: 1, rootHz: 55 })
  truncateSync(path, LONG_FILE_BYTES)
  server = await startTestServer()
  await scanFolder(server, join(folder, 'music'))
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})

/** A client that sends so much and then neither sends nor reads. @returns once that has left */
const stall = async (text: string, address = server.address): Promise<Socket> => {
  const { port, host } = new URL(address)
  const socket = connect(Number(port), '127.0.0.1')
  sockets.push(socket)
  socket.on('error', () => {})
  await once(socket, 'connect')
  await new Promise((sent) => socket.write(text.replaceAll('HOST', host), sent))
  return socket
}
const stallMany = (count: number, text: string, address?: string): Promise<readonly Socket[]> =>
  Promise.all(Array.from({ length: count }, () => stall(text, address)))

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: HOST\r\n\r\n`
const HALF_BODY =
  'POST /api/scan HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{'
const HALF_HEADERS = 'GET /api/ready HTTP/1.1\r\nHost: HOST\r\nX-Slow: '

/** What every page does: asks, sends and listens. */
const beServed = async (): Promise<void> => {
  expect((await server.request('GET', '/api/ready')).status).toBe(200)
  expect((await server.request('PATCH', '/api/settings', { workers: 0 })).status).toBe(200)
  const audio = await server.request('GET', '/api/tracks/1/audio')
  expect(audio.status).toBe(200)
  await audio.body!.cancel()
  const events = await server.request('GET', '/api/events')
  const text = await events.body!.pipeThrough(new TextDecoderStream()).getReader().read()
  expect([events.status, text.value]).toEqual([200, expect.stringContaining('retry:')])
}

test.each([
  ['send half a body', 100, HALF_BODY],
  ['send half a body in chunks', 100, HALF_BODY.replace('Content-Length: 9', 'Transfer-Encoding: chunked')],
  ['read no audio', 100, get('/api/tracks/1/audio')],
  ['read no audio by its path', 100, get('/api/tracks/%31/audio')],
  ['listen and do not read', 250, get('/api/events')],
  ['listen by another spelling', 250, get('/api/%65vents')],
  ['listen to the head of it', 250, get('/api/events').replace('GET', 'HEAD')],
  ['listen many times on a connection', 30, get('/api/events').repeat(20)],
  ['ask for much at once on a connection', 10, get('/api/tracks/1/audio').repeat(200)],
  ['keep their connections', 700, get('/api/ready')],
  ['send half of their headers', 700, HALF_HEADERS],
])('clients that %s keep nobody else out', async (_what, count, text) => {
  await stallMany(count, text)
  await beServed()
})

test('what is asked on a connection is worked on one after the other, as its client reads', async () => {
  const running: ServerResponse[] = []
  const admission = createAdmission()
  const http = createHttpServer((request, response) => {
    admission.admit(request, response, false).then(
      () => running.push(response),
      () => {},
    )
  })
  await once(http.listen(0, '127.0.0.1'), 'listening')
  const address = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const socket = await stall(get('/').repeat(3), address)
  await until(async () => (running.length > 0 ? true : null))
  // What came later on another connection is not behind the second.
  const other = await stall(get('/other'), address)
  await until(async () => (running.length > 1 ? true : null))
  expect(running.map(({ req }) => req.url)).toEqual(['/', '/other'])
  running[0]!.end('first')
  await until(async () => (running.length === 3 ? true : null))
  const greedy = await stall(get('/').repeat(17), address)
  await once(greedy, 'close')
  expect([socket.destroyed, other.destroyed]).toEqual([false, false])
  http.closeAllConnections()
  http.close()
})

/** A server of its own, with limits of its own, over the same library. */
const serveWith = async (
  options: Partial<ServerOptions>,
  preClose: () => Promise<void> = async () => {},
): Promise<{ address: string; running: FastifyInstance; ask: () => Promise<unknown> }> => {
  let port = 0
  const running = await createServer(server.app, {
    ...{ host: '127.0.0.1', token: null, port: () => port, report: () => {} },
    ...options,
  })
  running.addHook('preClose', preClose)
  await running.listen({ host: '127.0.0.1', port: 0 })
  port = (running.server.address() as AddressInfo).port
  const address = `http://127.0.0.1:${port}`
  return { address, running, ask: async () => (await fetch(`${address}/api/ready`)).json() }
}

test('of too many connections the oldest without a whole request gives way', async () => {
  const { address, running, ask } = await serveWith({ mostConnections: 8 })
  const listener = await stall(get('/api/events'), address)
  await once(listener, 'data')
  const [first] = await stallMany(1, HALF_HEADERS, address)
  const gone = once(first!, 'close')
  const [second] = await stallMany(1, get('/api/ready'), address)
  await once(second!, 'data')
  const alsoGone = once(second!, 'close')
  await stallMany(8, HALF_HEADERS, address)
  await Promise.all([gone, alsoGone])
  expect(await ask()).toEqual({ ready: true })
  expect(listener.destroyed).toBe(false)
  await running.close()
})

const DEADLINES = { headers: 30, request: 30, checkEvery: 10 } as const

test.each([HALF_HEADERS, HALF_BODY, 'GET /api'])(
  'what is half sent is refused after a while and cut off: %j',
  async (text) => {
    const { address, running } = await serveWith({ deadlines: DEADLINES })
    const socket = await stall(text, address)
    const closed = once(socket, 'close')
    let answer = ''
    socket.setEncoding('utf8').on('data', (part) => {
      answer += part
    })
    await closed
    expect(answer).toContain('arrived too slowly')
    await running.close()
  },
)

test('an answer that comes before the body is there ends the connection, and is read whole', async () => {
  const socket = await stall(HALF_BODY.replace('application/json', 'text/plain'))
  const closed = once(socket, 'close')
  let answer = ''
  socket.setEncoding('utf8').on('data', (part) => {
    answer += part
  })
  await closed
  expect(answer).toContain('connection: close')
  expect(answer).toContain('UNSUPPORTED_MEDIA_TYPE')
})

test('a server that ends lets nobody in any more, and says so', async () => {
  const told: unknown[] = []
  const { running, ask } = await serveWith({}, async () => {
    told.push(await ask())
  })
  expect(await ask()).toEqual({ ready: true })
  await running.close()
  expect(told).toMatchObject([{ code: 'SHUTTING_DOWN', status: 503 }])
})

test('more work at once than any page asks for is refused, until some is done', async () => {
  const admission = createAdmission()
  const answers: ServerResponse[] = []
  const busy = createHttpServer((request, response) => {
    admission.admit(request, response, false).then(
      () => answers.push(response),
      (error: UserError) => response.end(error.code),
    )
  })
  await once(busy.listen(0, '127.0.0.1'), 'listening')
  const address = `http://127.0.0.1:${(busy.address() as AddressInfo).port}`
  const ask = async (): Promise<string> => (await fetch(address)).text()
  await stallMany(64, get('/'), address)
  await until(async () => (answers.length === 64 ? true : null))
  expect(await ask()).toBe('OVERLOADED')
  answers[0]!.end()
  await once(answers[0]!, 'close')
  const asking = ask()
  await until(async () => (answers.length === 65 ? true : null))
  answers[64]!.end('done')
  expect(await asking).toBe('done')
  busy.closeAllConnections()
  busy.close()
})
