import { expect, test } from 'vitest'
import { areFinite } from './are-finite.ts'

test('one number that is none is found, wherever it lies', () => {
  expect(areFinite(new Float32Array())).toBe(true)
  expect(areFinite(Float32Array.of(0, -3.4e38, 1e-45))).toBe(true)
  for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
    for (const at of [0, 5, 9]) expect(areFinite(new Float32Array(10).fill(odd, at, at + 1))).toBe(false)
})
