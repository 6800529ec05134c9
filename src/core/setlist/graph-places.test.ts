import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitPlaces, type PlacedTrack, placeByKey, placeByTempo } from './graph-places.ts'

const track: fc.Arbitrary<PlacedTrack> = fc.record({
  camelot: fc.option(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom('A', 'B')).map((key) => key.join(''))),
  tempoBpm: fc.option(fc.double({ min: 60, max: 200, noNaN: true })),
  energy: fc.option(fc.integer({ min: 1, max: 10 })),
})
const pointOf = (places: Float64Array, at: number): readonly [number, number] => [places[2 * at]!, places[2 * at + 1]!]

test('by key no track hides another, and none stands within the heap of another key', () => {
  fc.assert(
    fc.property(fc.array(track, { minLength: 2, maxLength: 120 }), (tracks) => {
      const places = placeByKey(tracks)
      const keys = [...new Set(tracks.map(({ camelot }) => camelot))]
      const heaps = keys.map((key) => {
        const own = tracks.flatMap(({ camelot }, at) => (camelot === key ? [pointOf(places, at)] : []))
        const [x, y] = [0, 1].map((axis) => own.reduce((sum, point) => sum + point[axis]!, 0) / own.length)
        const apart = (point: readonly [number, number]): number => Math.hypot(point[0] - x!, point[1] - y!)
        return { key, apart, radius: Math.max(...own.map(apart)) }
      })
      for (const [at, { camelot }] of tracks.entries()) {
        const [x, y] = pointOf(places, at)
        for (const { key, apart, radius } of heaps) if (key !== camelot) expect(apart([x, y])).toBeGreaterThan(radius)
        for (let other = 0; other < at; other++) {
          const [otherX, otherY] = pointOf(places, other)
          expect(Math.hypot(x - otherX, y - otherY)).toBeGreaterThan(0.5)
        }
      }
    }),
    { numRuns: 40 },
  )
})

test('the wheel is drawn as DJs know it: 12 on top, 3 on the right, minor inside', () => {
  const keys = ['12B', '3B', '6B', '9B', '12A']
  const places = placeByKey(keys.map((camelot) => ({ camelot, tempoBpm: null, energy: null })))
  const [[, top], [right], [, bottom], [left], [, inner]] = keys.map((_, at) => pointOf(places, at))
  expect(top).toBeGreaterThan(inner!)
  expect(inner).toBeGreaterThan(0)
  expect([right! > 0, bottom! < 0, left! < 0]).toEqual([true, true, true])
})

test('by tempo the faster stands further right and the more energetic higher, and none hides another', () => {
  fc.assert(
    fc.property(fc.array(track, { minLength: 2, maxLength: 60 }), (tracks) => {
      const places = placeByTempo(tracks)
      for (let at = 0; at < tracks.length; at++)
        for (let other = 0; other < at; other++)
          expect(
            Math.hypot(places[2 * at]! - places[2 * other]!, places[2 * at + 1]! - places[2 * other + 1]!),
          ).not.toBe(0)
    }),
    { numRuns: 40 },
  )
  const at = (tempoBpm: number | null, energy: number): PlacedTrack => ({ camelot: null, tempoBpm, energy })
  const places = placeByTempo([at(100, 5), at(140, 5), at(120, 1), at(120, 9), at(null, 5)])
  const [[slow], [fast], [, calm], [, wild], [unknown]] = [0, 1, 2, 3, 4].map((one) => pointOf(places, one))
  expect(slow).toBeLessThan(fast!)
  expect(calm).toBeLessThan(wild!)
  expect(unknown).toBeLessThan(slow!)
})

test('a picture is fitted around 0 without being stretched', () => {
  expect([...fitPlaces(Float64Array.of(10, 0, 30, 10, 20, 5))]).toEqual([-1, -0.5, 1, 0.5, 0, 0])
  expect([...fitPlaces(Float64Array.of(4, 7))]).toEqual([0, 0])
  expect([...fitPlaces(new Float64Array())]).toEqual([])
})
