import fc from 'fast-check'
import { expect, test } from 'vitest'
import { growthBars, tempoBars } from './library-bars.ts'

test('every tempo lies in one bar, and bars leave no gap', () => {
  const counts = fc.uniqueArray(fc.record({ bpm: fc.integer({ min: 20, max: 400 }), tracks: fc.integer({ min: 1 }) }), {
    selector: ({ bpm }) => bpm,
    maxLength: 30,
  })
  fc.assert(
    fc.property(counts, (given) => {
      const bars = tempoBars(given)
      expect(bars.length).toBeLessThanOrEqual(40)
      for (const [at, bar] of bars.entries()) {
        const inside = given.filter(({ bpm }) => bpm >= bar.fromBpm && bpm + 0.5 <= bar.toBpm)
        expect(bar.tracks).toBe(inside.reduce((sum, { tracks }) => sum + tracks, 0))
        if (at > 0) expect(bar.fromBpm).toBeCloseTo(bars[at - 1]!.toBpm + 0.01, 6)
      }
    }),
  )
})

test('bars are as narrow as fits: one BPM for a library of house, five for all of dance music', () => {
  expect(
    tempoBars([
      { bpm: 124, tracks: 2 },
      { bpm: 126, tracks: 1 },
    ]),
  ).toEqual([
    { fromBpm: 124, toBpm: 124.99, tracks: 2 },
    { fromBpm: 125, toBpm: 125.99, tracks: 0 },
    { fromBpm: 126, toBpm: 126.99, tracks: 1 },
  ])
  expect(
    tempoBars([
      { bpm: 61, tracks: 1 },
      { bpm: 174, tracks: 1 },
    ]),
  ).toHaveLength(23)
  expect(tempoBars([])).toEqual([])
})

test('growth is shown by days, months or years, with what was there before', () => {
  expect(
    growthBars([
      { day: '2026-02-27', tracks: 2 },
      { day: '2026-03-01', tracks: 3 },
    ]),
  ).toEqual({
    by: 'day',
    bars: [
      { from: '2026-02-27', before: '2026-02-28', tracks: 2, total: 2 },
      { from: '2026-02-28', before: '2026-03-01', tracks: 0, total: 2 },
      { from: '2026-03-01', before: '2026-03-02', tracks: 3, total: 5 },
    ],
  })
  const months = growthBars([
    { day: '2025-11-30', tracks: 1 },
    { day: '2026-01-31', tracks: 1 },
  ])
  expect(months.bars.map(({ from, before }) => [from, before])).toEqual([
    ['2025-11-01', '2025-12-01'],
    ['2025-12-01', '2026-01-01'],
    ['2026-01-01', '2026-02-01'],
  ])
  expect(
    growthBars([
      { day: '2015-05-05', tracks: 1 },
      { day: '2026-01-31', tracks: 1 },
    ]),
  ).toMatchObject({ by: 'year' })
  expect(growthBars([])).toEqual({ by: 'day', bars: [] })
})
