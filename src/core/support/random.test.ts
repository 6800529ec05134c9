import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom, shuffle } from './random.ts'

test('the same seed gives the same numbers, another seed others', () => {
  const draw = (seed: number): number[] => Array.from({ length: 5 }, createRandom(seed))
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
})

test('numbers are uniform in [0, 1)', () => {
  const random = createRandom(1)
  const counts = new Array<number>(10).fill(0)
  for (let n = 0; n < 20_000; n++) counts[Math.floor(random() * 10)]!++
  for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200)
})

test('shuffle keeps the items and its input', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
      const before = [...items]
      const shuffled = shuffle(items, createRandom(seed))
      expect(items).toEqual(before)
      expect([...shuffled].sort()).toEqual([...items].sort())
    }),
  )
})
