import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { withStoredAudio } from './audio-storage.ts'
import { type Storage, startStorage } from './bucket.fixture.ts'
import { bucketUrl, type ListedObject, openBucket } from './bucket.ts'
import { openObjects, prepareObjects } from './object-store.ts'
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

/** What people call files, and what addresses, answers and paths make something else of. */
const ODD_NAMES = [
  'a b.mp3',
  'a%20b.mp3',
  'a+b.mp3',
  '%.mp3',
  'a#b?c=d&e.mp3',
  'é.mp3'.normalize('NFC'),
  'é.mp3'.normalize('NFD'),
  '日本.mp3',
  '🎛.mp3',
  '/lead.mp3',
  'x//y.mp3',
  './here.mp3',
  '../up.mp3',
  'back\\slash.mp3',
  '<x>&amp;".mp3',
  'tab\tand return\r.mp3',
  'control\u0001.mp3',
  `${'long/'.padEnd(1015, 'k')}.mp3`,
] as const

test('whatever names objects have, each is listed once, by its name, and lent with its own bytes', async () => {
  for (const name of ODD_NAMES) await storage!.put('music', `odd/${name}`, bytesOf(name))
  const listed = await listOf('s3://music/odd')
  expect(listed.map(({ key }) => key).toSorted()).toEqual(ODD_NAMES.toSorted())
  for (const one of listed)
    expect(
      await withStoredAudio({ prefix: 's3://music/odd', ...one }, async ({ path }) => readFileSync(path, 'utf8')),
    ).toBe(one.key)
})

test.each([
  ['s3://music', 's3://music'],
  ['s3://music/', 's3://music'],
  ['s3://music//a///b/', 's3://music/a/b'],
  ['s3://music/a b/%20', 's3://music/a b/%20'],
])('%s is the prefix %s', (written, url) => {
  expect(bucketUrl(written)).toBe(url)
})

test.each(['s3://', 's3:///', 's3:///a'])('%s names no bucket', (written) => {
  expect(() => bucketUrl(written)).toThrow(expect.objectContaining({ code: 'ROOT_NOT_FOUND' }))
})

test('a place for derived bytes is tried before a catalogue names it', async () => {
  await prepareObjects('s3://music/derived')
  await expect(prepareObjects('s3://nowhere/derived')).rejects.toMatchObject({ code: 'STORAGE_UNREACHABLE' })
  await expect(prepareObjects('s3://')).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' })
})

test('a bucket that is not there says so', async () => {
  await expect(listOf('s3://nowhere')).rejects.toMatchObject({ code: 'STORAGE_UNREACHABLE' })
})
