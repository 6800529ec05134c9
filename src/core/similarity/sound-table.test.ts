import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Sound, SoundTable, type SoundWeights, soundDistance } from './sound-table.ts'

const FEATURES: SoundWeights = { features: 1, embedding: 0 }
const EMBEDDING: SoundWeights = { features: 0, embedding: 1 }
const BOTH: SoundWeights = { features: 1, embedding: 1 }

const sound = (features: readonly number[] | null, embedding: readonly number[] | null = null): Sound => ({
  features: features && Float32Array.from(features),
  embedding: embedding && Float32Array.from(embedding),
})
const near = (values: readonly number[]): number[] =>
  values.map((value) => expect.closeTo(value, 5) as unknown as number)
const distances = (sounds: readonly Sound[], weights: SoundWeights, from: Sound | number): number[] => [
  ...new SoundTable(sounds, weights).distancesFrom(from),
]

test('every dimension of the features counts by how far the library spreads in it', () => {
  // Standard deviations 1000 and 1: of row 0, row 1 is 2 deviations away in the first dimension, row 2 in the second.
  const sounds = [sound([0, 0]), sound([2000, 0]), sound([0, 2]), sound([2000, 2])]
  expect(distances(sounds, FEATURES, 0)).toEqual(near([0, Math.SQRT2, Math.SQRT2, 2]))
})

test('a dimension that does not vary decides nothing, and a library of one is no distance from itself', () => {
  expect(distances([sound([7, 1]), sound([7, 3])], FEATURES, 0)).toEqual(near([0, Math.SQRT2]))
  expect(distances([sound([7, 1])], FEATURES, 0)).toEqual([0])
  expect(distances([], FEATURES, sound([1]))).toEqual([])
})

test('the embedding counts by its direction from the mean of the library, in units of its spread', () => {
  // Mean (.5, .5), mean squared distance from it .5.
  const sounds = [sound(null, [1, 0]), sound(null, [0, 1]), sound(null, [1, 0]), sound(null, [0, 1])]
  expect(distances(sounds, EMBEDDING, 0)).toEqual(near([0, 2, 0, 2]))
})

test('half the mean squared distance of two sounds is 1, whatever is weighed', () => {
  const values = fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 3, maxLength: 3 })
  const library = fc.array(fc.tuple(values, values), { minLength: 2, maxLength: 20 })
  fc.assert(
    fc.property(library, fc.constantFrom(FEATURES, EMBEDDING, BOTH), (some, weights) => {
      const isVaried = [0, 1].every((part) =>
        [0, 1, 2].every((at) => new Set(some.map((one) => one[part]![at])).size > 1),
      )
      fc.pre(isVaried)
      const sounds = some.map(([features, embedding]) => sound(features, embedding))
      const table = new SoundTable(sounds, weights)
      const squares = sounds.flatMap((_, row) => [...table.distancesFrom(row)].map((distance) => distance ** 2))
      expect(squares.reduce((sum, square) => sum + square, 0) / squares.length).toBeCloseTo(2, 3)
    }),
  )
})

test('distances are the same both ways, 0 for a copy, and those of a row are those of its sound', () => {
  const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 11, maxLength: 11 })
  fc.assert(
    fc.property(fc.array(values, { minLength: 2, maxLength: 12 }), fc.nat(), (some, seed) => {
      const sounds = [...some, some[seed % some.length]!].map((one) => sound(one))
      const table = new SoundTable(sounds, FEATURES)
      const all = sounds.map((_, row) => table.distancesFrom(row))
      expect(all.at(-1)![seed % some.length]).toBe(0)
      for (const [row, one] of all.entries()) {
        for (let other = 0; other < sounds.length; other++) expect(one[other]).toBe(all[other]![row])
        expect(table.distancesFrom(sounds[row]!)).toEqual(one)
        for (const [other, distance] of one.entries())
          expect(soundDistance(table.scale, sounds[row]!, sounds[other]!)).toBeCloseTo(distance, 4)
      }
    }),
  )
})

test('a part that is missing lies a deviation off: further than what is alike, nearer than what is not', () => {
  const sounds = [sound([0], [1, 0]), sound([1], [1, 0]), sound([0], null), sound([1], [0, 1]), sound([1], null)]
  const [, , missing] = distances(sounds, BOTH, 0)
  const [own, alike, , unlike] = distances(
    [sound([0], [1, 0]), sound([0], [1, 0]), sound([0], null), sound([0], [0, 1])],
    BOTH,
    0,
  )
  expect(own).toBe(0)
  expect(alike).toBe(0)
  expect(missing).toBeGreaterThan(0)
  expect(unlike).toBeGreaterThan(missing!)
  // For two that were not heard, the features alone count.
  const [, , , , unheard] = distances(sounds, BOTH, 2)
  expect(unheard).toBeCloseTo(distances(sounds, FEATURES, 2)[4]! / Math.SQRT2, 5)
})

test('what no sound has does not count', () => {
  const sounds = [sound([0]), sound([1]), sound([5])]
  expect(distances(sounds, BOTH, 0)).toEqual(distances(sounds, FEATURES, 0))
})
