import { expect, it } from 'vitest'
import { rotationProbabilities } from './rotation-model.ts'

const options = [Float64Array.of(1, 0), Float64Array.of(0, 1)]

it('turns the difference of scores into a probability, divided by the temperature', () => {
  const [first] = rotationProbabilities({ weights: [2, 1], temperature: 0.5 }, options)
  expect(first).toBeCloseTo(1 / (1 + Math.exp(-2)), 12)
})

it.each([[[2]], [[2, 1, 0]]])('refuses weights %j for two features', (weights) => {
  expect(() => rotationProbabilities({ weights, temperature: 1 }, options)).toThrow(
    `The bar-phase model has ${weights.length} weights for 2 features: train it anew`,
  )
})
