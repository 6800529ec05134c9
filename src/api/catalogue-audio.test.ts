import { mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { initCatalogue, type OpenCatalogue, openCatalogue, openKeeper } from '../catalogue.ts'
import { putFixtureTrack } from '../engine/catalogue/catalogue.fixture.ts'
import { type Storage, startStorage } from '../platform/catalogue/bucket.fixture.ts'
import { type Connection, connect } from '../platform/catalogue/connect.ts'
import { NO_POSTGRES, sharedPostgres } from '../platform/catalogue/postgres.fixture.ts'
import { type CatalogueServer, startCatalogueServer } from './start-catalogue-server.ts'

const postgres = sharedPostgres()
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'catalogue-audio-')))
const BYTES = Uint8Array.from({ length: 1000 }, (_, index) => index % 251)
let storage: Storage | null = null
let connection: Connection
let catalogue: OpenCatalogue
let server: CatalogueServer
let token = ''
/** The same bytes in a mounted folder and in a bucket. */
const tracks = { mounted: 0, stored: 0 }

beforeAll(async () => {
  storage = postgres && (await startStorage())
  if (postgres === null || storage === null) return
  writeFileSync(join(folder, 'a.wav'), BYTES)
  await storage.makeBucket('music')
  await storage.put('music', 'sets/b.mp3', BYTES)
  const url = postgres.database()
  await initCatalogue(url, null)
  const keeper = await openKeeper(url)
  await keeper.add(folder)
  await keeper.add('s3://music/sets')
  token = await keeper.grant({ name: 'ada', role: 'reader', team: 'radio' })
  await keeper.close()
  connection = connect(url)
  for (const [name, key] of [
    ['mounted', 'a.wav'],
    ['stored', 'b.mp3'],
  ] as const) {
    tracks[name] = await putFixtureTrack(connection.sql, { title: name })
    await connection.sql(`UPDATE algiers.files SET state = 'done', track_id = $1 WHERE key = $2`, [tracks[name], key])
  }
  catalogue = await openCatalogue(url)
  server = await startCatalogueServer(catalogue, {
    host: '127.0.0.1',
    port: 0,
    offeredAt: 'https://music.example',
    report: (bug) => {
      throw bug
    },
    log: () => {},
  })
})
beforeEach(({ skip }) => skip(storage === null, NO_POSTGRES))
afterAll(async () => {
  await server?.close()
  await catalogue?.app.close()
  await connection?.close()
  await storage?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const ask = (name: keyof typeof tracks, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
  fetch(`${server.address}/api/tracks/${tracks[name]}/audio`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
  })
const bytesOf = async (answer: Response): Promise<Uint8Array> => new Uint8Array(await answer.arrayBuffer())

test.each([
  ['mounted', 'audio/wav'],
  ['stored', 'audio/mpeg'],
] as const)('a %s file is played whole and in parts', async (name, type) => {
  const whole = await ask(name)
  expect([whole.status, whole.headers.get('content-type'), whole.headers.get('content-length')]).toEqual([
    200,
    type,
    '1000',
  ])
  expect(await bytesOf(whole)).toEqual(BYTES)
  const part = await ask(name, { range: 'bytes=100-199' })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 100-199/1000'])
  expect(await bytesOf(part)).toEqual(BYTES.subarray(100, 200))
  expect(await bytesOf(await ask(name, { range: 'bytes=-3' }))).toEqual(BYTES.subarray(997))
  expect((await ask(name, { range: 'bytes=1000-' })).status).toBe(416)
  const head = await ask(name, {}, 'HEAD')
  expect([head.status, head.headers.get('content-length'), (await bytesOf(head)).length]).toEqual([200, '1000', 0])
  expect((await ask(name, { 'if-none-match': whole.headers.get('etag')! })).status).toBe(304)
  expect((await fetch(`${server.address}/api/tracks/${tracks[name]}/audio`)).status).toBe(401)
})

test('what took the place of a file is not played', async () => {
  await storage!.put('music', 'sets/b.mp3', Uint8Array.of(1, 2, 3))
  expect(((await (await ask('stored')).json()) as { code: string }).code).toBe('AUDIO_CHANGED')
  renameSync(join(folder, 'a.wav'), join(folder, '..', `${tracks.mounted}-elsewhere.wav`))
  symlinkSync(join(folder, '..', `${tracks.mounted}-elsewhere.wav`), join(folder, 'a.wav'))
  const answer = await ask('mounted')
  rmSync(join(folder, '..', `${tracks.mounted}-elsewhere.wav`))
  expect(((await answer.json()) as { code: string }).code).toBe('OUTSIDE_LIBRARY')
})

test('the cookie of a server that a proxy offers over TLS goes over TLS only', async () => {
  const { request } = await import('node:http')
  const cookieFor = (host: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(server.address)
      request({ host: '127.0.0.1', port, path: `/?token=${token}`, headers: { host } }, (answer) => {
        answer.resume()
        resolve(String(answer.headers['set-cookie']))
      })
        .on('error', reject)
        .end()
    })
  expect(await cookieFor('music.example')).toMatch(/; Secure$/)
  // On this machine there is no TLS, and a browser would never send it back.
  expect(await cookieFor(new URL(server.address).host)).not.toContain('Secure')
})
