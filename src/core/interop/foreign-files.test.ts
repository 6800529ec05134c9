import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SECTION_KINDS } from '../labels/section-kind.ts'
import { UserError } from '../support/user-error.ts'
import { formatLabelDocument, parseLabelDocument } from './label-document.ts'
import { type LabelledTrack, UNKNOWN_TRACK, unplacedLabel } from './labelled-track.ts'

/** Files as other programs write them. */
const spans = (text: string): readonly unknown[] =>
  parseLabelDocument(text).tracks.flatMap(({ labels }) =>
    labels.map(({ name, startSeconds, endSeconds }) => [name, startSeconds, endSeconds]),
  )
const formatOf = (text: string): string => parseLabelDocument(text).format

const SVL = (points: string, model = ''): string => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE sonic-visualiser>
<sv>
  <data>
    <model id="3" name="" sampleRate="44100" start="0" end="1323000" type="sparse" ${model} dataset="2" />
    <dataset id="2" dimensions="1">
      ${points}
    </dataset>
  </data>
  <display><layer id="4" type="regions" name="Regions" model="3" /></display>
</sv>`

test('instants of a Sonic Visualiser layer reach to the next', () => {
  const text = SVL(`<point frame="0" label="Intro" />
      <point frame="661500" label="Drop &amp; co" />
      <point frame="1323000" label="Outro" />`)
  expect(formatOf(text)).toBe('sonic-visualiser')
  expect(spans(text)).toEqual([
    ['Intro', 0, 15],
    ['Drop & co', 15, 30],
    ['Outro', 30, null],
  ])
})

test('regions of a Sonic Visualiser layer have their lengths', () => {
  const text = SVL(
    `<point frame="0" value="1" duration="441000" label="intro" /><point frame="441000" value="2" duration="882000" label="drop" />`,
    'dimensions="3" subtype="region"',
  )
  expect(spans(text)).toEqual([
    ['intro', 0, 10],
    ['drop', 10, 30],
  ])
})

test('a Sonic Visualiser layer that is cut off or defines entities is refused', () => {
  expect(() => parseLabelDocument(SVL('').slice(0, -4))).toThrow(/Sonic Visualiser layer/)
  expect(() => parseLabelDocument(SVL('<point label="x" />'))).toThrow(/frame/)
  expect(() => parseLabelDocument('<!DOCTYPE sv [<!ENTITY a "b">]><sv></sv>')).toThrow()
})

test.each([
  [
    'by commas, instants',
    '0.000000000,Intro\n15.500000000,"Drop, main"\n',
    [
      ['Intro', 0, 15.5],
      ['Drop, main', 15.5, null],
    ],
  ],
  [
    'by tabs, regions',
    '0.000000000\t1.0\t15.5\tIntro\n15.500000000\t2.0\t16.0\tDrop\n',
    [
      ['Intro', 0, 15.5],
      ['Drop', 15.5, 31.5],
    ],
  ],
  [
    'by commas, regions without values',
    '0.000,15.500,Intro\n15.500,16.000,Drop\n31.5,10,Outro\n',
    [
      ['Intro', 0, 15.5],
      ['Drop', 15.5, 31.5],
      ['Outro', 31.5, 41.5],
    ],
  ],
  [
    'with a header',
    'TIME,VALUE,DURATION,LABEL\n0,1,15.5,Intro\n15.5,1,16,Drop\n',
    [
      ['Intro', 0, 15.5],
      ['Drop', 15.5, 31.5],
    ],
  ],
  [
    'with a header, instants',
    'TIME,LABEL\n0,Intro\n15.5,Drop\n',
    [
      ['Intro', 0, 15.5],
      ['Drop', 15.5, null],
    ],
  ],
])('exports of Sonic Visualiser: %s', (_how, text, expected) => {
  expect(spans(text)).toEqual(expected)
})

test.each([
  ['seconds', '0.000 15.500 intro\n15.500 31.0 drop two\n'],
  ['decimal commas', '0,000 15,500 intro\n15,500 31,0 drop two\n'],
  ['minutes and tabs', '0:00\t0:15.5\tintro\n0:15.5\t0:31\tdrop two\n'],
  ['HTK units', '0 155000000 intro\n155000000 310000000 drop two\n'],
  ['a comment and blank lines', '# by hand\n\n0.000 15.500 intro\r\n15.500 31.0 drop two\r\n'],
])('.lab files with %s', (_how, text) => {
  expect(spans(text)).toEqual([
    ['intro', 0, 15.5],
    ['drop two', 15.5, 31],
  ])
})

test.each(['5 green bottles hanging on the wall', 'hello, world', '12, Main Street', '7'])(
  '%j is no list of times',
  (text) => {
    expect(() => parseLabelDocument(text)).toThrow(/none of the formats/)
  },
)

test('REAPER regions in minutes; markers beside them are not labels', () => {
  const text =
    '#,Name,Start,End,Length\nR1,intro,0:00.000,0:15.500,0:15.500\nM1,here,0:03.000,,\nR2,"drop, 1",0:15.500,1:02.000,0:46.500\n'
  expect(formatOf(text)).toBe('reaper')
  expect(spans(text)).toEqual([
    ['intro', 0, 15.5],
    ['drop, 1', 15.5, 62],
  ])
})

test('REAPER markers alone reach to the next, in seconds, and with a colour', () => {
  const text = '#,Name,Start,End,Length,Color\nM1,intro,0.000,,,FF0000\nM2,drop,15.500,,,\n'
  expect(spans(text)).toEqual([
    ['intro', 0, 15.5],
    ['drop', 15.5, null],
  ])
})

test('REAPER regions and markers in bars', () => {
  const bars = (text: string): readonly unknown[] =>
    parseLabelDocument(text).tracks[0]!.labels.map((label) => label.bars)
  expect(bars('#,Name,Start,End,Length\nR1,intro,1.1.00,9.1.00,8.0.00\nR2,drop,9.1.00,17.3.50,8.2.50\n')).toEqual([
    { start: { bar: 0, beat: 0 }, end: { bar: 8, beat: 0 } },
    { start: { bar: 8, beat: 0 }, end: { bar: 16, beat: 2.5 } },
  ])
  expect(bars('#,Name,Start,End,Length\nM1,intro,1.1.00,,\nM2,drop,9.1.00,,\n')).toEqual([
    { start: { bar: 0, beat: 0 }, end: { bar: 8, beat: 0 } },
    { start: { bar: 8, beat: 0 }, end: null },
  ])
})

test.each(['00:00:10:12', '661500', 'x'])('REAPER regions at %s need what the file does not say', (start) => {
  expect(() => parseLabelDocument(`#,Name,Start,End,Length\nR1,intro,${start},,\n`)).toThrow(/Line 2.*ruler/)
})

const arbitraryTracks: fc.Arbitrary<readonly LabelledTrack[]> = fc
  .uniqueArray(
    fc.record({
      path: fc.constantFrom('a.mp3', 'b;c.mp3', 'd,e "f".mp3', 'Größe\\ü.wav'),
      labels: fc.array(
        fc
          .tuple(fc.constantFrom(...SECTION_KINDS), fc.nat(900), fc.integer({ min: 4, max: 300 }), fc.nat(4e8))
          .map(([kind, startBeat, beats, start]) => ({
            ...unplacedLabel(kind),
            startBeat,
            endBeat: startBeat + beats,
            startSeconds: start / 1e6,
            endSeconds: Number((start / 1e6 + beats / 2).toFixed(6)),
            source: 'user' as const,
            createdAt: '2026-01-29T12:00:00.000Z',
          })),
        { minLength: 1, maxLength: 5 },
      ),
    }),
    { minLength: 1, maxLength: 3, selector: ({ path }) => path },
  )
  .map((tracks) => tracks.map((track) => ({ ...UNKNOWN_TRACK, ...track })))

/** What Excel does with decimal commas: the same table by semicolons, with a byte order mark. */
const bySemicolons = (csv: string): string =>
  `\ufeff${stringify(
    (parse(csv) as string[][]).map((row, at) =>
      row.map((cell, column) => (at > 0 && column >= 3 && column <= 6 ? cell.replace('.', ',') : cell)),
    ),
    { delimiter: ';', record_delimiter: '\r\n' },
  )}`
/** Excel in Germany takes a line with commas for one cell. */
const inOneColumn = (csv: string): string =>
  stringify(
    csv
      .trimEnd()
      .split('\r\n')
      .map((line) => [line]),
    { delimiter: ';', record_delimiter: '\r\n', quoted: true },
  )

test.each([
  ['by semicolons with decimal commas', bySemicolons],
  ['with the line sep=', (csv: string) => `sep=;\r\n${bySemicolons(csv).slice(1)}`],
  ['by tabs', (csv: string) => stringify(parse(csv) as string[][], { delimiter: '\t' })],
  ['each line in one cell', inOneColumn],
  ['with empty cells to the right', (csv: string) => csv.replaceAll('\r\n', ',,\r\n')],
])('the own CSV comes back whole from a spreadsheet: %s', (_how, change) => {
  fc.assert(
    fc.property(arbitraryTracks, (tracks) => {
      const { format, tracks: read } = parseLabelDocument(change(formatLabelDocument({ format: 'csv', tracks })))
      expect(format).toBe('csv')
      expect(read).toEqual(tracks)
    }),
    { numRuns: 30 },
  )
})

const TEN_MEGABYTES = 10_000_000
// A quadratic parser would need hours for these, so the runner's time limit is the assertion.
test.each([
  ['lines of a .lab file', '1.0 2.0 x\n'.repeat(TEN_MEGABYTES / 50)],
  ['one line of a .lab file', `1.0 2.0 ${'x '.repeat(TEN_MEGABYTES / 2)}`],
  [
    'points of a layer',
    `<sv><model sampleRate="1"/><dataset>${'<point frame="1" label="x"/>'.repeat(TEN_MEGABYTES / 100)}`,
  ],
  ['REAPER markers', `#,Name,Start,End,Length\n${'M1,x,1.1.00,,\n'.repeat(TEN_MEGABYTES / 100)}`],
])('megabytes of %s end in labels or an error', (_what, text) => {
  expect(() => {
    try {
      parseLabelDocument(text)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
    }
  }).not.toThrow()
})

test('truncated files of other programs are read or refused, never a bug', () => {
  const files = [
    SVL('<point frame="0" label="a" /><point frame="9" duration="3" label="drop" />'),
    '#,Name,Start,End,Length\nR1,intro,0:00.000,0:15.500,0:15.500\nR2,"drop",1.1.00,9.1.00,\n',
    '0.000 15.500 intro\n15.500 31.0 drop two\n',
    '0.000000000,1.0,15.5,"Intro"\n15.5,2.0,16.0,Drop\n',
  ]
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.nat(), fc.string(), (text, at, garbage) => {
      const position = at % text.length
      for (const broken of [text.slice(0, position), text.slice(0, position) + garbage + text.slice(position)])
        try {
          parseLabelDocument(broken)
        } catch (error) {
          if (!(error instanceof UserError)) throw error
        }
    }),
    { numRuns: 300 },
  )
})
