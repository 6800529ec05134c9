import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import { beatContextColumns, beatRow, beatRowLength, beatRows } from './beat-context.ts'
import type { FeatureMatrix } from './feature-matrix.ts'
import { spanColumns, spanRow, spanRowLength, wholeBeats } from './span-features.ts'
import { prepareTrack, type TrackContext, windowDeviation, windowMean, windowRise } from './track-context.ts'

const GRID = { beatsPerBar: 4, firstDownbeat: 1, firstPhrase: 5 }

const matrixOf = (
  columns: readonly string[],
  beats: number,
  valueAt: (beat: number, column: number) => number,
): FeatureMatrix => ({
  columns,
  beats,
  values: Float32Array.from({ length: beats * columns.length }, (_, cell) =>
    valueAt(Math.floor(cell / columns.length), cell % columns.length),
  ),
})

const random = createRandom(1)
const noise = matrixOf(['rms', 'voice tonal'], 120, () => random() * 5 - 2)

const valuesOf = (context: TrackContext, column: number): number[] =>
  Array.from({ length: context.beats }, (_, beat) => {
    const raw = context.matrix.values[beat * context.width + column]!
    return (raw - context.means[column]!) / context.deviations[column]!
  })

const read = (context: TrackContext, span: { startBeat: number; endBeat: number }): ((name: string) => number) => {
  const row = new Float32Array(spanRowLength(context))
  spanRow(context, span, row, 0)
  return (name) => row[spanColumns(context).indexOf(name)]!
}

describe('windows agree with their formulas', () => {
  const context = prepareTrack(noise, GRID)

  test('mean, spread and regression line of any window', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 117 }), fc.integer({ min: 2, max: 60 }), (start, length) => {
        const end = Math.min(120, start + length)
        const z = valuesOf(context, 1).slice(start, end)
        const mean = z.reduce((sum, value) => sum + value, 0) / z.length
        const spread = Math.sqrt(z.reduce((sum, value) => sum + (value - mean) ** 2, 0) / z.length)
        const centre = (z.length - 1) / 2
        const slope =
          z.reduce((sum, value, beat) => sum + (beat - centre) * value, 0) /
          z.reduce((sum, _, beat) => sum + (beat - centre) ** 2, 0)
        expect(windowMean(context, 1, [start, end])).toBeCloseTo(mean, 6)
        expect(windowDeviation(context, 1, [start, end])).toBeCloseTo(spread, 5)
        expect(windowRise(context, 1, [start, end])).toBeCloseTo(slope * z.length, 5)
      }),
    )
  })

  test('an empty window is the mean of the track', () => {
    expect(windowMean(context, 0, [-16, 0])).toBe(0)
    expect(windowRise(context, 0, [200, 210])).toBe(0)
  })
})

describe('a span row', () => {
  // 32 quiet beats, 32 full, 32 quiet, 32 full
  const steps = prepareTrack(
    matrixOf(['rms', 'level bass', 'voice tonal'], 128, (beat) => ((beat >> 5) % 2 === 1 ? 1 : 0) + (beat % 2) * 0.01),
    GRID,
  )

  test('has a name for every value, and only finite ones', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 140, noNaN: true }),
        fc.double({ min: 0, max: 80, noNaN: true }),
        (startBeat, length) => {
          const row = new Float32Array(spanRowLength(steps)).fill(Number.NaN)
          spanRow(steps, { startBeat, endBeat: startBeat + length }, row, 0)
          expect(row.every(Number.isFinite)).toBe(true)
          expect(spanColumns(steps)).toHaveLength(row.length)
          expect(new Set(spanColumns(steps)).size).toBe(row.length)
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

  test('does not change with the gain or offset of a column', () => {
    const scaled = prepareTrack({ ...steps.matrix, values: steps.matrix.values.map((value) => value * 7 - 30) }, GRID)
    const [a, b] = [steps, scaled].map((context) => {
      const row = new Float32Array(spanRowLength(context))
      spanRow(context, { startBeat: 20, endBeat: 70 }, row, 0)
      return row
    })
    const names = spanColumns(steps)
    a!.forEach((value, column) => {
      if (!names[column]!.endsWith('of the track')) expect(b![column]).toBeCloseTo(value, 3)
    })
  })

  test('rounds spans to whole beats inside the track, at least one', () => {
    expect(wholeBeats({ startBeat: 3.4, endBeat: 7.6 }, 100)).toEqual([3, 8])
    expect(wholeBeats({ startBeat: 99.8, endBeat: 130 }, 100)).toEqual([99, 100])
    expect(wholeBeats({ startBeat: 5, endBeat: 5.2 }, 100)).toEqual([5, 6])
  })
})

describe('a beat row', () => {
  const step = prepareTrack(
    matrixOf(
      ['rms', 'voice tonal'],
      128,
      (beat, column) => (beat >= 64 ? 1 : 0) * (column + 1) + ((beat * 7) % 5) * 0.01,
    ),
    GRID,
  )
  const at = (beat: number): ((name: string) => number) => {
    const row = new Float32Array(beatRowLength(step))
    beatRow(step, beat, row, 0)
    return (name) => row[beatContextColumns(step).indexOf(name)]!
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
    const single = new Float32Array(beatRowLength(step))
    beatRow(step, 64, single, 0)
    expect(rows.slice(single.length)).toEqual(single)
    expect(beatContextColumns(step)).toHaveLength(single.length)
  })
})

test('silence and constant columns give finite rows', () => {
  const silent = prepareTrack(
    matrixOf(['rms', 'voice tonal'], 40, () => 0),
    GRID,
  )
  const row = new Float32Array(spanRowLength(silent))
  spanRow(silent, { startBeat: 8, endBeat: 16 }, row, 0)
  expect(row.every(Number.isFinite)).toBe(true)
  expect(beatRows(silent, [0, 39]).every(Number.isFinite)).toBe(true)
})
