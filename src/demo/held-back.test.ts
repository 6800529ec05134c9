import { expect, test } from 'vitest'
import { agreement } from '../core/evaluation/agreement.ts'

const truth = [
  { start: 0, end: 10, kind: 'intro' },
  { start: 10, end: 30, kind: 'drop' },
]

test('agreement is the share of common time with the same kind', () => {
  expect(agreement(truth, truth)).toBe(1)
  expect(agreement(truth, [{ start: 0, end: 30, kind: 'drop' }])).toBeCloseTo(2 / 3, 12)
  expect(agreement(truth, [{ start: 5, end: 15, kind: 'intro' }])).toBeCloseTo(0.5, 12)
  expect(agreement(truth, [])).toBe(0)
})
