import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isotonicShare } from './isotonic.ts'

const outcome = (confidence: number, isRight: boolean) => ({ confidence, isRight })

test('what falls is pooled with what comes before it', () => {
  const shareAt = isotonicShare([outcome(0.5, false), outcome(0.6, true), outcome(0.7, false), outcome(0.9, true)])
  expect([0.4, 0.5, 0.6, 0.75, 0.9, 1].map(shareAt)).toEqual([null, 0, 0.5, 0.5, 1, 1])
  expect(isotonicShare([])(0.5)).toBeNull()
})

test('it never falls, and over all that was seen it is right on average', () => {
  const outcomes = fc.array(
    fc.record({ confidence: fc.integer({ min: 0, max: 20 }).map((step) => step / 20), isRight: fc.boolean() }),
    { minLength: 1, maxLength: 60 },
  )
  fc.assert(
    fc.property(outcomes, (seen) => {
      const shareAt = isotonicShare(seen)
      const shares = seen.map(({ confidence }) => confidence).toSorted((a, b) => a - b)
      const values = shares.map((confidence) => shareAt(confidence)!)
      expect(values).toEqual(values.toSorted((a, b) => a - b))
      expect(values.every((value) => value >= 0 && value <= 1)).toBe(true)
    }),
  )
})
