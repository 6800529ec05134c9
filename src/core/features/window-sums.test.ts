import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import { sumWindows, type WindowSums, windowDeviation, windowMean, windowRise } from './window-sums.ts'

const BEATS = 120
const random = createRandom(1)
const noise = {
  columns: ['one', 'other'],
  beats: BEATS,
  values: Float32Array.from({ length: 2 * BEATS }, () => random() * 5 - 2),
}

const scoresOf = (track: WindowSums, column: number): number[] =>
  Array.from({ length: BEATS }, (_, beat) => {
    const raw = noise.values[beat * track.width + column]!
    return (raw - track.means[column]!) / track.deviations[column]!
  })

describe('windows agree with their formulas', () => {
  const track = sumWindows(noise)

  test('mean, spread and regression line of any window', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 117 }), fc.integer({ min: 2, max: 60 }), (start, length) => {
        const end = Math.min(120, start + length)
        const z = scoresOf(track, 1).slice(start, end)
        const mean = z.reduce((sum, value) => sum + value, 0) / z.length
        const spread = Math.sqrt(z.reduce((sum, value) => sum + (value - mean) ** 2, 0) / z.length)
        const centre = (z.length - 1) / 2
        const slope =
          z.reduce((sum, value, beat) => sum + (beat - centre) * value, 0) /
          z.reduce((sum, _, beat) => sum + (beat - centre) ** 2, 0)
        expect(windowMean(track, 1, [start, end])).toBeCloseTo(mean, 6)
        expect(windowDeviation(track, 1, [start, end])).toBeCloseTo(spread, 5)
        expect(windowRise(track, 1, [start, end])).toBeCloseTo(slope * z.length, 5)
      }),
    )
  })

  test('an empty window is the mean of the track', () => {
    expect(windowMean(track, 0, [-16, 0])).toBe(0)
    expect(windowRise(track, 0, [200, 210])).toBe(0)
  })
})
