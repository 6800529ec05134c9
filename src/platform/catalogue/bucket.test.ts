import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { withStoredAudio } from './audio-storage.ts'
import { type Storage, startStorage } from './bucket.fixture.ts'
import { type ListedObject, openBucket } from './bucket.ts'
import { openObjects } from './object-store.ts'
import { NO_POSTGRES } from './postgres.fixture.ts'

let storage: Storage | null = null
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

beforeAll(async () => {
  storage = await startStorage()
  await storage?.makeBucket('music')
})
beforeEach(({ skip }) => skip(storage === null, NO_POSTGRES))
afterAll(() => storage?.stop())

const listOf = async (url: string): Promise<readonly ListedObject[]> => {
  const listed: ListedObject[] = []
  for await (const page of (await openBucket(url)).list()) listed.push(...page)
  return listed
}

const sqlOfNobody = (): never => {
  throw new Error('The database is asked for what lies in a bucket')
}

test('a bucket lists what lies below a prefix, by names relative to it, however many pages that takes', async () => {
  const names = Array.from({ length: 1005 }, (_, index) => `a/${String(index).padStart(4, '0')}.mp3`)
  for (const name of [...names, 'beside.mp3']) await storage!.put('music', name, bytesOf(name))
  expect((await listOf('s3://music/a')).map(({ key }) => `a/${key}`)).toEqual(names)
})

test('a file of a bucket is lent as a file of this machine, unless it has changed since it was listed', async () => {
  await storage!.put('music', 'b/one.wav', bytesOf('first'))
  const [listed] = await listOf('s3://music/b')
  const file = { prefix: 's3://music/b', ...listed! }
  const lent = await withStoredAudio(file, async ({ path }) => ({ path, text: readFileSync(path, 'utf8') }))
  expect(lent.text).toBe('first')
  expect(() => readFileSync(lent.path)).toThrow('ENOENT')
  await storage!.put('music', 'b/one.wav', bytesOf('other'))
  await expect(withStoredAudio(file, async () => null)).rejects.toMatchObject({ code: 'AUDIO_CHANGED' })
  await expect(withStoredAudio({ ...file, key: 'none.wav' }, async () => null)).rejects.toMatchObject({
    code: 'AUDIO_NOT_FOUND',
  })
})

test('derived bytes come out of a bucket as they went in', async () => {
  const objects = openObjects(sqlOfNobody, 's3://music/derived')
  await objects.put('peaks/ab/abc', Uint8Array.of(1, 2, 255))
  expect([...(await objects.get('peaks/ab/abc'))!]).toEqual([1, 2, 255])
  expect(await objects.get('peaks/ab/none')).toBeNull()
})

test('a bucket that is not there says so', async () => {
  await expect(listOf('s3://nowhere')).rejects.toMatchObject({ code: 'STORAGE_UNREACHABLE' })
})
