import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DRAWN_POINTS, drawnArc, withPoint, withStroke } from './draw-arc.ts'
import { ENERGY_ARCS } from './energy-arc.ts'

const flat = drawnArc(ENERGY_ARCS.flat)

test('an arc by name is drawn on at nine points, and one that was drawn stays as it is', () => {
  expect(drawnArc(ENERGY_ARCS.closing)).toEqual([0.9, 0.83, 0.75, 0.68, 0.6, 0.48, 0.35, 0.22, 0.1])
  const own = withPoint(flat, 3, 0.777)
  expect(own[3]).toBe(0.78)
  expect(drawnArc(own)).toBe(own)
})

test('a hand that comes down moves the nearest point; a stroke moves all that it passes, whichever way', () => {
  expect(withStroke(flat, null, { along: 0.51, energy: 1 })[4]).toBe(1)
  const there = withStroke(flat, { along: 0.24, energy: 0 }, { along: 0.76, energy: 1 })
  expect(there.map((energy) => energy.toFixed(2))).toEqual(
    [0.5, 0.5, 0.02, 0.26, 0.5, 0.74, 0.98, 0.5, 0.5].map((energy) => energy.toFixed(2)),
  )
  expect(withStroke(flat, { along: 0.76, energy: 1 }, { along: 0.24, energy: 0 })).toEqual(there)
})

test('whatever the hand does, the arc keeps its points and its limits', () => {
  const spot = fc.record({
    along: fc.double({ min: -2, max: 3, noNaN: true }),
    energy: fc.double({ min: -2, max: 3, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(spot, { minLength: 1, maxLength: 12 }), (spots) => {
      const arc = spots.reduce((now, one, at) => withStroke(now, spots[at - 1] ?? null, one), flat)
      expect(arc).toHaveLength(DRAWN_POINTS)
      expect(arc.every((energy) => energy >= 0 && energy <= 1)).toBe(true)
    }),
  )
})
