import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scoreBeats, scoreBeatsAnyOctave } from './beat-f-measure.ts'

const steady = (period: number, count: number, start = 5): number[] =>
  Array.from({ length: count }, (_, beat) => start + beat * period)

test('values worked out by hand', () => {
  const truth = [5, 6, 7, 8]
  // 5.065 lies within the tolerance, 6.08 beyond it; 7.0 hits; 7.02 is a second estimate for a beat that is taken.
  expect(scoreBeats(truth, [5.065, 6.08, 7, 7.02])).toEqual({ fMeasure: 0.5, precision: 0.5, recall: 0.5 })
})

test('beats before 5 s count neither way', () => {
  expect(scoreBeats([1, 2, 5, 6], [3, 4, 5, 6]).fMeasure).toBe(1)
  expect(scoreBeats([1, 2], [1, 2]).fMeasure).toBe(0)
})

test('twice the rate has full recall and half the precision, until the octave is forgiven', () => {
  const [slow, fast] = [steady(0.5, 100), steady(0.25, 200)]
  expect(scoreBeats(slow, fast)).toEqual({ fMeasure: 2 / 3, precision: 0.5, recall: 1 })
  expect(scoreBeatsAnyOctave(slow, fast).fMeasure).toBe(1)
  expect(scoreBeatsAnyOctave(fast, slow).fMeasure).toBeGreaterThan(0.99)
  // The off-beats of twice the rate.
  expect(scoreBeatsAnyOctave(slow, [4.9, ...fast]).fMeasure).toBeGreaterThan(0.99)
})

test('half a beat off is never forgiven', () => {
  expect(scoreBeatsAnyOctave(steady(0.5, 100), steady(0.5, 100, 5.25)).fMeasure).toBeCloseTo(2 / 3, 2)
  expect(scoreBeats(steady(0.5, 100), steady(0.5, 100, 5.25)).fMeasure).toBe(0)
})

/** The largest one-to-one matching, by trying augmenting paths (Kuhn). */
const largestMatching = (truth: readonly number[], found: readonly number[]): number => {
  const owner = new Map<number, number>()
  const augment = (beat: number, seen: Set<number>): boolean =>
    found.some((time, at) => {
      if (Math.abs(time - truth[beat]!) > 0.07 || seen.has(at)) return false
      seen.add(at)
      const holder = owner.get(at)
      if (holder !== undefined && !augment(holder, seen)) return false
      owner.set(at, beat)
      return true
    })
  return truth.filter((_, beat) => augment(beat, new Set())).length
}

test('the greedy matching is as large as any', () => {
  const times = fc
    .array(fc.integer({ min: 500, max: 560 }), { minLength: 1, maxLength: 12 })
    .map((list) => list.sort((a, b) => a - b).map((hundredths) => hundredths / 100 + 0.001))
  fc.assert(
    fc.property(times, times, (truth, found) => {
      const { recall } = scoreBeats(truth, found)
      expect(Math.round(recall * truth.length)).toBe(largestMatching(truth, found))
    }),
  )
})

test('times out of order or not finite are refused', () => {
  expect(() => scoreBeats([5, 7, 6], [5])).toThrow('comes before')
  expect(() => scoreBeats([5], [Number.NaN])).toThrow('not a finite time')
})
