import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { TrackTags } from '../../core/library/track-tags.ts'
import { readTags } from './tags.ts'

const folder = mkdtempSync(join(tmpdir(), 'algiers-tags-'))
const fixture = (extension: string): Buffer =>
  readFileSync(new URL(`./fixtures/two-clicks.${extension}`, import.meta.url))
let count = 0
const put = (extension: string, ...parts: readonly Uint8Array[]): string => {
  const path = join(folder, `${count++}.${extension}`)
  writeFileSync(path, Buffer.concat(parts))
  return path
}

const tagsAt = (path: string): Promise<TrackTags> => readTags({ path })

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
/** Bytes of the encoding byte and the text after it. */
type Frames = Readonly<Record<string, Uint8Array>>
const latin1 = (text: string): Buffer => Buffer.concat([Buffer.from([0]), Buffer.from(text, 'latin1')])
const utf16 = (text: string): Buffer => Buffer.concat([Buffer.from([1, 0xff, 0xfe]), Buffer.from(text, 'utf16le')])
const utf8 = (text: string): Buffer => Buffer.concat([Buffer.from([3]), Buffer.from(text)])

/** Small enough that plain and "synchsafe" sizes are the same. */
const id3 = (version: 3 | 4, frames: Frames): Buffer => {
  const body = Buffer.concat(
    Object.entries(frames).map(([id, bytes]) =>
      Buffer.concat([Buffer.from(id), uint32(bytes.length), Buffer.alloc(2), bytes]),
    ),
  )
  expect(body.length).toBeLessThan(128)
  return Buffer.concat([Buffer.from(`ID3${String.fromCharCode(version)}\0\0`, 'latin1'), uint32(body.length), body])
}
const mp3 = (version: 3 | 4, frames: Frames): string => put('mp3', id3(version, frames), fixture('mp3'))

const comments = (...lines: readonly string[]): string => {
  const sized = (text: string): Buffer => {
    const size = Buffer.alloc(4)
    size.writeUInt32LE(Buffer.byteLength(text))
    return Buffer.concat([size, Buffer.from(text)])
  }
  const number = Buffer.alloc(4)
  number.writeUInt32LE(lines.length)
  const body = Buffer.concat([sized(''), number, ...lines.map(sized)])
  const plain = fixture('flac')
  return put('flac', plain.subarray(0, 42), Buffer.from([4, 0, 0, body.length]), body, plain.subarray(42))
}

test('a slash in ID3v2.3 is a part of the name, in every field', async () => {
  const path = mp3(3, {
    TPE1: latin1('AC/DC'),
    TIT2: utf16('T.N.T / Live'),
    TALB: latin1('A/B'),
    TCON: latin1('Drum (and) Bass/Jungle'),
  })
  expect(await tagsAt(path)).toMatchObject({
    artist: 'AC/DC',
    artists: ['AC/DC'],
    title: 'T.N.T / Live',
    album: 'A/B',
    genre: 'Drum (and) Bass/Jungle',
  })
})

test('several artists are kept as several: ID3v2.4 divides them by a zero, and so do many files of ID3v2.3', async () => {
  const [four, three] = await Promise.all([
    tagsAt(mp3(4, { TPE1: utf8('AC/DC\0Ünal') })),
    tagsAt(mp3(3, { TPE1: utf16('AC / DC\0\ufeffÜnal') })),
  ])
  expect(four).toMatchObject({ artist: 'AC/DC, Ünal', artists: ['AC/DC', 'Ünal'] })
  expect(three).toMatchObject({ artist: 'AC / DC, Ünal', artists: ['AC / DC', 'Ünal'] })
})

test('several comments of one name in a FLAC file are several values', async () => {
  expect(await tagsAt(comments('ARTIST=AC/DC', 'artist=B', 'TITLE=One', 'TITLE=Two'))).toMatchObject({
    artist: 'AC/DC, B',
    artists: ['AC/DC', 'B'],
    title: 'One, Two',
  })
  // A program that credits several in words may name them one by one beside it.
  expect(await tagsAt(comments('ARTIST=A feat. B', 'ARTISTS=A', 'ARTISTS=B'))).toMatchObject({
    artist: 'A feat. B',
    artists: ['A', 'B'],
  })
})

test('genres that are numbers are named', async () => {
  expect((await tagsAt(mp3(4, { TCON: utf8('17\0House') }))).genre).toBe('Rock, House')
  expect((await tagsAt(mp3(3, { TCON: latin1('(4)') }))).genre).toBe('Disco')
})

test('UTF-8 in a frame that says Latin-1 is put right, with a letter that ends in what looks like a blank', async () => {
  const asLatin1 = (text: string): Buffer => latin1(Buffer.from(text).toString('latin1'))
  expect(await tagsAt(mp3(3, { TPE1: asLatin1('Voilà'), TIT2: asLatin1('Кино') }))).toMatchObject({
    artist: 'Voilà',
    title: 'Кино',
  })
})

test('real Latin-1 stays what it is', async () => {
  expect(await tagsAt(mp3(3, { TPE1: latin1('Sigur Rós'), TIT2: latin1('Ágætis byrjun ½') }))).toMatchObject({
    artist: 'Sigur Rós',
    title: 'Ágætis byrjun ½',
  })
})
