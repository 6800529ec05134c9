import { expect, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import { fitTemperature } from './fit-temperature.ts'

/** Classes drawn from the softmax of the logits; the logits are then overstated by a factor. */
const drawn = (classCount: number, factor: number) => {
  const random = createRandom(4)
  const rows = 4000
  const outputs = classCount === 2 ? 1 : classCount
  const logits = Float32Array.from({ length: rows * outputs }, () => (random() - 0.5) * 6)
  const targets = Array.from({ length: rows }, (_, row) => {
    const own = classCount === 2 ? [0, logits[row]!] : [...logits.subarray(row * outputs, (row + 1) * outputs)]
    const weights = own.map(Math.exp)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const mark = random() * total
    let below = 0
    return weights.findIndex((weight) => {
      below += weight
      return mark < below
    })
  })
  return { logits: logits.map((logit) => logit * factor), targets }
}

test.each([
  [2, 3],
  [5, 2],
  [5, 0.5],
])('%i classes: finds the factor %f that confidences are overstated by', (classCount, factor) => {
  const { logits, targets } = drawn(classCount, factor)
  const found = fitTemperature(logits, targets, classCount) / factor
  expect(found).toBeGreaterThan(0.93)
  expect(found).toBeLessThan(1.07)
})

test('a few faultless predictions do not claim certainty', () => {
  expect(fitTemperature(Float32Array.of(2, -2, 2), [1, 0, 1], 2)).toBeGreaterThan(0.25)
})

test('nothing to fit leaves logits as they are', () => {
  expect(fitTemperature(new Float32Array(), [], 3)).toBe(1)
})
