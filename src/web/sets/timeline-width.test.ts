import { expect, test } from 'vitest'
import { FEW_TICKS, rulerMinutes, timelineWidth } from './timeline-width.ts'

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

test('the ruler tells the time wherever a set is scrolled to, and only a few times where it is seen at once', () => {
  expect(rulerMinutes(60, 340)).toEqual([0, 10, 20, 30, 40, 50])
  expect(rulerMinutes(6, 400)).toEqual([0, 1, 2, 3, 4, 5])
  expect(rulerMinutes(0.5, 56)).toEqual([0])
  for (const [minutes, leastPx] of [
    [517, 56_000],
    [1440, 25_000],
    [60, 1700],
  ] as const) {
    const ticks = rulerMinutes(minutes, leastPx)
    const pxOf = (at: number): number => (at / minutes) * leastPx
    if (ticks.length > FEW_TICKS) expect(pxOf(ticks[1]!)).toBeGreaterThanOrEqual(300)
    expect(pxOf(ticks[1]!)).toBeLessThan(900)
    expect(leastPx - pxOf(ticks.at(-1)!)).toBeLessThan(60 + pxOf(ticks[1]!))
    expect(leastPx - pxOf(ticks.at(-1)!)).toBeGreaterThanOrEqual(60)
  }
})
