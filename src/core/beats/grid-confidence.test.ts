import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calibrated, GRID_CALIBRATIONS } from './grid-confidence.ts'

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
