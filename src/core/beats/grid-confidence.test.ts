import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calibrated, calibratedOther, GRID_CALIBRATIONS } from './grid-confidence.ts'

const probability = fc.integer({ min: 1, max: 999 }).map((thousandths) => thousandths / 1000)

test('a line of slope 1 through the origin says what the models say, and what ships keeps the order', () => {
  fc.assert(
    fc.property(probability, probability, (one, other) => {
      expect(calibrated(one, { slope: 1, offset: 0 })).toBeCloseTo(one, 9)
      for (const line of Object.values(GRID_CALIBRATIONS)) {
        const [said, saidOther] = [calibrated(one, line), calibrated(other, line)]
        expect(said).toBeGreaterThan(0)
        expect(said).toBeLessThan(1)
        expect(Math.sign(said - saidOther)).toBe(Math.sign(one - other))
      }
    }),
  )
})

test('certainty stays below 1', () => {
  expect(calibrated(1, GRID_CALIBRATIONS.family)).toBeLessThan(1)
  expect(calibrated(0, GRID_CALIBRATIONS.bars)).toBeGreaterThan(0)
})

test('no other answer is said with more than the chosen one, and the likelier of two others stays so', () => {
  fc.assert(
    fc.property(probability, probability, probability, (chosen, one, other) => {
      const confidence = calibrated(chosen, GRID_CALIBRATIONS.bars)
      const said = (answer: number): number =>
        calibratedOther(answer * (1 - chosen), { probability: chosen, confidence })
      expect(said(one)).toBeLessThanOrEqual(confidence)
      expect(said(Math.max(one, other))).toBeGreaterThanOrEqual(said(Math.min(one, other)))
    }),
  )
  // Bars of .55 are said with less than a half, and so is the next likely place.
  const doubtful = { probability: 0.55, confidence: calibrated(0.55, GRID_CALIBRATIONS.bars) }
  expect(doubtful.confidence).toBeLessThan(0.5)
  expect(calibratedOther(0.44, doubtful)).toBe(doubtful.confidence)
  expect(calibratedOther(0.1, doubtful)).toBeCloseTo((0.1 * (1 - doubtful.confidence)) / 0.45, 12)
})
