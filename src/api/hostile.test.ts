import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer as createProxy, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../app.ts'
import { writeTestTrack } from '../cli/test-track.fixture.ts'
import { createRandom } from '../core/support/random.ts'
import { scanFolder, startTestServer, type TestServer } from './server.fixture.ts'
import { startServer } from './start-server.ts'

/** The fast version; `HOSTILE_REQUESTS=5000 npx vitest run src/api/hostile.test.ts` is the long one. */
const REQUESTS = Number(process.env.HOSTILE_REQUESTS ?? 1500)
/** Stands in every file that must not be read; nothing that is served may hold it. */
const SECRET = 'S3CRET-OUTSIDE-THE-LIBRARY'

let server: TestServer
let outside = ''
beforeAll(async () => {
  outside = mkdtempSync(join(tmpdir(), 'algiers-outside-'))
  mkdirSync(join(outside, 'music'))
  mkdirSync(join(outside, 'music-private'))
  writeTestTrack(join(outside, 'music/one.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  for (const name of ['secret.txt', 'music-private/secret.wav', 'music/notes.txt'])
    writeFileSync(join(outside, name), SECRET)
  symlinkSync(join(outside, 'secret.txt'), join(outside, 'music/link.txt'))
  server = await startTestServer()
  await scanFolder(server, join(outside, 'music'))
})
afterAll(async () => {
  await server.close()
  rmSync(outside, { recursive: true })
})

type Hostile = {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string | null
}
type Answer = { readonly status: number; readonly text: string }

/** As it is: `fetch` would tidy the path up. A connection that is cut off has no answer, status 0. */
const send = ({ method, path, headers, body }: Hostile, address = server.address): Promise<Answer> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(address)
    const call = request({ hostname, port, method, path, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
        if (path.startsWith('/api/events')) call.destroy()
      })
      response.on('close', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    call.on('error', () => resolve({ status: 0, text: '' }))
    call.end(body ?? undefined)
  })

const climbs = (): string[] => {
  const ups = ['../', '..\\', '%2e%2e/', '%2e%2e%2f', '..%2f', '..%5c', '....//', '%252e%252e%252f', '..%00/', '..;/']
  const targets = [
    'secret.txt',
    'music-private/secret.wav',
    'music/notes.txt',
    'music/link.txt',
    'etc/passwd',
    'proc/self/environ',
  ]
  return ups.flatMap((up) => targets.map((target) => up.repeat(6) + target))
}

const hostileRequests = (): Hostile[] => {
  const random = createRandom(7)
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!
  const paths = [
    ...climbs(),
    join(outside, 'secret.txt'),
    join(outside, 'music-private/secret.wav'),
    join(outside, 'music/../secret.txt'),
    join(outside, 'music/notes.txt'),
    '/proc/self/environ',
    '/etc/passwd',
    `${server.dataDir}/algiers.db`,
    'file:///etc/passwd',
    '\\\\?\\C:\\secret',
    '\u0000',
    "' OR 1=1 --",
    '%',
    '_'.repeat(9000),
  ]
  const ids = [
    '1',
    '0',
    '-1',
    '1e3',
    '9'.repeat(30),
    'NaN',
    '1;DROP TABLE tracks',
    '%00',
    '..%2f..',
    '{}',
    '1 OR 1=1',
    'a'.repeat(64),
  ]
  const bodies = [
    '{',
    '[]',
    'null',
    '{"__proto__":{"x":1}}',
    '{"constructor":{"prototype":{"x":1}}}',
    `{"path":"${'/'.repeat(5000)}"}`,
    `{"path":"${outside}/secret.txt"}`,
    '{"track_id":1,"label_value":"drop","start_beat":-1e308,"end_beat":1e308}',
    '{"track_id":1,"label_value":"<img onerror=alert(1)>","start_beat":0,"end_beat":32}',
    '{"labels":[{"label_value":"drop","start_beat":null}]}',
    `{"labels":${'['.repeat(2000)}${']'.repeat(2000)}}`,
    '{"workers":"1; rm -rf /"}',
    `{"files":[{"name":"${outside}/secret.txt","text":"track_path,label,start_beat,end_beat\\n../secret.txt,drop,0,32"}]}`,
    '{"files":[{"name":"../../../etc/passwd","text":""},{"name":"a","text":"{\\"__proto__\\":{\\"x\\":1},\\"segments\\":[]}"}]}',
    '{"exclude":["intro","__proto__"]}',
    `"${'x'.repeat(1 << 21)}"`,
    '\u0000\u0001\u0002',
  ]
  const encode = (text: string): string => (random() < 0.5 ? encodeURIComponent(text) : text)
  const makers: readonly (() => string)[] = [
    () => `/api/audio?path=${encode(pick(paths))}`,
    () => `/api/tracks/${encode(pick(paths))}/audio`,
    () => `/${encode(pick(paths))}`,
    () => `/api/${encode(pick(paths))}`,
    () => `/api/tracks/${encode(pick(ids))}${pick(['', '/audio', '/waveform', '/sections', '/grid', '/labels'])}`,
    () =>
      `/api/tracks?${pick(['q', 'sort', 'limit', 'bpm_min', "x' OR '1'='1", '__proto__'])}=${encode(pick([...paths, ...ids]))}`,
    () => `/api/training/models/${encode(pick(ids))}${pick(['', '/export', '/activate'])}`,
    () => `/api/training/jobs/${encode(pick(ids))}${pick(['', '/cancel'])}`,
    () => `/api/training/labels/${encode(pick(ids))}`,
    () =>
      pick([
        '/api/training/labels',
        '/api/roots',
        '/api/scan',
        '/api/analyze',
        '/api/settings',
        '/api/training/models/import',
        '/api/training/labels/import',
      ]),
    () =>
      `/api/training/labels/export?${pick(['format', 'path', 'track_id'])}=${encode(pick([...paths, ...ids, 'csv']))}`,
    () => `/api/suggestions?limit=${encode(pick(ids))}`,
  ]
  return Array.from({ length: REQUESTS }, () => {
    const method = pick(['GET', 'GET', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])
    const hasBody = !['GET', 'HEAD'].includes(method) && random() < 0.8
    return {
      method,
      // All that the client's own parser does not let through.
      path: pick(makers)().replace(/[^\x21-\x7e]/g, (one) => encodeURIComponent(one)),
      body: hasBody ? pick(bodies) : null,
      headers: {
        ...(hasBody
          ? { 'content-type': pick(['application/json', 'application/json', 'application/octet-stream', 'text/xml']) }
          : {}),
        ...(random() < 0.3
          ? {
              range: pick([
                'bytes=0-',
                'bytes=-1',
                'bytes=9-1',
                'bytes=a-b',
                'bytes=0-1,5-9',
                `bytes=${'9'.repeat(40)}-`,
                'lines=1-2',
              ]),
            }
          : {}),
        ...(random() < 0.1 ? { host: pick(['evil.com', 'localhost', '127.0.0.1.nip.io:80']) } : {}),
        ...(random() < 0.1 ? { origin: pick(['null', 'http://evil.com', 'http://localhost:1']) } : {}),
      },
    }
  })
}

const isStranger = ({ headers }: Hostile): boolean => headers.host !== undefined || headers.origin !== undefined

/** What is wrong with an answer. */
const faultOf = ({ status, text }: Answer, isFromStranger = false): string | null => {
  if (isFromStranger && status < 400 && status !== 0) return 'answers a stranger'
  if (status >= 500 && status !== 503 && status !== 507) return `status ${status}`
  if (text.includes(SECRET) || /root:.*:0:0:/.test(text) || text.includes('SQLite format 3'))
    return 'reads outside the library'
  if (/\n\s+at .+:\d+:\d+|node_modules/.test(text)) return 'tells its inside'
  return null
}

const faultsOf = async function* (address?: string): AsyncGenerator<string> {
  for (const hostile of hostileRequests()) {
    const fault = faultOf(await send(hostile, address), isStranger(hostile))
    if (fault !== null) yield `${fault}: ${hostile.method} ${hostile.path.slice(0, 120)} ${hostile.body?.slice(0, 80)}`
  }
}

/** A control may stop at the first fault of its kind. */
const firstFault = async (address: string, kind: string): Promise<string | null> => {
  for await (const fault of faultsOf(address)) if (fault.startsWith(kind)) return fault
  return null
}

test(`${REQUESTS} hostile requests read nothing, break nothing and learn nothing`, async () => {
  const faults: string[] = []
  for await (const fault of faultsOf()) faults.push(fault)
  expect(faults).toEqual([])
  expect(({} as { x?: number }).x).toBeUndefined()
  // Whoever knows the way still gets in.
  expect((await server.json<{ total: number }>('GET', '/api/tracks')).body.total).toBe(1)
})

test('control: behind a proxy that hides who asks, the guard is blind, and strangers are seen to get in', async () => {
  const proxy = createProxy((call, answer) => {
    const { hostname, port } = new URL(server.address)
    const { host, origin, ...headers } = call.headers
    const inner = request({ hostname, port, method: call.method, path: call.url, headers }, (response) => {
      answer.writeHead(response.statusCode!, response.headers)
      response.pipe(answer)
    })
    inner.on('error', () => answer.destroy())
    answer.on('close', () => inner.destroy())
    call.pipe(inner)
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  expect(await firstFault(address, 'answers a stranger')).not.toBeNull()
  proxy.closeAllConnections()
  proxy.close()
})

test('control: where any path is taken for a row, files outside the library are seen to be read', async () => {
  const { app } = server
  const open = {
    ...app,
    collection: {
      ...app.collection,
      listRoots: async () => [{ id: 1, path: '/' }],
      audioAt: async (path: string) => ({ rootId: 1, path, missingSince: null, offline: false }),
    },
  } as unknown as App
  const careless = await startServer(open, { port: 0, report: () => {} })
  expect(await firstFault(careless.address, 'reads outside')).not.toBeNull()
  await careless.close()
})

test('the detector sees what else may go wrong', () => {
  expect(faultOf({ status: 500, text: '' })).toBe('status 500')
  expect(faultOf({ status: 400, text: 'Error\n    at a (/b/c.ts:1:2)' })).toBe('tells its inside')
  expect(faultOf({ status: 507, text: '{}' })).toBeNull()
})

test('what a client expects that nobody knows changes nothing: it is answered, or refused, as without', async () => {
  const expecting = (headers: Record<string, string>): Promise<Answer> =>
    send({ method: 'GET', path: '/api/tracks?limit=1', headers: { expect: '200-ok', ...headers }, body: null })
  expect((await expecting({})).status).toBe(200)
  const stranger = await expecting({ host: 'evil.example' })
  expect([stranger.status, JSON.parse(stranger.text).code]).toEqual([403, 'HOST_NOT_ALLOWED'])
})
