import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tempoDifferencePercent } from './tempo-difference.ts'

test.each([
  [120, 126, 5],
  [120, 114, -5],
  [87, 174, 0],
  [174, 87.87, 1],
  [100, 220, 10],
  [123, 999, 306.097560976],
  [124, 31, -50],
])('from %d to %d BPM it is %d %%', (from, to, percent) => {
  expect(tempoDifferencePercent(from, to)).toBeCloseTo(percent, 9)
})

test('playing the first so much faster or slower meets the other in the same, half or double time, at the nearest of them', () => {
  const bpm = fc.double({ min: 20, max: 999, noNaN: true })
  fc.assert(
    fc.property(bpm, bpm, (from, to) => {
      const factor = 1 + tempoDifferencePercent(from, to) / 100
      const octaves = Math.log2((from * factor) / to)
      expect(octaves).toBeCloseTo(Math.round(octaves), 9)
      expect(Math.abs(Math.round(octaves))).toBeLessThanOrEqual(1)
      const others = [0.5, 1, 2].map((time) => Math.abs(Math.log2(to / from / time)))
      expect(Math.abs(Math.log2(factor))).toBeCloseTo(Math.min(...others), 9)
    }),
  )
})
