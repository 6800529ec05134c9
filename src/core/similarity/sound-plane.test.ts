import fc from 'fast-check'
import { expect, test } from 'vitest'
import { landmarkRows, MOST_LANDMARKS, soundPlane } from './sound-plane.ts'

const distancesBetween = (points: readonly (readonly [number, number])[], from: number): Float32Array =>
  Float32Array.from(points, ([x, y]) => Math.hypot(x - points[from]![0], y - points[from]![1]))

test('distances on a plane give the plane back, turned or mirrored', () => {
  const value = fc.double({ min: -10, max: 10, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { minLength: 3, maxLength: 40 }), (points) => {
      const landmarks = landmarkRows(points.length)
      const places = soundPlane(
        landmarks.map((landmark) => distancesBetween(points, landmark)),
        landmarks,
      )
      for (let one = 0; one < points.length; one++)
        for (let other = 0; other < one; other++) {
          const shown = Math.hypot(places[2 * one]! - places[2 * other]!, places[2 * one + 1]! - places[2 * other + 1]!)
          const [[x, y], [otherX, otherY]] = [points[one]!, points[other]!]
          expect(Math.abs(shown - Math.hypot(x - otherX, y - otherY))).toBeLessThan(0.5)
        }
    }),
  )
})

test('no sounds, one sound and the same sound twice are no trouble', () => {
  expect(soundPlane([], [])).toHaveLength(0)
  expect([...soundPlane([Float32Array.of(0)], [0])]).toEqual([0, 0])
  expect([...soundPlane([Float32Array.of(0, 0), Float32Array.of(0, 0)], [0, 1])]).toEqual([0, 0, 0, 0])
})

test('landmarks are different rows over the whole table', () => {
  expect(landmarkRows(3)).toEqual([0, 1, 2])
  const many = landmarkRows(10_000)
  expect(new Set(many).size).toBe(MOST_LANDMARKS)
  expect(many.at(-1)).toBeGreaterThan(9900)
})
