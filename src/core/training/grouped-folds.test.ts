import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupedFolds, groupOf } from './grouped-folds.ts'

const samplesArbitrary = fc.array(
  fc.record({ group: fc.integer({ min: 0, max: 12 }), kind: fc.integer({ min: 0, max: 3 }) }),
  {
    minLength: 1,
    maxLength: 80,
  },
)

const foldsOf = (samples: readonly { readonly group: number; readonly kind: number }[], seed: number): Uint8Array =>
  groupedFolds({
    groups: samples.map(({ group }) => `track ${group}`),
    classes: samples.map(({ kind }) => kind),
    classCount: 4,
    foldCount: 5,
    seed,
  })

test('no group is on both sides of any fold, and every fold holds something', () => {
  fc.assert(
    fc.property(samplesArbitrary, fc.nat(), (samples, seed) => {
      const folds = foldsOf(samples, seed)
      const foldsOfGroup = new Map<number, Set<number>>()
      samples.forEach(({ group }, index) => {
        foldsOfGroup.set(group, (foldsOfGroup.get(group) ?? new Set()).add(folds[index]!))
      })
      for (const used of foldsOfGroup.values()) expect(used.size).toBe(1)
      expect(new Set(folds).size).toBe(Math.min(5, foldsOfGroup.size))
    }),
  )
})

test('classes are spread evenly over folds', () => {
  const samples = Array.from({ length: 200 }, (_, index) => ({
    group: index >> 2,
    kind: index % 4 === 3 ? 1 + (index % 3) : 0,
  }))
  const folds = groupedFolds({
    groups: samples.map(({ group }) => String(group)),
    classes: samples.map(({ kind }) => kind),
    classCount: 4,
    foldCount: 5,
    seed: 1,
  })
  for (let kind = 0; kind < 4; kind++) {
    const counts = [0, 1, 2, 3, 4].map(
      (fold) => samples.filter((sample, index) => sample.kind === kind && folds[index] === fold).length,
    )
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2)
  }
})

test('another seed gives other folds, the same seed the same', () => {
  const samples = Array.from({ length: 60 }, (_, index) => ({ group: index % 12, kind: index % 4 }))
  expect(foldsOf(samples, 1)).toEqual(foldsOf(samples, 1))
  expect(foldsOf(samples, 1)).not.toEqual(foldsOf(samples, 2))
})

describe('what belongs together', () => {
  test('tracks of one artist, however it is written', () => {
    expect(groupOf({ audioDigest: 'a', artist: 'Orbital ' })).toBe(groupOf({ audioDigest: 'b', artist: 'ORBITAL' }))
  })

  test('a track without an artist stands alone', () => {
    expect(groupOf({ audioDigest: 'a', artist: null })).not.toBe(groupOf({ audioDigest: 'b', artist: '' }))
  })
})
