/** What storages do to whoever asks them, by one that does it on purpose. */
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { withStoredAudio } from './audio-storage.ts'
import { openBucket } from './bucket.ts'

const SOUND = Buffer.from('some seconds of sound')
const STAMP = '"first"'
const FILE = { prefix: 's3://music/b', key: 'one.wav', sizeBytes: SOUND.length, stamp: STAMP }
const NAMES = ['AWS_ENDPOINT_URL_S3', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']

let server: Server | undefined
const before = new Map(NAMES.map((name) => [name, process.env[name]]))

/** A storage that answers as told; its address is where the product looks for one. */
const storage = async (answer: RequestListener): Promise<void> => {
  server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  Object.assign(process.env, Object.fromEntries(NAMES.map((name) => [name, 'test'])))
  process.env.AWS_ENDPOINT_URL_S3 = `http://127.0.0.1:${port}`
}
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  for (const [name, was] of before)
    if (was === undefined) delete process.env[name]
    else process.env[name] = was
})

const whole: RequestListener = (_, answer) => answer.writeHead(200, { etag: STAMP }).end(SOUND)
const lent = (): Promise<string> => withStoredAudio(FILE, async ({ path }) => readFileSync(path, 'utf8'))

test('a storage that is overloaded for a moment is asked again', async () => {
  let asked = 0
  await storage((request, answer) => (++asked < 3 ? answer.writeHead(503).end() : whole(request, answer)))
  expect(await lent()).toBe(String(SOUND))
})

test('one that stays overloaded is away, whatever is asked of it', async () => {
  await storage((_, answer) => answer.writeHead(503).end())
  const bucket = await openBucket(FILE.prefix)
  const away = { code: 'STORAGE_UNREACHABLE' }
  await expect(lent()).rejects.toMatchObject(away)
  await expect(bucket.get('a')).rejects.toMatchObject(away)
  await expect(bucket.put('a', SOUND)).rejects.toMatchObject(away)
  await expect(bucket.has('a')).rejects.toMatchObject(away)
  await expect(bucket.look('a', STAMP)).rejects.toMatchObject(away)
  await expect(bucket.list()[Symbol.asyncIterator]().next()).rejects.toMatchObject(away)
})

test('a file that breaks off is not lent', async () => {
  await storage((_, answer) => {
    answer.writeHead(200, { etag: STAMP, 'content-length': SOUND.length })
    answer.write(SOUND.subarray(0, 5), () => answer.destroy())
  })
  const seen: string[] = []
  const asked = withStoredAudio(FILE, async ({ path }) => void seen.push(path))
  await expect(asked).rejects.toMatchObject({ code: 'STORAGE_UNREACHABLE' })
  expect(seen).toEqual([])
})

test('a storage that says nothing, or nothing more amid a file, counts as away', async () => {
  await storage((request, answer) => {
    if (request.url?.includes('mute')) return
    answer.writeHead(200, { etag: STAMP, 'content-length': SOUND.length })
    answer.write(SOUND.subarray(0, 5))
  })
  const bucket = await openBucket(FILE.prefix, { silentMs: 200 })
  const folder = mkdtempSync(join(tmpdir(), 'bucket-faults-'))
  await expect(bucket.has('mute')).rejects.toMatchObject({ code: 'STORAGE_UNREACHABLE' })
  await expect(bucket.download('slow', STAMP, join(folder, 'part'))).rejects.toMatchObject({
    code: 'STORAGE_UNREACHABLE',
  })
  await expect(bucket.get('slow')).rejects.toMatchObject({ code: 'STORAGE_UNREACHABLE' })
  rmSync(folder, { recursive: true })
})

test('a file that was changed is told, also by a storage that heeds no conditions', async () => {
  await storage((_, answer) => answer.writeHead(200, { etag: '"second"' }).end('another sound'))
  const bucket = await openBucket(FILE.prefix)
  const changed = { code: 'AUDIO_CHANGED' }
  await expect(lent()).rejects.toMatchObject(changed)
  await expect(bucket.look(FILE.key, STAMP)).rejects.toMatchObject(changed)
  await expect(bucket.read(FILE.key, STAMP, { first: 0, last: 3 })).rejects.toMatchObject(changed)
})

const denied =
  (name: string): RequestListener =>
  (_, answer) =>
    answer.writeHead(403).end(`<Error><Code>${name}</Code><Message>told</Message></Error>`)

test('access that has run out says nothing of a file; one that lies in an archive is unreadable', async () => {
  for (const name of ['ExpiredToken', 'AccessDenied', 'RequestTimeTooSkewed', 'SignatureDoesNotMatch']) {
    await storage(denied(name))
    await expect(lent()).rejects.toMatchObject({ code: 'STORAGE_UNREACHABLE' })
    server?.close()
  }
  await storage(denied('InvalidObjectState'))
  await expect(lent()).rejects.toMatchObject({ code: 'AUDIO_UNREADABLE' })
})

const FULL = '/dev/full'

test('what this machine cannot write is not said of the storage', async ({ skip }) => {
  skip(!existsSync(FULL), 'no disk is always full here')
  await storage(whole)
  const bucket = await openBucket(FILE.prefix)
  await expect(bucket.download(FILE.key, STAMP, FULL)).rejects.toMatchObject({ code: 'STORAGE_FULL' })
})
