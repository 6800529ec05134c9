import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UserError } from '../core/support/user-error.ts'
import { type GuardOptions, guard } from './guard.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

const OWN: GuardOptions = { host: '127.0.0.1', port: 4747, token: null }

/** @returns the code of the refusal, or null */
const refusal = (headers: readonly (readonly [string, string])[], options: GuardOptions = OWN): string | null => {
  try {
    const named = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]))
    guard({ headers: named, rawHeaders: headers.flat() }, options)
    return null
  } catch (error) {
    return error instanceof UserError ? error.code : String(error)
  }
}

describe('who may ask', () => {
  test.each(['127.0.0.1:4747', 'localhost:4747', '[::1]:4747', 'LOCALHOST:4747'])(
    'the host %s is this server',
    (host) => {
      expect(refusal([['Host', host]])).toBeNull()
      expect(
        refusal([
          ['Host', host],
          ['Origin', `http://${host.toLowerCase()}`],
        ]),
      ).toBeNull()
    },
  )

  test.each([
    'evil.com',
    'evil.com:4747',
    '127.0.0.1',
    '127.0.0.1:4748',
    '127.0.0.1.nip.io:4747',
    'localhost.evil.com:4747',
    'localhost.:4747',
    '0.0.0.0:4747',
    '127.0.0.1:4747@evil.com',
    '',
  ])('the host %j is not', (host) => expect(refusal([['Host', host]])).toBe('HOST_NOT_ALLOWED'))

  test('two hosts are none, and no host is malformed', () => {
    expect(
      refusal([
        ['Host', 'localhost:4747'],
        ['host', 'evil.com'],
      ]),
    ).toBe('HOST_NOT_ALLOWED')
    expect(refusal([])).toBe('MALFORMED_REQUEST')
  })

  test.each([
    'null',
    'http://evil.com',
    'https://localhost:4747',
    'http://localhost:4748',
    'http://localhost:4747.evil.com',
    '',
  ])('the origin %j is refused', (origin) =>
    expect(
      refusal([
        ['Host', 'localhost:4747'],
        ['Origin', origin],
      ]),
    ).toBe('ORIGIN_NOT_ALLOWED'),
  )

  test.each([
    ['cross-site', 'ORIGIN_NOT_ALLOWED'],
    ['same-site', 'ORIGIN_NOT_ALLOWED'],
    ['same-origin', null],
    ['none', null],
  ])('fetch metadata %s', (site, code) =>
    expect(
      refusal([
        ['Host', 'localhost:4747'],
        ['Sec-Fetch-Site', site],
      ]),
    ).toBe(code),
  )

  const follow = (change: { method?: string; url?: string } & Record<string, string> = {}): string | null => {
    const { method = 'GET', url = '/library?q=x', ...other } = change
    const headers = {
      host: 'localhost:4747',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      ...other,
    }
    try {
      return guard({ method, url, headers, rawHeaders: Object.entries(headers).flat() }, OWN)
    } catch (error) {
      return error instanceof UserError ? error.code : String(error)
    }
  }

  test('a link on a page of another site opens the page, and nothing else does', () => {
    expect(follow()).toBeNull()
    expect(follow({ 'sec-fetch-site': 'same-site', url: '/' })).toBeNull()
    expect(follow({ url: '/desk/3?beat=32' })).toBeNull()
    for (const change of [
      { method: 'POST' },
      { url: '/api/tracks' },
      { url: '/%61pi/tracks' },
      { url: '/library/../api/tracks' },
      { url: '/unknown' },
      { url: '/desk/3/../../api/tracks' },
      { origin: 'http://evil.com' },
      { 'sec-fetch-mode': 'no-cors' },
      { 'sec-fetch-dest': 'iframe' },
      { 'sec-fetch-dest': 'image' },
    ])
      expect([change, follow(change)]).toEqual([change, 'ORIGIN_NOT_ALLOWED'])
    expect(follow({ host: 'evil.com:4747' })).toBe('HOST_NOT_ALLOWED')
  })

  test('beyond loopback the token is asked for, and only the whole one will do', () => {
    const open: GuardOptions = { host: '192.168.1.5', port: 4747, token: 'secret' }
    const ask = (authorization?: string): string | null =>
      refusal(
        [
          ['Host', '192.168.1.5:4747'],
          ...(authorization === undefined ? [] : [['Authorization', authorization] as const]),
        ],
        open,
      )
    expect(ask()).toBe('UNAUTHENTICATED')
    for (const wrong of ['Bearer ', 'Bearer secre', 'Bearer secrets', 'secret', 'Basic secret'])
      expect(ask(wrong)).toBe('UNAUTHENTICATED')
    expect(ask('Bearer secret')).toBeNull()
    expect(refusal([['Host', '192.168.1.5:4747']])).toBe('HOST_NOT_ALLOWED')
  })
})

describe('a server bound to every address of the machine', () => {
  const everywhere: GuardOptions = { host: '0.0.0.0', port: 4747, token: 'secret' }
  const ask = (host: string, origin = `http://${host}`): string | null =>
    refusal(
      [
        ['Host', host],
        ['Origin', origin],
        ['Authorization', 'Bearer secret'],
      ],
      everywhere,
    )

  test.each(['192.168.1.5:4747', '10.0.0.1:4747', '[fe80::1]:4747', '0.0.0.0:4747', 'localhost:4747'])(
    'is asked for by its address %s',
    (host) => expect(ask(host)).toBeNull(),
  )

  test.each([
    'evil.com:4747',
    '192.168.1.5:4748',
    '192.168.1.5',
    '192.168.1.5.nip.io:4747',
    '1.2.3.4@evil.com:4747',
    '999.1.1.1:4747',
    'fe80::1:4747',
    '[evil]:4747',
  ])('is not asked for by %s', (host) => expect(ask(host)).toBe('HOST_NOT_ALLOWED'))

  test('answers no page of another origin, and no one without the token', () => {
    for (const origin of ['http://evil.com:4747', 'https://192.168.1.5:4747', 'http://192.168.1.5:80', 'null'])
      expect(ask('192.168.1.5:4747', origin)).toBe('ORIGIN_NOT_ALLOWED')
    expect(refusal([['Host', '192.168.1.5:4747']], everywhere)).toBe('UNAUTHENTICATED')
  })

  test('one address only is that address only', () => {
    const one: GuardOptions = { ...everywhere, host: 'fe80::1', token: null }
    expect(refusal([['Host', '[fe80::1]:4747']], one)).toBeNull()
    expect(refusal([['Host', '[fe80::2]:4747']], one)).toBe('HOST_NOT_ALLOWED')
  })
})

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

/** Sends bytes as they are. @returns all that came back */
const raw = async (text: string): Promise<string> => {
  const socket = connect(Number(new URL(server.address).port), '127.0.0.1')
  socket.end(text)
  let answer = ''
  socket.setEncoding('utf8').on('data', (chunk) => {
    answer += chunk
  })
  await once(socket, 'close')
  return answer
}

test('the guard stands before every route, also before those that are not there', async () => {
  const { port } = new URL(server.address)
  for (const path of [
    '/api/ready',
    '/api/tracks',
    '/nowhere',
    '/api/openapi.json',
    '/api/events',
    '/%2e%2e/etc/passwd',
  ])
    for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) {
      const answer = await raw(`${method} ${path} HTTP/1.1\r\nHost: evil.com:${port}\r\nConnection: close\r\n\r\n`)
      expect(answer, `${method} ${path}`).toMatch(/^HTTP\/1\.1 403 /)
      expect(answer).toContain('HOST_NOT_ALLOWED')
      expect(answer.toLowerCase()).not.toContain('access-control-')
    }
})

test.each([
  ['GET /api/ready HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'MALFORMED_REQUEST'],
  ['GET /api/ready HTTP/1.0\r\n\r\n', 400, 'MALFORMED_REQUEST'],
  ['HELO\r\n\r\n', 400, 'MALFORMED_REQUEST'],
  [
    'POST /api/scan HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
    'MALFORMED_REQUEST',
  ],
  [
    'GET http://evil.com/api/health HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n',
    403,
    'HOST_NOT_ALLOWED',
  ],
  [
    'GET /api/health HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: http://localhost:PORT\r\nConnection: close\r\n\r\n',
    403,
    'ORIGIN_NOT_ALLOWED',
  ],
  [`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 413, 'PAYLOAD_TOO_LARGE'],
  ['GET /%zz HTTP/1.1\r\nHost: evil.com\r\nConnection: close\r\n\r\n', 403, 'HOST_NOT_ALLOWED'],
  ['GET /%zz HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n', 400, 'MALFORMED_REQUEST'],
])('what is no proper request is told so like anything else: %#', async (text, status, code) => {
  const answer = await raw(text.replaceAll('PORT', new URL(server.address).port))
  const [head, body] = answer.split('\r\n\r\n') as [string, string]
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(head.toLowerCase()).toContain('content-type: application/problem+json')
  expect(JSON.parse(body)).toMatchObject({ status, code, title: expect.any(String), hint: expect.any(String) })
})

test.each([
  ['POST', '/api/scan', 202],
  ['DELETE', '/api/training/labels/4711', 404],
  ['POST', '/api/jobs/job_4711/cancel', 404],
  ['POST', '/api/training/models/4711/activate', 404],
  ['POST', '/api/roots', 422],
])('%s %s with a type and no body is answered as without a type: %i', async (method, path, status) => {
  const headers = { 'content-type': 'application/json' }
  expect((await fetch(server.address + path, { method, headers })).status).toBe(status)
})

test.each([
  ['POST', '/api/scan', 'text/plain', 'x', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['POST', '/api/scan', 'application/json', '{', 400, 'MALFORMED_REQUEST'],
  ['POST', '/api/scan', 'application/json', `"${'x'.repeat(2 << 20)}"`, 413, 'PAYLOAD_TOO_LARGE'],
  ['POST', '/api/scan', 'application/json', `[${'{},'.repeat(120_000)}{}]`, 413, 'PAYLOAD_TOO_LARGE'],
  ['POST', '/api/scan', 'application/json', '{"__proto__":{"admin":true}}', 400, 'MALFORMED_REQUEST'],
  ['DELETE', '/api/scan', 'application/json', '{}', 405, 'METHOD_NOT_ALLOWED'],
  ['POST', '/api/nowhere', 'application/json', '{}', 404, 'ROUTE_NOT_FOUND'],
])('%s %s with %s is told %i %s', async (method, path, type, body, status, code) => {
  const answer = await fetch(server.address + path, { method, body, headers: { 'content-type': type } })
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(await answer.json()).toMatchObject({ status, code, hint: expect.any(String) })
})

test.each([
  ['/api/scan', 'POST'],
  ['/api/tracks/1?a=b', 'GET, HEAD'],
  ['/api/training/labels', 'GET, HEAD, POST'],
  ['/api/training/labels/1', 'DELETE, PATCH'],
  ['/api/training/models/1', 'DELETE, GET, HEAD, PATCH'],
  ['/api/openapi.json', 'GET, HEAD'],
])('a wrong method is told the right ones of %s', async (path, allowed) => {
  const answer = await fetch(server.address + path, { method: 'PUT' })
  expect(answer.headers.get('allow')).toBe(allowed)
  expect(await answer.json()).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' })
})
