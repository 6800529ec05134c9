import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tempoDifferencePercent } from './tempo-difference.ts'

test.each([
  [120, 126, 5],
  [120, 114, -5],
  [87, 174, 0],
  [174, 87.87, 1],
  [100, 440, 10],
])('from %d to %d BPM it is %d %%', (from, to, percent) => {
  expect(tempoDifferencePercent(from, to)).toBeCloseTo(percent, 9)
})

test('playing the first so much faster or slower meets the other at some octave, by at most half an octave', () => {
  const bpm = fc.double({ min: 40, max: 300, noNaN: true })
  fc.assert(
    fc.property(bpm, bpm, (from, to) => {
      const factor = 1 + tempoDifferencePercent(from, to) / 100
      const octaves = Math.log2((from * factor) / to)
      expect(octaves).toBeCloseTo(Math.round(octaves), 9)
      expect(Math.abs(Math.log2(factor))).toBeLessThanOrEqual(0.5 + 1e-9)
    }),
  )
})
