import { describe, expect, test } from 'vitest'
import { UNKNOWN_FOREIGN_TRACK } from '../foreign-library.ts'
import { createWarningTally } from '../warning-tally.ts'
import { formatMarkers, parseMarkers } from './markers-old.ts'
import { formatMarkers2, parseMarkers2 } from './markers2.ts'
import { openSeratoEnvelope, sealSeratoEnvelope, seratoFrameOfField } from './serato-frames.ts'
import { NO_MARKS, type SeratoMarks } from './serato-marks.ts'
import { mergeMarks, withSeratoFrames } from './serato-track.ts'

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
const hex = (text: string): Uint8Array =>
  Uint8Array.from(text.replaceAll(/\s/g, '').match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
const frameOf = (base64: string, length = 470): Uint8Array => {
  const frame = new Uint8Array(length)
  frame.set([1, 1])
  frame.set(ascii(base64), 2)
  return frame
}
const track = { ...UNKNOWN_FOREIGN_TRACK, title: 'A' }

describe('Markers2', () => {
  // base64 of 01 01, COLOR 00 99 ff 99, CUE of pad 0 at 0 ms with cc0000 and "Hi", LOOP of slot 2 from 0 to 2086 ms, BPMLOCK 1.
  const content =
    'AQFDT0xPUgAAAAAEAJn/mUNVRQAAAAAPAAAAAAAAAMwAAAAASGkATE9PUAAAAAAVAAIAAAAA\nAAAIJv////8AJ6rhAAEAQlBNTE9DSwAAAAABAQA'
  const marks: SeratoMarks = {
    cues: [{ pad: 0, startMs: 0, colour: 0xcc0000, name: 'Hi' }],
    loops: [{ slot: 2, startMs: 0, endMs: 2086, isLocked: true, name: '' }],
    trackColour: 0x99ff99,
    isGridLocked: true,
  }

  test.each([0, 1, 2, 3])('are read with %i letters missing at their end', (missing) => {
    const frame = frameOf(missing === 0 ? content : content.slice(0, -missing))
    const expected = missing < 2 ? marks : { ...marks, isGridLocked: false }
    expect(parseMarkers2(frame, null, createWarningTally())).toEqual(expected)
  })

  test('are read from a frame that is mostly empty, and bare', () => {
    expect(parseMarkers2(frameOf(content, 93_142), null, createWarningTally())).toEqual(marks)
    const bare = openSeratoEnvelope(content)
    expect(parseMarkers2(bare, null, createWarningTally())).toEqual(marks)
  })

  test('are written as Serato writes them, a whole number of threes of bytes, and no shorter than before', () => {
    const frame = formatMarkers2(marks)
    const text = new TextDecoder().decode(frame.subarray(2)).split('\0', 1)[0]!
    expect(frame).toHaveLength(470)
    expect(text.replaceAll('\n', '').length % 4).toBe(0)
    expect(text.startsWith(content.slice(0, 72))).toBe(true)
    expect(text[72]).toBe('\n')
    expect(formatMarkers2(marks, new Uint8Array(2006))).toHaveLength(2006)
  })

  test('keep what is not known when they are written again', () => {
    const flip = hex('464c4950 00 00000004 01020304')
    const before = Uint8Array.from([...hex('0101'), ...ascii(sealed([...hex('0101'), ...flip, 0]))])
    expect(parseMarkers2(before, null, createWarningTally())).toEqual(NO_MARKS)
    const after = formatMarkers2(marks, before)
    expect(parseMarkers2(after, null, createWarningTally())).toEqual(marks)
    const content2 = openSeratoEnvelope(new TextDecoder().decode(after.subarray(2)))
    expect(Buffer.from(content2).includes(flip)).toBe(true)
  })

  test('that lie of their length are read as far as they go', () => {
    const warnings = createWarningTally()
    const cut = Uint8Array.from([
      1,
      1,
      ...ascii(sealed([...hex('0101 435545 00 0000000c 000000000100 00cc0000 0000'), ...hex('435545 00 7fffffff 00')])),
    ])
    expect(parseMarkers2(cut, 'A', warnings).cues).toHaveLength(1)
    expect(warnings.list()).toEqual([
      { text: 'Marks of Serato end too soon: what is there is read.', place: 'A', count: 1 },
    ])
  })
})

/** Base64 without a line feed. */
const sealed = (bytes: readonly number[]): string => Buffer.from(bytes).toString('base64').replaceAll('=', '')

describe('Markers_', () => {
  // https://github.com/Holzhaus/serato-tags/blob/main/docs/serato_markers_.md: header, five cues, nine loops, the colour of the track.
  const emptyLoop = '7f7f7f7f7f 7f7f7f7f7f 00 7f7f7f7f7f 00000000 03 00'
  const id3 = hex(
    [
      '0205 0000000e',
      '00 00000000 7f7f7f7f7f 00 7f7f7f7f7f 06300000 01 00',
      '00 000d2a58 7f7f7f7f7f 00 7f7f7f7f7f 06321000 01 00',
      ...Array.from({ length: 3 }, () => '7f7f7f7f7f 7f7f7f7f7f 00 7f7f7f7f7f 00000000 00 00'),
      '00 00000000 00 00001026 00 7f7f7f7f7f 011e5561 03 01',
      ...Array.from({ length: 8 }, () => emptyLoop),
      '077f7f7f',
    ].join(''),
  )
  const mp4 = hex(
    [
      '0205 0000000e',
      '000000fe ffffffff 00 ffffffff 00cc0000 01 00',
      ...Array.from({ length: 4 }, () => 'ffffffff ffffffff 00 ffffffff 00000000 00 00'),
      '000000fe 00000925 00 ffffffff 0027aae1 03 00',
      ...Array.from({ length: 8 }, () => 'ffffffff ffffffff 00 ffffffff 00000000 03 00'),
      '00ff9999 00',
    ].join(''),
  )

  test('of ID3 pack numbers into seven bits a byte', () => {
    expect(id3).toHaveLength(318)
    expect(parseMarkers(id3, 'id3', null, createWarningTally())).toEqual({
      cues: [
        { pad: 0, startMs: 0, colour: 0xcc0000, name: '' },
        { pad: 1, startMs: 218_456, colour: 0xcc8800, name: '' },
      ],
      loops: [{ slot: 0, startMs: 0, endMs: 2086, isLocked: true, name: '' }],
      trackColour: 0xffffff,
      isGridLocked: false,
    })
  })

  test('of MP4 have an unset place as all ones, which is no cue', () => {
    expect(parseMarkers(mp4, 'mp4', null, createWarningTally())).toEqual({
      cues: [{ pad: 0, startMs: 254, colour: 0xcc0000, name: '' }],
      loops: [{ slot: 0, startMs: 254, endMs: 2341, isLocked: false, name: '' }],
      trackColour: 0xff9999,
      isGridLocked: false,
    })
  })

  test.each([
    ['id3', id3],
    ['mp4', mp4],
  ] as const)('of %s are written byte by byte as they were read', (layout, frame) => {
    expect(formatMarkers(parseMarkers(frame, layout, null, createWarningTally())!, layout)).toEqual(frame)
  })

  test('that are cut are left out and told', () => {
    const warnings = createWarningTally()
    expect(parseMarkers(id3.subarray(0, 300), 'id3', 'A', warnings)).toBeNull()
    expect(warnings.list()).toHaveLength(1)
  })

  test('decide on the first five cues; their names and what lies beyond come from Markers2', () => {
    const cue = { startMs: 10, colour: 0xcc0000, name: '' }
    const merged = mergeMarks(
      { ...NO_MARKS, cues: [{ ...cue, pad: 0 }] },
      {
        ...NO_MARKS,
        cues: [
          { ...cue, pad: 0, startMs: 20, name: 'Intro' },
          { ...cue, pad: 1, name: 'Gone' },
          { ...cue, pad: 5, name: 'Outro' },
        ],
      },
    )
    expect(merged.cues).toEqual([
      { ...cue, pad: 0, name: 'Intro' },
      { ...cue, pad: 5, name: 'Outro' },
    ])
  })
})

test('cues come as Serato shows them, in the order of their time, and none beyond the end', () => {
  const markers2 = formatMarkers2({
    ...NO_MARKS,
    trackColour: 0xff9999,
    cues: [
      { pad: 1, startMs: 90_000, colour: 0xcc8800, name: 'Drop' },
      { pad: 0, startMs: 500, colour: 0x0000cc, name: 'Cue 1' },
      { pad: 2, startMs: 4_294_967_000, colour: 0x0000cc, name: 'Never' },
    ],
    loops: [{ slot: 3, startMs: 1000, endMs: 3000, isLocked: false, name: 'Build' }],
  })
  const warnings = createWarningTally()
  const read = withSeratoFrames({ ...track, durationSeconds: 300 }, { markers2, layout: 'id3' }, warnings)
  const none = { endSeconds: null, name: null, colour: null, isAutomatic: false }
  expect(read.cues).toEqual([
    { ...none, type: 'cue', pad: 0, startSeconds: 0.5, colour: '#173ba2' },
    { ...none, type: 'loop', pad: 3, startSeconds: 1, endSeconds: 3, name: 'Build' },
    { ...none, type: 'cue', pad: 1, startSeconds: 90, name: 'Drop' },
  ])
  expect(read.colour).toBe('#993333')
  expect(warnings.list()).toEqual([{ text: 'A cue outside its track is left out.', place: 'A', count: 1 }])
})

test('a grid has the tempo of each stretch, and bars count from its first marker', () => {
  // Markers at 0.5 s with 10 beats to the next, at 5.5 s with 128 BPM.
  const beatGrid = hex('0100 00000002 3f000000 0000000a 40b00000 43000000 00')
  const { grid, bpm } = withSeratoFrames(track, { beatGrid, layout: 'id3' }, createWarningTally())
  expect(grid).toEqual({
    anchors: [
      { seconds: 0.5, bpm: 120, beatOfBar: 0 },
      { seconds: 5.5, bpm: 128, beatOfBar: 2 },
    ],
    beats: null,
  })
  expect(bpm).toBe(120)
})

test('the tempo of Autotags stands where the library has none', () => {
  const autotags = Uint8Array.from([1, 1, ...ascii('115.00\0-3.257\x000.000\0')])
  expect(withSeratoFrames(track, { autotags, layout: 'id3' }, createWarningTally()).bpm).toBe(115)
})

test('an envelope of FLAC and MP4 gives its frame, and takes it back', () => {
  // What Serato wrote into a FLAC file whose tempo it found to be 115.
  const text = 'YXBwbGljYXRpb24vb2N0ZXQtc3RyZWFtAABTZXJhdG8gQXV0b3RhZ3MAAQExMTUuMDAALTAu\nMDAxADAuMDAwAA'
  const frame = openSeratoEnvelope(text)
  expect(new TextDecoder().decode(frame)).toBe('\u0001\u0001115.00\0-0.001\x000.000\0')
  expect(sealSeratoEnvelope('autotags', frame).slice(0, text.length)).toBe(text)
  expect(openSeratoEnvelope(sealSeratoEnvelope('markers2', frame)).subarray(0, frame.length)).toEqual(frame)
})

test.each([
  ['SERATO_MARKERS_V2', 'markers2'],
  ['serato_markers2', 'markers2'],
  ['----:com.serato.dj:markersv2', 'markers2'],
  ['----:com.serato.dj:markers', 'markers'],
  ['SERATO_AUTOGAIN', 'autotags'],
  ['TITLE', null],
])('the field %s holds %s', (field, name) => {
  expect(seratoFrameOfField(field)).toBe(name)
})

test('the grid of an Ogg file is a text, as Serato writes it there', () => {
  const gridOf = (text: string) =>
    withSeratoFrames(track, { beatGrid: openSeratoEnvelope(text), layout: 'id3' }, createWarningTally()).grid
  expect(seratoFrameOfField('serato_beatgrid')).toBe('beatGrid')
  expect(gridOf('000000010000000000000001(0.254858,115.000000)')).toEqual({
    anchors: [{ seconds: 0.254858, bpm: 115, beatOfBar: 0 }],
    beats: null,
  })
  expect(gridOf('000000010000000000000002(-0.5,10)(4.5,128.000000)')!.anchors).toEqual([
    { seconds: -0.5, bpm: 120, beatOfBar: 0 },
    { seconds: 4.5, bpm: 128, beatOfBar: 2 },
  ])
  expect(gridOf('000000010000000000000001(0.2,')).toBeNull()
})
