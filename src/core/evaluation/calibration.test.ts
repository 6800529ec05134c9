import { expect, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import { expectedCalibrationError, reliabilityBins } from './calibration.ts'

test('by hand: 0.9 said four times and true three times, 0.5 said twice and true twice', () => {
  // |0.9 − 0.75| · 4/6 + |0.5 − 1| · 2/6
  const error = expectedCalibrationError([0.9, 0.9, 0.9, 0.9, 0.5, 0.5], [true, true, true, false, true, true])
  expect(error).toBeCloseTo((0.15 * 4 + 0.5 * 2) / 6, 10)
})

test('a bin holds its upper edge', () => {
  const bins = reliabilityBins([1 / 15, 1.0001 / 15, 1], [true, true, false])
  expect(bins[0]!.samples).toBe(1)
  expect(bins[1]!.samples).toBe(1)
  expect(bins[14]).toEqual({ samples: 1, confidence: 1, accuracy: 0 })
  expect(bins[7]).toEqual({ samples: 0, confidence: null, accuracy: null })
})

test('near 0 for a forecaster that is as right as it says, large for one that overstates by 0.2', () => {
  const random = createRandom(1)
  const said = Array.from({ length: 20_000 }, () => 0.5 + random() / 2)
  const outcomes = said.map((confidence) => random() < confidence)
  const overstated = said.map((confidence) => random() < confidence - 0.2)
  expect(expectedCalibrationError(said, outcomes)).toBeLessThan(0.015)
  expect(expectedCalibrationError(said, overstated)).toBeGreaterThan(0.18)
})

test('no samples, no error', () => {
  expect(expectedCalibrationError([], [])).toBe(0)
})
