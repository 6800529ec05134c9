import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { UNKNOWN_FOREIGN_TRACK } from '../../core/interop/libraries/foreign-library.ts'
import { formatSeratoFrames, planSeratoMarks } from '../../core/interop/libraries/serato/plan-serato-marks.ts'
import { NO_MARKS } from '../../core/interop/libraries/serato/serato-marks.ts'
import { withSeratoFrames } from '../../core/interop/libraries/serato/serato-track.ts'
import { createWarningTally } from '../../core/interop/libraries/warning-tally.ts'
import { identifyFile } from '../decoding/identity.ts'
import { withOggComments } from '../decoding/ogg-bytes.fixture.ts'
import { readSeratoFrames, readTags } from '../decoding/tags.ts'
import { aiffBytes, wavBytes } from '../decoding/wav-bytes.fixture.ts'
import { readSeratoBackup, writeSeratoFrames } from './write-serato-frames.ts'

const folder = mkdtempSync(join(tmpdir(), 'algiers-tagging-'))
const inFolder = (name: string): string => join(folder, name)
const fixture = (extension: string): Buffer =>
  readFileSync(new URL(`../decoding/fixtures/two-clicks.${extension}`, import.meta.url))
const planes = [Float32Array.from({ length: 4410 }, (_, n) => Math.sin(n / 10) / 2)]

/** Puts `moov` before the sound, as a file for streaming has it. */
const forStreaming = (file: Buffer): Buffer => {
  const moovAt = file.indexOf('moov') - 4
  const mdatAt = file.indexOf('mdat') - 4
  const moov = Buffer.from(file.subarray(moovAt, moovAt + file.readUInt32BE(moovAt)))
  const offsetAt = moov.indexOf('stco') + 12
  moov.writeUInt32BE(moov.readUInt32BE(offsetAt) + moov.length, offsetAt)
  return Buffer.concat([file.subarray(0, mdatAt), moov, file.subarray(mdatAt, moovAt)])
}

/** A tag of version 2.2 before the sound: a title, and a cover in three letters. */
const withOldTag = (file: Buffer): Buffer => {
  const frame = (name: string, body: Buffer): Buffer =>
    Buffer.concat([Buffer.from(name), Buffer.from([0, 0, body.length]), body])
  const body = Buffer.concat([
    frame('TT2', Buffer.from('\0Night')),
    frame('PIC', Buffer.from('\0JPG\u0003cover\0....')),
    frame('TCP', Buffer.from('\u00001')),
  ])
  return Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 2, 0, 0, 0, 0, 0, body.length]), body, file])
}

const FILES: Readonly<Record<string, () => Buffer>> = {
  'a.mp3': () => fixture('mp3'),
  'old.mp3': () => withOldTag(fixture('mp3').subarray(fixture('mp3').indexOf(Buffer.from([0xff, 0xfb])))),
  'fragments.m4a': () => readFileSync(new URL('../decoding/fixtures/in-fragments.m4a', import.meta.url)),
  'a.flac': () => fixture('flac'),
  'a.m4a': () => fixture('m4a'),
  'streaming.m4a': () => forStreaming(fixture('m4a')),
  'a.ogg': () => fixture('ogg'),
  'a.wav': () => wavBytes(planes),
  'a.aiff': () => aiffBytes(planes),
}

const MARKS = planSeratoMarks(
  NO_MARKS,
  [
    { startSeconds: 0.5, endSeconds: null, name: 'Intro', colour: '#22c55e' },
    { startSeconds: 64, endSeconds: null, name: 'Drop é', colour: null },
    { startSeconds: 60, endSeconds: 64, name: 'Build', colour: null },
  ],
  'extend',
).marks
const GRID = { anchors: [{ seconds: 0.5, bpm: 128, beatOfBar: 0 }] }
const framesOf = (name: string): ReturnType<typeof formatSeratoFrames> => {
  const layout = name.endsWith('m4a') ? 'mp4' : 'id3'
  return formatSeratoFrames(MARKS, GRID, { layout, hasOldMarks: !/(?:flac|ogg)$/.test(name) }, null)
}
const NONE = { endSeconds: null, colour: null, isAutomatic: false }
const CUES = [
  // Green is shown as #4eb648, which is the nearest that Serato has.
  { ...NONE, type: 'cue', pad: 0, startSeconds: 0.5, name: 'Intro', colour: '#4eb648' },
  { ...NONE, type: 'loop', pad: 0, startSeconds: 60, endSeconds: 64, name: 'Build' },
  { ...NONE, type: 'cue', pad: 1, startSeconds: 64, name: 'Drop é' },
]

beforeAll(() => {
  for (const [name, bytes] of Object.entries(FILES)) writeFileSync(inFolder(name), bytes())
})

describe.each(Object.keys(FILES))('%s', (name) => {
  const source = inFolder(name)

  test('gets cues and a grid in a copy, with the same sound; itself it stays as it was', async () => {
    const target = inFolder(`copy-${name}`)
    await writeSeratoFrames({ source, target, frames: framesOf(name), backup: null })
    expect(readFileSync(source)).toEqual(FILES[name]!())
    expect((await identifyFile(target)).audioDigest).toBe((await identifyFile(source)).audioDigest)
    const read = withSeratoFrames(UNKNOWN_FOREIGN_TRACK, (await readSeratoFrames(target))!, createWarningTally())
    expect(read.cues).toEqual(CUES)
    expect(read.grid).toEqual({ ...GRID, beats: null })
    expect(await readTags({ path: target })).toEqual(await readTags({ path: source }))
  })

  test('gets them in itself with a backup, by which they are taken back', async () => {
    const own = inFolder(`own-${name}`)
    const backup = inFolder(`own-${name}.json`)
    copyFileSync(source, own)
    await writeSeratoFrames({ source: own, target: own, frames: framesOf(name), backup })
    expect((await readSeratoFrames(own))?.markers2).toBeDefined()
    const kept = await readSeratoBackup(backup)
    expect(kept.audioDigest).toBe((await identifyFile(source)).audioDigest)
    await writeSeratoFrames({ source: own, target: own, frames: kept.frames, backup: `${backup}.2` })
    expect(await readSeratoFrames(own)).toBeNull()
    const again = await readSeratoBackup(`${backup}.2`)
    expect(again.frames.markers2).toEqual((await readSeratoFrames(inFolder(`copy-${name}`)))!.markers2)
  })

  test('is not written over', async () => {
    const target = inFolder(`copy-${name}`)
    const before = readFileSync(target)
    const writing = writeSeratoFrames({ source, target, frames: framesOf(name), backup: null })
    await expect(writing).rejects.toMatchObject({ code: 'EXPORT_EXISTS' })
    expect(readFileSync(target)).toEqual(before)
  })
})

test.each(['a.m4a', 'streaming.m4a'])('the table of %s leads to the same sound as before', async (name) => {
  const target = inFolder(`table-${name}`)
  await writeSeratoFrames({ source: inFolder(name), target, frames: framesOf(name), backup: null })
  const soundOf = (file: Buffer): Buffer => {
    const at = file.readUInt32BE(file.indexOf('stco') + 12)
    return file.subarray(at, at + 64)
  }
  expect(soundOf(readFileSync(target))).toEqual(soundOf(FILES[name]!()))
})

test('fragments and their index lead to the same sound as before', async () => {
  const target = inFolder('fragments-copy.m4a')
  await writeSeratoFrames({
    source: inFolder('fragments.m4a'),
    target,
    frames: framesOf('fragments.m4a'),
    backup: null,
  })
  const [before, after] = [readFileSync(inFolder('fragments.m4a')), readFileSync(target)]
  /** What each fragment says its sound counts from, and where the index has it. */
  const placesIn = (file: Buffer): readonly number[] => {
    const places: number[] = []
    for (let at = file.indexOf('tfhd'); at >= 0; at = file.indexOf('tfhd', at + 4))
      places.push(Number(file.readBigUInt64BE(at + 12)))
    const index = file.indexOf('tfra')
    const count = file.readUInt32BE(index + 16)
    // Times and places in eight bytes each, then three numbers of one byte.
    for (let entry = 0; entry < count; entry++) places.push(Number(file.readBigUInt64BE(index + 20 + entry * 19 + 8)))
    return places
  }
  const [old, moved] = [placesIn(before), placesIn(after)]
  expect(old.length).toBeGreaterThan(4)
  expect(moved.map((at) => after.toString('latin1', at, at + 20))).toEqual(
    old.map((at) => before.toString('latin1', at, at + 20)),
  )
})

/** Chunks of a WAV file, and what lies behind where it says that it ends. */
const chunksOf = (file: Buffer): { readonly names: readonly string[]; readonly behind: Buffer } => {
  const end = 8 + file.readUInt32LE(4)
  const names: string[] = []
  for (let at = 12; at < end; at += 8 + file.readUInt32LE(at + 4) + (file.readUInt32LE(at + 4) & 1))
    names.push(file.toString('latin1', at, at + 4))
  return { names, behind: file.subarray(end) }
}
const withChunks = (...chunks: readonly Buffer[]): Buffer => {
  const file = Buffer.concat([wavBytes(planes), ...chunks])
  file.writeUInt32LE(file.length - 8, 4)
  return file
}
const wavChunk = (name: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(8, name)
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length & 1)])
}
const anyTag = (title: string): Buffer => {
  const body = Buffer.from(`TIT2\0\0\0${String.fromCharCode(title.length + 1)}\0\0\0${title}`)
  return Buffer.concat([Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 0, body.length]), body])
}

test.each([
  ['what lies behind the end of a WAV file', Buffer.concat([withChunks(), Buffer.from('a signature')]), ['id3 ']],
  [
    'a tag before other chunks, and a second tag',
    withChunks(wavChunk('ID3 ', anyTag('One')), wavChunk('bext', Buffer.from('odd')), wavChunk('ID3 ', anyTag('Two'))),
    ['id3 ', 'bext', 'ID3 '],
  ],
])('%s stays where it is', async (_, bytes, expected) => {
  const [source, target] = [inFolder('chunks.wav'), inFolder(`chunks of ${expected.length}.wav`)]
  writeFileSync(source, bytes)
  await writeSeratoFrames({ source, target, frames: framesOf('a.wav'), backup: null })
  const [before, after] = [chunksOf(bytes), chunksOf(readFileSync(target))]
  expect(after.names.slice(-expected.length)).toEqual(expected)
  expect(after.behind).toEqual(before.behind)
  expect((await identifyFile(target)).audioDigest).toBe((await identifyFile(source)).audioDigest)
})

test('a length of a WAV file that its chunks exceed is put right', async () => {
  for (const length of [0, 36, 0xffffffff]) {
    const bytes = withChunks()
    bytes.writeUInt32LE(length, 4)
    const [source, target] = [inFolder(`length-${length}.wav`), inFolder(`length-${length}-copy.wav`)]
    writeFileSync(source, bytes)
    await writeSeratoFrames({ source, target, frames: framesOf('a.wav'), backup: null })
    const after = readFileSync(target)
    expect(after.readUInt32LE(4)).toBe(after.length - 8)
  }
})

test('frames of version 2.2 come along under their new names; one without such a name is refused', async () => {
  const target = inFolder('old-copy.mp3')
  await writeSeratoFrames({ source: inFolder('old.mp3'), target, frames: framesOf('old.mp3'), backup: null })
  const tag = readFileSync(target).toString('latin1')
  expect(tag.slice(0, 4)).toBe('ID3\u0003')
  expect(tag).toContain('TIT2\0\0\0\u0006\0\0\0Night')
  expect(tag).toContain('APIC')
  expect(tag).toContain('\0image/jpeg\0\u0003cover\0....')
  const strange = FILES['old.mp3']!()
  strange.write('QQQ', strange.indexOf('TCP'))
  writeFileSync(inFolder('strange.mp3'), strange)
  const writing = writeSeratoFrames({
    source: inFolder('strange.mp3'),
    target: inFolder('strange-copy.mp3'),
    frames: framesOf('a.mp3'),
    backup: null,
  })
  await expect(writing).rejects.toMatchObject({ code: 'TAGS_NOT_WRITABLE', message: /"QQQ"/ })
})

test('an Ogg file gets back its fields letter by letter, also under the name that FLAC has for them', async () => {
  const own = mkdtempSync(join(folder, 'fields-'))
  const [file, backup] = [join(own, 'a.ogg'), join(own, 'a.json')]
  const before = withOggComments(fixture('ogg'), ['SERATO_MARKERS_V2=AQE=', 'Serato_Beatgrid=odd', 'TITLE=One'], 255)
  writeFileSync(file, before)
  await writeSeratoFrames({ source: file, target: file, frames: framesOf('a.ogg'), backup })
  expect(readFileSync(file).includes('SERATO_MARKERS_V2=AQE=')).toBe(false)
  await writeSeratoFrames({ source: file, target: file, ...(await readSeratoBackup(backup)), backup: `${backup}.2` })
  const after = readFileSync(file)
  for (const field of ['SERATO_MARKERS_V2=AQE=', 'Serato_Beatgrid=odd', 'TITLE=One'])
    expect([field, after.includes(field)]).toEqual([field, true])
  expect([after.includes('serato_markers2'), after.includes('serato_beatgrid')]).toEqual([false, false])
})

test('other frames of the tag are kept byte by byte, also of version 3 with zeros after each 0xff', async () => {
  const body = Buffer.concat([
    Buffer.from('TIT2\0\0\0\u0009\0\0\u0001', 'latin1'),
    // "Aÿ" in UTF-16 with its mark; each 0xff of the tag has a zero after it.
    Buffer.from([0xff, 0, 0xfe, 0x41, 0, 0xff, 0, 0, 0x42, 0]),
    Buffer.from('PRIV\0\0\0\u0004\0\0a\0bc', 'latin1'),
  ])
  const head = Buffer.from([0x49, 0x44, 0x33, 3, 0, 0x80, 0, 0, 0, body.length])
  writeFileSync(inFolder('tagged.mp3'), Buffer.concat([head, body, fixture('mp3')]))
  const target = inFolder('tagged-copy.mp3')
  await writeSeratoFrames({ source: inFolder('tagged.mp3'), target, frames: framesOf('a.mp3'), backup: null })
  expect(await readTags({ path: target })).toMatchObject({ title: 'AÿB' })
  expect(readFileSync(target).includes(Buffer.from('PRIV\0\0\0\u0004\0\0a\0bc', 'latin1'))).toBe(true)
})

test('a file of a kind that Serato keeps nothing in, and a tag that cannot be kept, are refused and leave nothing behind', async () => {
  writeFileSync(inFolder('a.opus'), fixture('opus'))
  const damaged = Buffer.from('ID3\u0003\0\0\0\0\0\u0014TIT2\0\0\u00ff\u00ff\0\0', 'latin1')
  writeFileSync(inFolder('damaged.mp3'), Buffer.concat([damaged, Buffer.alloc(10), fixture('mp3')]))
  for (const name of ['a.opus', 'damaged.mp3']) {
    const target = inFolder(`refused-${name}`)
    const writing = writeSeratoFrames({ source: inFolder(name), target, frames: framesOf('a.mp3'), backup: null })
    await expect(writing).rejects.toMatchObject({ code: 'TAGS_NOT_WRITABLE' })
    expect(existsSync(target)).toBe(false)
  }
  expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([])
})

test.skipIf(process.platform === 'win32')(
  'a link under the name of the copy in the making is not written through',
  async () => {
    // Another try finds nothing of the one before.
    const own = mkdtempSync(join(folder, 'linked-'))
    const [source, target, other] = ['linked.mp3', 'to.mp3', 'other'].map((name) => join(own, name)) as [
      string,
      string,
      string,
    ]
    writeFileSync(source, fixture('mp3'))
    writeFileSync(other, 'mine')
    symlinkSync(other, join(own, '.to.mp3.partial'))
    await writeSeratoFrames({ source, target, frames: framesOf('a.mp3'), backup: null })
    expect(readFileSync(other, 'utf8')).toBe('mine')
    expect(await readSeratoFrames(target)).not.toBeNull()
  },
)

test('tags that cannot be read, or not in time, are not taken for none', async () => {
  writeFileSync(inFolder('late.mp3'), fixture('mp3'))
  expect(await readSeratoFrames(inFolder('late.mp3'))).toBeNull()
  const late = readSeratoFrames(inFolder('late.mp3'), () => AbortSignal.abort())
  await expect(late).rejects.toMatchObject({ code: 'TAGS_NOT_WRITABLE', message: expect.stringContaining('in time') })
  writeFileSync(inFolder('odd.flac'), 'no FLAC at all '.repeat(20))
  await expect(readSeratoFrames(inFolder('odd.flac'))).rejects.toMatchObject({ code: 'TAGS_NOT_WRITABLE' })
  await expect(readSeratoFrames(inFolder('nothing.mp3'))).rejects.toMatchObject({ code: 'AUDIO_NOT_FOUND' })
})
