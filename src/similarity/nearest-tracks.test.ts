import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearestTracks, type TrackVectors } from './nearest-tracks.ts'

const rowsOf = (rows: readonly (readonly number[])[]): TrackVectors => ({
  width: rows[0]!.length,
  values: Float32Array.from(rows.flat()),
})

test('every dimension counts by how far the library spreads in it', () => {
  // Standard deviations 1000 and 1: of row 0, row 1 is 2 deviations away in the first dimension, row 2 in the second.
  const vectors = rowsOf([
    [0, 0],
    [2000, 0],
    [0, 2],
    [2000, 2],
  ])
  const nearest = nearestTracks(vectors, { to: 0, count: 3 })
  expect(nearest.map(({ row }) => row)).toEqual([1, 2, 3])
  expect(nearest.map(({ distance }) => distance)).toEqual(
    [Math.SQRT2, Math.SQRT2, 2].map((far) => expect.closeTo(far, 5)),
  )
})

test('a dimension that does not vary decides nothing, and one track alone has no neighbour', () => {
  expect(
    nearestTracks(
      rowsOf([
        [7, 1],
        [7, 1],
      ]),
      { to: 1, count: 5 },
    ),
  ).toEqual([{ row: 0, distance: 0 }])
  expect(nearestTracks(rowsOf([[7, 1]]), { to: 0, count: 5 })).toEqual([])
})

const vectors = fc
  .record({ tracks: fc.integer({ min: 2, max: 12 }), width: fc.integer({ min: 1, max: 6 }) })
  .chain(({ tracks, width }) =>
    fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: width, maxLength: width }), {
      minLength: tracks,
      maxLength: tracks,
    }),
  )

test('distances are symmetric, 0 for a copy, rise along the list, and the nearest few begin the whole list', () => {
  fc.assert(
    fc.property(vectors, fc.nat(), (some, seed) => {
      const rows = [...some, some[seed % some.length]!]
      const library = rowsOf(rows)
      const all = rows.map((_, to) => nearestTracks(library, { to, count: rows.length }))
      const distance = (from: number, to: number): number => all[from]!.find(({ row }) => row === to)!.distance
      expect(distance(rows.length - 1, seed % some.length)).toBe(0)
      for (const [from, nearest] of all.entries()) {
        expect(nearest.map(({ row }) => row).toSorted((a, b) => a - b)).toEqual(
          [...rows.keys()].filter((n) => n !== from),
        )
        expect(nearest.map((one) => one.distance)).toEqual(nearest.map((one) => one.distance).toSorted((a, b) => a - b))
        for (const { row } of nearest) expect(distance(row, from)).toBe(distance(from, row))
        expect(nearestTracks(library, { to: from, count: 2 })).toEqual(nearest.slice(0, 2))
      }
    }),
  )
})
