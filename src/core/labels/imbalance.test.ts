import { expect, test } from 'vitest'
import { findImbalance } from './imbalance.ts'

test('five times as many are still balanced, one more is not, and kinds without labels do not count', () => {
  expect(findImbalance({})).toBeNull()
  expect(findImbalance({ drop: 30 })).toBeNull()
  expect(findImbalance({ drop: 50, break: 10, build: 20, verse: 0 })).toBeNull()
  expect(findImbalance({ drop: 51, break: 10, build: 20 })).toEqual({ most: 'drop', least: 'break' })
})
