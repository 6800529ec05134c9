import { request } from 'node:http'
import { networkInterfaces } from 'node:os'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { pageAddress } from './guard.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'
import { type RunningServer, startServer } from './start-server.ts'

let local: TestServer
let server: RunningServer
const start = async (newToken = false): Promise<RunningServer> =>
  startServer(local.app, { host: '0.0.0.0', port: 0, newToken, report: (bug) => expect(bug).toBeUndefined() })
beforeEach(async () => {
  local = await startTestServer((store) => void addFixtureTrack(store, { index: 1, bpm: 120 }))
  server = await start()
})
afterEach(async () => {
  await server.close()
  await local.close()
})

type Answer = {
  readonly status: number | undefined
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
}

/** As a browser would, which follows nothing by itself here. */
const get = (url: string, headers: Record<string, string> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const call = request(url, { headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk) => {
        body += chunk
        if (response.headers['content-type']?.includes('event-stream')) call.destroy()
      })
      response.on('close', () => resolve({ status: response.statusCode, headers: response.headers, body }))
    })
    call.on('error', reject)
    call.end()
  })

/** Opens the printed address. @returns the cookie as it is sent back */
const logIn = async ({ address, token }: RunningServer): Promise<string> => {
  const { status, headers } = await get(pageAddress(address, token))
  expect({ status, location: headers.location }).toEqual({ status: 303, location: '/' })
  const [cookie] = headers['set-cookie'] as string[]
  expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/)
  expect(headers['cache-control']).toBe('no-store')
  return cookie!.split(';')[0]!
}

test('nobody is let in without the token, and it is said which way to come', async () => {
  for (const path of ['/', '/api/tracks', '/api/tracks/1/audio', '/api/events', '/?token=', '/?token=wrong']) {
    const { status, headers, body } = await get(server.address + path)
    expect({ status, way: headers['www-authenticate'] }).toEqual({ status: 401, way: 'Bearer realm="Algiers"' })
    expect(JSON.parse(body)).toMatchObject({ code: 'UNAUTHENTICATED', hint: expect.stringContaining('Bearer') })
    expect(headers['set-cookie']).toBeUndefined()
  }
})

test('an address that offers a model leads to that offer, and nowhere else', async () => {
  const leadsTo = async (address: string): Promise<unknown> => (await get(address)).headers.location
  expect(await leadsTo(pageAddress(server.address, server.token, 'a1-b2'))).toBe('/training?offer=a1-b2')
  const odd = '//other.example/?x=1&y#z'
  expect(await leadsTo(pageAddress(server.address, server.token, odd))).toBe(
    `/training?offer=${encodeURIComponent(odd)}`,
  )
  expect(await leadsTo(`${pageAddress(server.address, server.token)}&to=//other.example`)).toBe('/')
})

test('the printed address lets a browser in: after it the cookie does, where no header can be sent', async () => {
  const cookie = await logIn(server)
  for (const [path, status] of [
    ['/api/tracks', 200],
    ['/api/events', 200],
    // A row whose drive is not there: it is looked for.
    ['/api/tracks/1/audio', 409],
  ] as const)
    expect([path, (await get(server.address + path, { cookie })).status]).toEqual([path, status])
  const bearer = { authorization: `Bearer ${server.token}` }
  expect((await get(`${server.address}/api/tracks`, bearer)).status).toBe(200)
})

test('the token counts in the address of the page only, and a cookie only whole and of this port', async () => {
  const { token, address } = server
  expect((await get(`${address}/api/tracks?token=${token}`)).status).toBe(401)
  const port = Number(new URL(address).port)
  for (const cookie of [
    `algiers-${port}=`,
    `algiers-${port}=${token!.slice(1)}`,
    `algiers-${port + 1}=${token}`,
    `${token}`,
  ])
    expect([cookie, (await get(`${address}/api/tracks`, { cookie })).status]).toEqual([cookie, 401])
  const others = `a=b; algiers-${port + 1}=x; algiers-${port}=${token}; c=d`
  expect((await get(`${address}/api/tracks`, { cookie: others })).status).toBe(200)
})

test('a cookie lets no page of another origin in', async () => {
  const cookie = await logIn(server)
  for (const origin of ['http://evil.com', `${server.address}0`, 'null'])
    expect((await get(`${server.address}/api/tracks`, { cookie, origin })).status).toBe(403)
  expect((await get(`${server.address}/api/tracks`, { cookie, 'sec-fetch-site': 'same-site' })).status).toBe(403)
})

test('who was let in stays so after a restart, and is out when another token is made', async () => {
  const { token } = server
  const ask = async ({ address }: RunningServer): Promise<number | undefined> => {
    const port = new URL(address).port
    return (await get(`${address}/api/tracks`, { cookie: `algiers-${port}=${token}` })).status
  }
  await server.close()
  server = await start()
  expect([server.token, await ask(server)]).toEqual([token, 200])
  await server.close()
  server = await start(true)
  expect(server.token).not.toBe(token)
  expect(await ask(server)).toBe(401)
})

test('the addresses of a server on all of them are those of this machine, and can be opened', async () => {
  const own = Object.values(networkInterfaces()).flatMap((found) => found ?? [])
  const outside = own.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address)
  const port = new URL(server.address).port
  expect(server.addresses).toEqual(['127.0.0.1', ...outside].map((host) => `http://${host}:${port}`))
  expect(server.address).toBe(`http://127.0.0.1:${port}`)
  expect(local.address).toMatch(/^http:\/\/127\.0\.0\.1:/)
})
