import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import { bootstrapBand } from './bootstrap-band.ts'

const meanOf = (values: readonly number[]) => (groups: readonly number[]) =>
  groups.reduce((sum, group) => sum + values[group]!, 0) / groups.length

test('contains the figure of the whole sample', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }),
      fc.nat(),
      (values, seed) => {
        const { low, high } = bootstrapBand(values.length, meanOf(values), { seed })
        const whole = meanOf(values)([...values.keys()])
        expect(low).toBeLessThanOrEqual(whole)
        expect(high).toBeGreaterThanOrEqual(whole)
      },
    ),
    { numRuns: 40 },
  )
})

test('is as wide as theory says for the mean of 100 uniform numbers', () => {
  const random = createRandom(2)
  const values = Array.from({ length: 100 }, () => random())
  const { low, high } = bootstrapBand(values.length, meanOf(values), { seed: 1 })
  // ±1.645 · √(1/12 ÷ 100)
  expect(high - low).toBeGreaterThan(0.08)
  expect(high - low).toBeLessThan(0.11)
})

test('the same seed gives the same band', () => {
  const values = [0.2, 0.9, 0.4, 0.7, 0.1]
  expect(bootstrapBand(5, meanOf(values), { seed: 3 })).toEqual(bootstrapBand(5, meanOf(values), { seed: 3 }))
})
