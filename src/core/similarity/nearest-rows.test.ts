import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearestRows } from './nearest-rows.ts'

test('the nearest come first, each with the share of the others that is further away', () => {
  const distances = Float32Array.of(0, 4, 1, 3, 1)
  expect(nearestRows(distances, { count: 3, except: new Set([0]) })).toEqual([
    { row: 2, distance: 1, score: 0.5 },
    { row: 4, distance: 1, score: 0.5 },
    { row: 3, distance: 3, score: 0.25 },
  ])
})

test('what is not wanted is no answer, but counts for the score', () => {
  const distances = Float32Array.of(0, 4, 1, 3, 1)
  expect(nearestRows(distances, { count: 9, except: new Set([0]), isWanted: (row) => row === 3 })).toEqual([
    { row: 3, distance: 3, score: 0.25 },
  ])
})

test('it is the beginning of the whole list in order', () => {
  const library = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(library, fc.nat(39), fc.integer({ min: 1, max: 50 }), (some, own, count) => {
      const except = new Set([own % some.length])
      const sorted = some
        .map((distance, row) => ({ row, distance }))
        .filter(({ row }) => !except.has(row))
        .sort((a, b) => a.distance - b.distance || a.row - b.row)
      const found = nearestRows(Float32Array.from(some), { count, except })
      expect(found.map(({ row }) => row)).toEqual(sorted.slice(0, count).map(({ row }) => row))
      for (const { distance, score } of found)
        expect(score).toBe(sorted.filter((one) => one.distance > distance).length / sorted.length)
    }),
  )
})
