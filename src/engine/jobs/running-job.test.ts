import { expect, test } from 'vitest'
import { createPace } from './running-job.ts'

test('the time left follows from how fast the stage went since its pace was known', () => {
  let nowMs = 0
  const eta = createPace(() => nowMs)
  expect(eta(0.1)).toBeNull()
  nowMs = 2000
  // A tenth took two seconds: the other eight tenths take sixteen.
  expect(eta(0.2)).toBeCloseTo(16, 9)
})

test('hardly anything done says nothing, and a stage of unknown length begins anew', () => {
  let nowMs = 0
  const eta = createPace(() => nowMs)
  eta(0.5)
  nowMs = 1000
  expect(eta(0.51)).toBeNull()
  expect(eta(null)).toBeNull()
  nowMs = 5000
  expect(eta(0.6)).toBeNull()
  nowMs = 6000
  expect(eta(0.8)).toBeCloseTo(1, 9)
})
