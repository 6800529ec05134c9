import { mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { identifyFile } from './identity.ts'
import { withOggComments } from './ogg-bytes.fixture.ts'
import { readTags } from './tags.ts'
import { aiffBytes, wavBytes } from './wav-bytes.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'algiers-identity-'))
const put = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}
const fixture = (extension: string): Buffer =>
  readFileSync(new URL(`./fixtures/two-clicks.${extension}`, import.meta.url))
const tone = [Float32Array.from({ length: 4000 }, (_, n) => Math.sin(n / 9) / 2)]

const textFrame = (id: string, text: string): Buffer => {
  const body = Buffer.concat([Buffer.from([3]), Buffer.from(text)])
  const head = Buffer.from(`${id}\0\0\0${String.fromCharCode(body.length)}\0\0`, 'latin1')
  return Buffer.concat([head, body])
}
const id3 = (title: string): Buffer => {
  const frames = Buffer.concat([textFrame('TIT2', title), textFrame('TPE1', 'The Testers'), textFrame('TKEY', 'F#m')])
  return Buffer.concat([Buffer.from(`ID3\x04\0\0\0\0\0${String.fromCharCode(frames.length)}`, 'latin1'), frames])
}
const id3v1 = (title: string): Buffer => {
  const tag = Buffer.alloc(128)
  tag.write(`TAG${title}`, 'latin1')
  return tag
}
const riffChunk = (name: string, body: string): Buffer => {
  const head = Buffer.alloc(8)
  head.write(name)
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, Buffer.from(body)])
}
const aiffChunk = (name: string, body: string): Buffer => {
  const head = Buffer.alloc(8)
  head.write(name)
  head.writeUInt32BE(body.length, 4)
  return Buffer.concat([head, Buffer.from(body)])
}
const flacTagged = (comment: string): Buffer => {
  const plain = fixture('flac')
  const vendor = Buffer.from('\0\0\0\0\x01\0\0\0', 'latin1')
  const size = Buffer.alloc(4)
  size.writeUInt32LE(comment.length)
  const body = Buffer.concat([vendor, size, Buffer.from(comment)])
  const head = Buffer.from([4, 0, 0, body.length])
  return Buffer.concat([plain.subarray(0, 42), head, body, plain.subarray(42)])
}

describe('tags do not change what a track is', () => {
  const mp3 = fixture('mp3')
  test.each([
    ['mp3', mp3, Buffer.concat([id3('One'), mp3]), Buffer.concat([id3('Another title'), mp3, id3v1('Old')])],
    [
      'wav',
      wavBytes(tone),
      Buffer.concat([wavBytes(tone), riffChunk('id3 ', 'one!')]),
      Buffer.concat([wavBytes(tone), riffChunk('LIST', 'INFOmore')]),
    ],
    [
      'aiff',
      aiffBytes(tone),
      Buffer.concat([aiffBytes(tone), aiffChunk('ID3 ', 'one!')]),
      Buffer.concat([aiffBytes(tone), aiffChunk('NAME', 'longer')]),
    ],
    [
      'ogg',
      fixture('ogg'),
      withOggComments(fixture('ogg'), ['TITLE=One'], 255),
      // A cover reaches over pages on which no packet ends.
      withOggComments(fixture('ogg'), [`METADATA_BLOCK_PICTURE=${'QUJD'.repeat(9000)}`], 16),
    ],
    ['flac', fixture('flac'), flacTagged('TITLE=One'), flacTagged('TITLE=Quite another one')],
  ])('%s', async (extension, ...versions) => {
    const found = await Promise.all(versions.map((bytes, n) => identifyFile(put(`${n}.${extension}`, bytes))))
    expect(new Set(found.map(({ audioDigest }) => audioDigest)).size).toBe(1)
    expect(new Set(found.map(({ fileDigest }) => fileDigest)).size).toBe(3)
  })

  test('another sound is another track', async () => {
    const other = fixture('mp3')
    other[other.length - 2000] = other[other.length - 2000]! ^ 1
    const [a, b] = await Promise.all([identifyFile(put('a.mp3', fixture('mp3'))), identifyFile(put('b.mp3', other))])
    expect(a.audioDigest).not.toBe(b.audioDigest)
  })

  test('a new name changes nothing', async () => {
    const path = put('before.ogg', fixture('ogg'))
    const before = await identifyFile(path)
    renameSync(path, join(folder, 'after.ogg'))
    expect(await identifyFile(join(folder, 'after.ogg'))).toEqual(before)
  })
})

test('two files that share their first 64 KiB are two tracks', async () => {
  const quiet = new Float32Array(100_000)
  const [one, two] = [quiet.slice(), quiet.slice()]
  one[99_000] = 0.5
  two[99_001] = 0.5
  const [a, b] = await Promise.all([
    identifyFile(put('one.wav', wavBytes([one]))),
    identifyFile(put('two.wav', wavBytes([two]))),
  ])
  expect(a.audioDigest).not.toBe(b.audioDigest)
})

test('tags are read, and their absence is null', async () => {
  const tagged = put('tagged.mp3', Buffer.concat([id3('Blåbærgrød'), fixture('mp3')]))
  expect(await readTags({ path: tagged })).toMatchObject({
    title: 'Blåbærgrød',
    artist: 'The Testers',
    key: 'F#m',
    album: null,
    bpm: null,
  })
  expect((await readTags({ path: put('bare.wav', wavBytes(tone)) })).title).toBeNull()
})

test('a tag reader that hangs is ended, and the next file is read', async () => {
  const path = put('next.mp3', Buffer.concat([id3('Next'), fixture('mp3')]))
  expect((await readTags({ path }, () => AbortSignal.abort())).title).toBeNull()
  expect((await readTags({ path })).title).toBe('Next')
})
