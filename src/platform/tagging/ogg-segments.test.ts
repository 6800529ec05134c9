import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatSeratoFrames, planSeratoMarks } from '../../core/interop/libraries/serato/plan-serato-marks.ts'
import { NO_MARKS } from '../../core/interop/libraries/serato/serato-marks.ts'
import { readSeratoMarks } from '../../core/interop/libraries/serato/serato-track.ts'
import { createWarningTally } from '../../core/interop/libraries/warning-tally.ts'
import { identifyFile } from '../decoding/identity.ts'
import { oggPacketsIn, oggPage, oggPagesIn, withOggComments } from '../decoding/ogg-bytes.fixture.ts'
import { readSeratoFrames } from '../decoding/tags.ts'
import { writeSeratoFrames } from './write-serato-frames.ts'

const folder = mkdtempSync(join(tmpdir(), 'algiers-ogg-'))
const fixture = readFileSync(new URL('../decoding/fixtures/two-clicks.ogg', import.meta.url))
const COVER = `METADATA_BLOCK_PICTURE=${'QUJD'.repeat(40_000)}`

const FRAMES = formatSeratoFrames(
  planSeratoMarks(NO_MARKS, [{ startSeconds: 1.5, endSeconds: null, name: 'Drop é', colour: null }], 'extend').marks,
  { anchors: [{ seconds: 0.254858, bpm: 115, beatOfBar: 0 }] },
  { layout: 'id3', hasOldMarks: false },
  null,
)

let files = 0
const tagged = async (file: Buffer): Promise<{ readonly source: string; readonly target: string }> => {
  const [source, target] = [join(folder, `${++files}.ogg`), join(folder, `${files}-copy.ogg`)]
  writeFileSync(source, file)
  await writeSeratoFrames({ source, target, frames: FRAMES, backup: null })
  return { source, target }
}

/** Of the comments: each field with its text. */
const fieldsOf = (file: Buffer): readonly string[] => {
  const packet = oggPacketsIn(oggPagesIn(file))[1]!
  let at = 7 + 4 + packet.readUInt32LE(7)
  const count = packet.readUInt32LE(at)
  at += 4
  return Array.from({ length: count }, () => {
    const length = packet.readUInt32LE(at)
    at += 4 + length
    return packet.toString('utf8', at - length, at)
  })
}

test('the fields are those that Serato has in Ogg: bare base64, and a grid in digits', async () => {
  const { target } = await tagged(withOggComments(fixture, ['TITLE=Night', 'serato_overview=kept'], 255))
  const fields = fieldsOf(readFileSync(target))
  expect(fields.slice(0, 2)).toEqual(['TITLE=Night', 'serato_overview=kept'])
  expect(fields).toContain('serato_beatgrid=000000010000000000000001(0.254858,115.000000)')
  const marks = fields.find((field) => field.startsWith('serato_markers2='))!.slice('serato_markers2='.length)
  expect(Math.max(...marks.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(72)
  const content = Buffer.from(marks.replaceAll('\n', ''), 'base64')
  expect([...content.subarray(0, 2)]).toEqual([1, 1])
  expect(content.includes(Buffer.from('CUE\0\0\0\0\u0014', 'latin1'))).toBe(true)
})

test('what another program put under the name that FLAC has is taken over, not kept beside', async () => {
  const flac = (await tagged(withOggComments(fixture, [], 255))).target
  const marks = fieldsOf(readFileSync(flac)).find((field) => field.startsWith('serato_markers2='))!
  const { target } = await tagged(
    withOggComments(fixture, [`SERATO_MARKERS_V2=${marks.slice('serato_markers2='.length)}`], 255),
  )
  expect(fieldsOf(readFileSync(target)).map((field) => field.split('=', 1)[0])).toEqual([
    'serato_markers2',
    'serato_beatgrid',
  ])
})

// 16 segments a page are what mutagen writes, 255 what libogg does.
test.each([1, 16, 255])(
  'a cover over many pages of %i segments is kept, and the packets of sound are the same',
  async (mostSegments) => {
    const { source, target } = await tagged(withOggComments(fixture, ['TITLE=Night', COVER], mostSegments))
    const [before, after] = [readFileSync(source), readFileSync(target)].map(oggPagesIn) as [
      ReturnType<typeof oggPagesIn>,
      ReturnType<typeof oggPagesIn>,
    ]
    expect(after.map(({ sequence }) => sequence)).toEqual(after.map((_, index) => index))
    expect(after.length === before.length).toBe(mostSegments === 255)
    const [old, written] = [oggPacketsIn(before), oggPacketsIn(after)]
    expect(written.length).toBe(old.length)
    expect(written.filter((packet, index) => index !== 1 && !packet.equals(old[index]!))).toEqual([])
    expect(fieldsOf(readFileSync(target))).toContain(COVER)
    expect((await identifyFile(target)).audioDigest).toBe((await identifyFile(source)).audioDigest)
    const marks = readSeratoMarks((await readSeratoFrames(target))!, null, createWarningTally())
    expect(marks.cues).toMatchObject([{ startMs: 1500, name: 'Drop é' }])
  },
)

test('of a chain, the later recordings keep their pages as they are', async () => {
  const next = Buffer.concat(oggPagesIn(fixture).map((page) => oggPage({ ...page, serial: 77 })))
  const { source, target } = await tagged(Buffer.concat([withOggComments(fixture, [COVER], 16), next]))
  const after = readFileSync(target)
  expect(after.subarray(-next.length).equals(next)).toBe(true)
  expect((await identifyFile(target)).audioDigest).toBe((await identifyFile(source)).audioDigest)
})

test('a file with other streams, or with a damaged page where numbers change, is refused', async () => {
  const [first, ...others] = oggPagesIn(fixture)
  const skeleton = oggPage({ ...first!, serial: 5, body: Buffer.from('fishead\0'), lacing: [8] })
  const beside = Buffer.concat([oggPage(first!), skeleton, ...others.map(oggPage)])
  await expect(tagged(beside)).rejects.toMatchObject({
    code: 'TAGS_NOT_WRITABLE',
    message: expect.stringContaining('other streams'),
  })
  const damaged = withOggComments(fixture, [COVER], 16)
  damaged[damaged.length - 10]! ^= 0xff
  await expect(tagged(damaged)).rejects.toMatchObject({
    code: 'TAGS_NOT_WRITABLE',
    message: expect.stringContaining('damaged'),
  })
})
