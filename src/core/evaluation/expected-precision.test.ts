import { expect, test } from 'vitest'
import { expectedPrecision } from './expected-precision.ts'

const said = (count: number, right: number, confidence = 0.97) =>
  Array.from({ length: count }, (_, at) => ({ said: 'intro' as const, confidence, isRight: at < right }))

test('without labels the confidence holds', () => {
  expect(expectedPrecision([])({ kind: 'drop', confidence: 0.93 })).toBe(0.93)
})

test('what came of such confidences draws it down, the more the more there are, and never up', () => {
  const asked = { kind: 'intro' as const, confidence: 0.98 }
  expect(expectedPrecision(said(20, 10))(asked)).toBeCloseTo(0.74, 6)
  expect(expectedPrecision(said(180, 90))(asked)).toBeCloseTo(0.548, 6)
  expect(expectedPrecision(said(180, 180))(asked)).toBe(0.98)
  expect(expectedPrecision(said(180, 90))({ ...asked, kind: 'drop' })).toBe(0.98)
})
