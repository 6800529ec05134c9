import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BEAT_COLUMNS, BEAT_ROW_LENGTH, beatRow, beatRows } from './beat-context.ts'
import { placeOf } from './feature-matrix.ts'
import { columnsWithRole } from './feature-spec.ts'
import type { RowColumn } from './row-column.ts'
import { SPAN_COLUMNS, SPAN_ROW_LENGTH, spanRow, wholeBeats } from './span-features.ts'
import { prepareTrack, type TrackContext } from './track-context.ts'
import { wholeMatrix } from './whole-matrix.fixture.ts'

const GRID = { beatsPerBar: 4, firstDownbeat: 1, firstPhrase: 5 }

const placeIn = (columns: readonly RowColumn[], name: string): number =>
  placeOf({ columns: columns.map((column) => column.name) }, name, 'This test')

const read = (context: TrackContext, span: { startBeat: number; endBeat: number }): ((name: string) => number) => {
  const row = new Float32Array(SPAN_ROW_LENGTH)
  spanRow(context, span, row, 0)
  return (name) => row[placeIn(SPAN_COLUMNS, name)]!
}

describe('a span row', () => {
  // 32 quiet beats, 32 full, 32 quiet, 32 full
  const steps = prepareTrack(
    wholeMatrix(128, (beat) => ((beat >> 5) % 2 === 1 ? 1 : 0) + (beat % 2) * 0.01),
    GRID,
  )

  test('has a name for every value, and only finite ones', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 140, noNaN: true }),
        fc.double({ min: 0, max: 80, noNaN: true }),
        (startBeat, length) => {
          const row = new Float32Array(SPAN_ROW_LENGTH).fill(Number.NaN)
          spanRow(steps, { startBeat, endBeat: startBeat + length }, row, 0)
          expect(row.every(Number.isFinite)).toBe(true)
          expect(new Set(SPAN_COLUMNS.map(({ name }) => name)).size).toBe(row.length)
        },
      ),
    )
  })

  test('a first quiet span has nothing full before and a full one after', () => {
    const at = read(steps, { startBeat: 0, endBeat: 32 })
    expect(at('rms presence: level')).toBeCloseTo(0, 1)
    expect(at('rms presence: highest before')).toBe(-0.5)
    expect(at('rms presence: highest after')).toBeCloseTo(1, 1)
    expect(at('rms presence: step at end')).toBeGreaterThan(0.9)
    expect(at('position: start')).toBe(0)
    expect(at('position: end')).toBe(0.25)
    expect(at('position: beats long')).toBe(32)
  })

  test('a quiet span between full ones has both', () => {
    const at = read(steps, { startBeat: 64, endBeat: 96 })
    expect(at('rms presence: highest before')).toBeCloseTo(1, 1)
    expect(at('rms presence: highest after')).toBeCloseTo(1, 1)
    expect(at('rms presence: minus highest elsewhere')).toBeLessThan(-0.9)
    expect(at('voice tonal: minus 16 before')).toBeCloseTo(-2, 1)
    expect(at('voice tonal: minus 16 after')).toBeCloseTo(-2, 1)
  })

  test('does not change with the gain or offset of a column, but where it tells the column as it is', () => {
    const asItIs = [
      ...columnsWithRole('sound').map(({ name }) => `${name}: of the track`),
      ...columnsWithRole('voice').map(({ name }) => `${name}: level`),
    ]
    const scaled = prepareTrack({ ...steps.matrix, values: steps.matrix.values.map((value) => value * 7 - 30) }, GRID)
    const [a, b] = [steps, scaled].map((context) => {
      const row = new Float32Array(SPAN_ROW_LENGTH)
      spanRow(context, { startBeat: 20, endBeat: 70 }, row, 0)
      return row
    })
    a!.forEach((value, column) => {
      if (!asItIs.includes(SPAN_COLUMNS[column]!.name)) expect(b![column]).toBeCloseTo(value, 3)
    })
  })

  test('rounds spans to whole beats inside the track, at least one', () => {
    expect(wholeBeats({ startBeat: 3.4, endBeat: 7.6 }, 100)).toEqual([3, 8])
    expect(wholeBeats({ startBeat: 99.8, endBeat: 130 }, 100)).toEqual([99, 100])
    expect(wholeBeats({ startBeat: 5, endBeat: 5.2 }, 100)).toEqual([5, 6])
  })
})

test.each([
  ['span', 'voice tonal: rise', 'the voice'],
  ['span', 'voice tonal: minus 16 before', 'what came before'],
  ['span', 'density kick: last 4 minus next 4', 'what follows'],
  ['span', 'level bass presence: rank', 'the bass'],
  ['span', 'fullness presence: level', 'how full it sounds'],
  ['span', 'heard voice: level', 'the voice'],
  ['span', 'crest: of the track', 'the kind of music'],
  ['span', 'position: centre', 'the place in the track'],
  ['span', 'position: beats long', 'the length'],
  ['beat', 'tone level: bar', 'the harmony'],
  ['beat', 'tone level: after minus before, 4 bars', 'the change here'],
  ['beat', 'struck level low presence: after 4 bars', 'what follows'],
  ['beat', 'novelty: 8 bars', 'repetition and change'],
  ['beat', 'position: beat of phrase', 'the place in the track'],
] as const)('an explanation counts the column of a %s row %s to %s', (row, name, group) => {
  const columns = row === 'span' ? SPAN_COLUMNS : BEAT_COLUMNS
  expect(columns[placeIn(columns, name)]!.group).toBe(group)
})

describe('a beat row', () => {
  const step = prepareTrack(
    wholeMatrix(128, (beat, { name }) => (beat >= 64 ? 1 : 0) * (name === 'rms' ? 1 : 2) + ((beat * 7) % 5) * 0.01),
    GRID,
  )
  const at = (beat: number): ((name: string) => number) => {
    const row = new Float32Array(BEAT_ROW_LENGTH)
    beatRow(step, beat, row, 0)
    return (name) => row[placeIn(BEAT_COLUMNS, name)]!
  }

  test('is newest where the sound changes', () => {
    const novelty = Array.from({ length: 128 }, (_, beat) => at(beat)('novelty: 4 bars'))
    expect(novelty.indexOf(Math.max(...novelty))).toBe(64)
    expect(at(64)('rms: after minus before, 8 bars')).toBeCloseTo(2, 1)
  })

  test('knows its place in bar, phrase and track', () => {
    expect(at(5)('position: beat of bar')).toBe(0)
    expect(at(5)('position: beat of phrase')).toBe(0)
    expect(at(0)('position: beat of bar')).toBe(3)
    expect(at(0)('position: beat of phrase')).toBe(11)
    expect(at(32)('position: of beat')).toBe(0.25)
  })

  test('rows of many beats are those of each', () => {
    const rows = beatRows(step, [3, 64])
    const single = new Float32Array(BEAT_ROW_LENGTH)
    beatRow(step, 64, single, 0)
    expect(rows.slice(single.length)).toEqual(single)
    expect(new Set(BEAT_COLUMNS.map(({ name }) => name)).size).toBe(single.length)
  })
})

test('silence and constant columns give finite rows', () => {
  const silent = prepareTrack(
    wholeMatrix(40, () => 0),
    GRID,
  )
  const row = new Float32Array(SPAN_ROW_LENGTH)
  spanRow(silent, { startBeat: 8, endBeat: 16 }, row, 0)
  expect(row.every(Number.isFinite)).toBe(true)
  expect(beatRows(silent, [0, 39]).every(Number.isFinite)).toBe(true)
})
