import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SECTION_KINDS } from '../labels/section-kind.ts'
import { UserError } from '../support/user-error.ts'
import { formatLabelDocument, parseLabelDocument } from './label-document.ts'
import {
  LABEL_FORMAT_TRAITS,
  WRITTEN_FORMAT_NAMES,
  WRITTEN_FORMATS,
  type WrittenFormatName,
} from './label-format-traits.ts'
import { LABEL_CODECS } from './label-formats.ts'
import { type ForeignLabel, type LabelledTrack, UNKNOWN_TRACK } from './labelled-track.ts'
import { sectionKindOfName } from './section-names.ts'

const TEN_MEGABYTES = 10_000_000
/** Texts as they occur in tags and paths, nasty ones included. */
const arbitraryText = fc.oneof(
  fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }),
  fc.constantFrom('=1+1', "'=x", '-5', '@a', '+49', 'a,b;c\td', 'a"b"', 'line\nbreak', 'né', '💿', '__proto__', ' '),
)
const arbitraryName = fc.oneof(fc.constantFrom(...SECTION_KINDS), arbitraryText)
/** Audio times to the microsecond. */
const arbitrarySeconds = fc.nat(4_000_000_000).map((microseconds) => microseconds / 1e6)

const arbitraryLabel: fc.Arbitrary<ForeignLabel> = fc
  .record({
    start: arbitrarySeconds,
    length: fc.integer({ min: 1, max: 400_000_000 }).map((microseconds) => microseconds / 1e6),
    startBeat: fc.nat(5000),
    beats: fc.integer({ min: 4, max: 300 }),
    name: arbitraryName,
    source: fc.constantFrom('user' as const, 'imported' as const, 'auto_detected' as const, null),
    createdAt: fc.constantFrom('2026-01-29T12:00:00.000Z', null),
    isDoubtful: fc.boolean(),
  })
  .map(({ start, length, startBeat, beats, name, ...rest }) => ({
    startSeconds: start,
    endSeconds: Number((start + length).toFixed(6)),
    startBeat,
    endBeat: startBeat + beats,
    name,
    kind: sectionKindOfName(name),
    ...rest,
  }))

const arbitraryTrack: fc.Arbitrary<LabelledTrack> = fc
  .record({
    path: arbitraryText,
    contentHash: fc.option(arbitraryText),
    title: fc.option(arbitraryText),
    artist: fc.option(arbitraryText),
    durationSeconds: fc.option(arbitrarySeconds),
    tempoBpm: fc.option(fc.double({ min: 40, max: 250, noNaN: true })),
    beatsPerBar: fc.option(fc.integer({ min: 2, max: 12 })),
    beatTimes: fc.option(fc.uniqueArray(arbitrarySeconds, { minLength: 1, maxLength: 20 })),
    key: fc.constantFrom('F#m', 'C', 'Bb', null),
    labels: fc.array(arbitraryLabel, { minLength: 1, maxLength: 8 }),
  })
  .map((track) => ({ ...track, downbeatTimes: track.beatTimes?.slice(0, 1) ?? null }))

const roundMicroseconds = (seconds: number | null): number | null =>
  seconds === null ? null : Number(seconds.toFixed(6))
/** JAMS holds start and length; their sum is the end up to the last bit. */
const rounded = (track: LabelledTrack): LabelledTrack => ({
  ...track,
  labels: track.labels.map((label) => ({ ...label, endSeconds: roundMicroseconds(label.endSeconds) })),
})
const reread = (format: WrittenFormatName, tracks: readonly LabelledTrack[]): readonly LabelledTrack[] => {
  const text = formatLabelDocument({ format, tracks })
  const read = parseLabelDocument(text)
  expect(read.format).toBe(format)
  expect(formatLabelDocument({ ...read, format })).toBe(text)
  return read.tracks
}

test('JAMS gives back all that a track holds', () => {
  fc.assert(
    fc.property(arbitraryTrack, (track) => {
      expect(reread('jams', [track]).map(rounded)).toEqual([track])
    }),
  )
})

test('corpus JSON gives back all but beats, source and time of a label', () => {
  const forget = { startBeat: null, endBeat: null, source: null, createdAt: null }
  fc.assert(
    fc.property(fc.array(arbitraryTrack, { minLength: 1, maxLength: 3 }), (tracks) => {
      const expected = tracks.map((track) => ({
        ...track,
        labels: track.labels.map((label) => ({ ...label, ...forget })),
      }))
      expect(reread('corpus', tracks)).toEqual(expected)
    }),
  )
})

test('CSV gives back the labels of every track', () => {
  const arbitraryTracks = fc.uniqueArray(arbitraryTrack, { minLength: 1, maxLength: 3, selector: ({ path }) => path })
  fc.assert(
    fc.property(arbitraryTracks, (tracks) => {
      const expected = tracks.map(({ path, contentHash, labels }) => ({
        ...UNKNOWN_TRACK,
        path,
        contentHash,
        labels: labels.map((label) => ({ ...label, isDoubtful: false })),
      }))
      expect(reread('csv', tracks)).toEqual(expected)
    }),
  )
})

test('an Audacity label track gives back names and times in order', () => {
  fc.assert(
    fc.property(arbitraryTrack, (track) => {
      const expected = track.labels
        .map(({ startSeconds, endSeconds, name }) => ({
          startSeconds,
          endSeconds,
          name: name.replace(/[\t\r\n]+/g, ' '),
        }))
        .sort((a, b) => a.startSeconds! - b.startSeconds!)
      expect(reread('audacity', [track])[0]!.labels).toMatchObject(expected)
    }),
  )
})

test('no cell of the CSV starts a formula', () => {
  fc.assert(
    fc.property(arbitraryTrack, (track) => {
      const cells = (parse(formatLabelDocument({ format: 'csv', tracks: [track] })) as string[][]).flat()
      expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
    }),
  )
  const formula = { ...UNKNOWN_TRACK, path: '=HYPERLINK("x")', labels: [] }
  const label = {
    startSeconds: 1,
    endSeconds: 5,
    startBeat: null,
    endBeat: null,
    name: '@SUM(A1)',
    kind: null,
  } as const
  const text = formatLabelDocument({
    format: 'csv',
    tracks: [{ ...formula, labels: [{ ...label, source: null, createdAt: null, isDoubtful: false }] }],
  })
  expect(text).toContain(`"'=HYPERLINK(""x"")",,'@SUM(A1),,,1,5,,`)
})

test('a format that is offered for writing can write, and no ending stands for two', () => {
  for (const { name, isWritten } of LABEL_FORMAT_TRAITS) expect('format' in LABEL_CODECS[name]).toBe(isWritten)
  expect(Object.keys(LABEL_CODECS).toSorted()).toEqual(LABEL_FORMAT_TRAITS.map(({ name }) => name).toSorted())
  expect(new Set(WRITTEN_FORMATS.map(({ extension }) => extension)).size).toBe(WRITTEN_FORMATS.length)
})

test('a format for one track a file refuses several: a bug of the caller', () => {
  for (const { name } of WRITTEN_FORMATS.filter(({ holdsMany }) => !holdsMany))
    expect(() => formatLabelDocument({ format: name, tracks: [UNKNOWN_TRACK, UNKNOWN_TRACK] })).toThrow(RangeError)
})

test('Audacity as others write it: points, spectral lines, two columns, decimal commas, CRLF', () => {
  const text =
    '\ufeff0.0\t0.0\tIntro\r\n15,5\t15,5\tDrop 1\r\n\\\t100.0\t2000.0\r\n31.0\tBreakdown\r\n\r\n62\t93.0\tOutro\r\n'
  const { tracks } = parseLabelDocument(text)
  expect(tracks[0]!.labels.map(({ startSeconds, endSeconds, kind }) => [startSeconds, endSeconds, kind])).toEqual([
    [0, 15.5, 'intro'],
    [15.5, 31, 'drop'],
    [31, 62, 'break'],
    [62, 93, 'outro'],
  ])
  expect(parseLabelDocument('5.0\t5.0\tDrop').tracks[0]!.labels[0]!.endSeconds).toBeNull()
})

test('CSV as others write it: other order, other names, semicolons, unknown columns', () => {
  const text = 'Comment;End;Start;Label;File\nx;32.5;16;Drop;"a;b.mp3"\n;48;32.5;Break;"a;b.mp3"\n'
  const { format, tracks } = parseLabelDocument(text)
  expect(format).toBe('csv')
  expect(tracks).toHaveLength(1)
  expect(tracks[0]!.path).toBe('a;b.mp3')
  expect(tracks[0]!.labels).toMatchObject([
    { startSeconds: 16, endSeconds: 32.5, startBeat: null, kind: 'drop' },
    { startSeconds: 32.5, endSeconds: 48, kind: 'break' },
  ])
})

test('JAMS as others write it: Salami functions, dense columns, several annotators', () => {
  const document = {
    file_metadata: { title: 't', artist: 'a', duration: 60, jams_version: '0.3.4' },
    annotations: [
      { namespace: 'tag_open', data: [{ time: 0, duration: 60, value: 'techno', confidence: 1 }] },
      { namespace: 'segment_open', data: [] },
      {
        namespace: 'segment_salami_function',
        data: { time: [0, 20], duration: [20, 40], value: ['Verse', 'chorus'], confidence: [null, null] },
      },
      { namespace: 'segment_salami_function', data: [{ time: 0, duration: 60, value: 'solo', confidence: null }] },
      { namespace: 'key_mode', data: [{ time: 0, duration: 60, value: 'Bb:minor', confidence: 1 }] },
      { namespace: 'beat', data: [0.5, 1, 1.5].map((time, n) => ({ time, duration: 0, value: n + 1, confidence: 1 })) },
    ],
    sandbox: {},
  }
  const [track] = parseLabelDocument(JSON.stringify(document)).tracks
  expect(track).toMatchObject({ key: 'Bbm', beatTimes: [0.5, 1, 1.5], downbeatTimes: [0.5], durationSeconds: 60 })
  expect(track!.labels).toMatchObject([
    { startSeconds: 0, endSeconds: 20, kind: 'verse', startBeat: null },
    { startSeconds: 20, endSeconds: 60, kind: 'chorus' },
  ])
})

test('labels of low confidence in a corpus are doubtful', () => {
  const segments = ['high', 'medium', 'low', undefined].map((confidence, n) => ({
    start: n,
    end: n + 1,
    label: 'drop',
    confidence,
  }))
  const { labels } = parseLabelDocument(JSON.stringify({ segments })).tracks[0]!
  expect(labels.map(({ isDoubtful }) => isDoubtful)).toEqual([false, false, true, false])
})

test.each([
  ['', 'FORMAT_UNKNOWN', 'empty'],
  ['\n \n', 'FORMAT_UNKNOWN', 'empty'],
  ['ID3\0\0\0', 'FORMAT_UNKNOWN', 'binary'],
  ['hello, world', 'FORMAT_UNKNOWN', 'Audacity'],
  ['[]', 'FORMAT_UNKNOWN', 'JAMS'],
  ['{}', 'FORMAT_UNKNOWN', 'JAMS'],
  ['{"segments": [{"start": 0,\n "end": NaN}]}', 'IMPORT_MALFORMED', 'NaN}'],
  ['{"segments": [{"start": 0,\n "end": 9 "label"}]}', 'IMPORT_MALFORMED', 'line 2'],
  ['{"segments": [{"start": 0', 'IMPORT_MALFORMED', 'Not valid JSON'],
  ['{"segments": [{"start": 0, "end": "x", "label": "drop"}]}', 'IMPORT_MALFORMED', 'segments[0].end'],
  ['{"segments": [{"start": 0, "end": 1e999, "label": "drop"}]}', 'IMPORT_MALFORMED', 'segments[0].end'],
  ['{"tracks": [{}, {"tempo_bpm": -1}]}', 'IMPORT_MALFORMED', 'tracks[1].tempo_bpm'],
  ['{"file_metadata": {}, "annotations": {}}', 'IMPORT_MALFORMED', 'annotations'],
  ['{"__proto__": {"segments": 1}, "segments": 1}', 'IMPORT_MALFORMED', 'segments'],
  ['0.0\t1.0\tdrop\nx\t2.0\tbreak', 'IMPORT_MALFORMED', 'Line 2'],
  ['0.0\tNaN\tdrop', 'IMPORT_MALFORMED', 'NaN'],
  ['label,start_beat,end_beat\ndrop,0,32\ndrop,32,x', 'IMPORT_MALFORMED', 'Line 3, end_beat'],
  ['label,start_beat,end_beat\ndrop,0,Infinity', 'IMPORT_MALFORMED', 'Infinity'],
  ['label,start_beat,end_beat\ndrop,0', 'IMPORT_MALFORMED', 'Line 2'],
  ['label,start_beat,end_beat\n"drop,0,32', 'IMPORT_MALFORMED', 'Line'],
])('%j is refused as %s and the detail names %j', (text, code, detail) => {
  const error = failureOf(text)
  expect(error?.code).toBe(code)
  expect(error?.message).toContain(detail)
})

const failureOf = (text: string): UserError | null => {
  try {
    parseLabelDocument(text)
    return null
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}

test('truncated and garbled files of every format are read or refused, never a bug', () => {
  const documents = fc
    .tuple(fc.constantFrom(...WRITTEN_FORMAT_NAMES), arbitraryTrack)
    .map(([format, track]) => formatLabelDocument({ format, tracks: [track] }))
  fc.assert(
    fc.property(documents, fc.nat(), fc.nat(), fc.string(), (text, cut, at, garbage) => {
      const position = at % text.length
      failureOf(text.slice(0, cut % text.length))
      failureOf(text.slice(0, position) + garbage + text.slice(position))
      failureOf(text.slice(0, position) + garbage + text.slice(position + garbage.length))
    }),
    { numRuns: 300 },
  )
})

test('keys named __proto__ change no prototype', () => {
  failureOf(
    '{"__proto__": {"polluted": 1}, "segments": [{"__proto__": {"polluted": 1}, "start": 0, "end": 1, "label": "drop"}]}',
  )
  failureOf('__proto__,label,start,end\npolluted,drop,0,9')
  failureOf('{"file_metadata": {}, "annotations": [], "sandbox": {"__proto__": {"polluted": 1}}}')
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

// A quadratic parser would need hours for these, so the runner's time limit is the assertion.
test.each([
  ['one JSON string', `{"segments": [{"start": 0, "end": 9, "label": "${'x'.repeat(TEN_MEGABYTES)}"}]}`],
  ['nested arrays', '['.repeat(TEN_MEGABYTES / 10)],
  ['one Audacity label', `0.0\t1.0\t${'x'.repeat(TEN_MEGABYTES)}`],
  ['an Audacity time of many digits', `0.0\t1.0\ta\n${'1'.repeat(TEN_MEGABYTES)}`],
  ['points', '1.0\t1.0\tx\n'.repeat(TEN_MEGABYTES / 100)],
  ['one CSV cell', `label,start,end\n"${'x'.repeat(TEN_MEGABYTES)}`],
  ['one CSV header', `label,start,end,${'x,'.repeat(TEN_MEGABYTES / 2)}`],
  ['a file of one character', 'x'.repeat(TEN_MEGABYTES)],
  ['blanks', ' '.repeat(TEN_MEGABYTES)],
  ['tabs', `x${'\t'.repeat(TEN_MEGABYTES)}`],
])('megabytes of %s end in labels or an error', (_what, text) => {
  const error = failureOf(text)
  if (error) expect(['FORMAT_UNKNOWN', 'IMPORT_MALFORMED']).toContain(error.code)
})
