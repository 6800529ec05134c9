import { expect, test } from 'vitest'
import { timelineWidth } from './timeline-width.ts'

const apart = (startsAt: readonly number[], total: number): number =>
  Math.min(...startsAt.slice(1).map((at, before) => at - startsAt[before]!)) * (timelineWidth(startsAt, total) / total)

test('tracks that come in soon after each other make a set as wide as their words need', () => {
  expect(apart([0, 60, 120, 180], 240)).toBe(56)
  expect(apart([0, 60, 90, 180], 240)).toBeCloseTo(42, 0)
  expect(apart([0, 95, 180, 250, 285, 400], 500)).toBeGreaterThanOrEqual(41.5)
})

test('one track that is over at once does not stretch the whole set, and one track alone has room', () => {
  expect(timelineWidth([0, 60, 60.01, 120], 180)).toBe(4 * 140)
  expect(timelineWidth([0, 60, 60, 120], 180)).toBe(4 * 140)
  expect(timelineWidth([0], 180)).toBe(56)
  expect(timelineWidth([], 1)).toBe(0)
})
