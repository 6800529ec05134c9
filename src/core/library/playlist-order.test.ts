import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addToOrder, moveInOrder, stepTarget } from './playlist-order.ts'

/** Imports hold a track several times. */
const order = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 12 })
const some = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 6 })
const place = fc.option(fc.integer({ min: 1, max: 12 }))
const sorted = (ids: readonly number[]): readonly number[] => ids.toSorted((a, b) => a - b)
const without = (ids: readonly number[], gone: readonly number[]): readonly number[] =>
  ids.filter((id) => !gone.includes(id))

test('moves keep every track as often as it is there, and the order of those that stay and of those that move', () => {
  fc.assert(
    fc.property(order, some, place, (ids, moved, before) => {
      const next = moveInOrder(ids, moved, before)
      expect(sorted(next)).toEqual(sorted(ids))
      expect(without(next, moved)).toEqual(without(ids, moved))
      expect(next.filter((id) => moved.includes(id))).toEqual(ids.filter((id) => moved.includes(id)))
    }),
  )
})

test('what moves comes to stand right in front of what it was dropped on', () => {
  expect(moveInOrder([1, 2, 3, 4, 5], [4, 2], 1)).toEqual([2, 4, 1, 3, 5])
  expect(moveInOrder([1, 2, 3, 4, 5], [1, 2], null)).toEqual([3, 4, 5, 1, 2])
  expect(moveInOrder([1, 2, 3, 4, 5], [1, 3], 3)).toEqual([2, 1, 3, 4, 5])
  expect(moveInOrder([1, 2, 3], [3], 3)).toEqual([1, 2, 3])
})

test('what is added comes once, and what is there already stays where it is', () => {
  fc.assert(
    fc.property(order, some, place, (ids, added, before) => {
      const next = addToOrder(ids, added, before)
      const fresh = [...new Set(added)].filter((id) => !ids.includes(id))
      expect(without(next, fresh)).toEqual(ids)
      expect(next.filter((id) => fresh.includes(id))).toEqual(fresh)
    }),
  )
  expect(addToOrder([1, 2, 3], [7, 2, 8, 7], 2)).toEqual([1, 7, 8, 2, 3])
})

const stepInOrder = (ids: readonly number[], moved: readonly number[], by: -1 | 1): readonly number[] => {
  const target = stepTarget(ids, moved, by)
  return target === null ? ids : moveInOrder(ids, moved, target.before)
}

test('steps up and down take each other back, and stop at the ends', () => {
  expect(stepInOrder([1, 2, 3, 4], [2, 3], -1)).toEqual([2, 3, 1, 4])
  expect(stepInOrder([1, 2, 3, 4], [2], 1)).toEqual([1, 3, 2, 4])
  expect(stepInOrder([1, 2, 3, 4], [1, 3], -1)).toEqual([1, 2, 3, 4])
  expect(stepInOrder([1, 2, 3, 4], [4], 1)).toEqual([1, 2, 3, 4])
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(30), { minLength: 2 }), fc.nat(), (ids, at) => {
      const one = ids[at % ids.length]!
      const down = stepInOrder(ids, [one], 1)
      if (ids.at(-1) !== one) expect(stepInOrder(down, [one], -1)).toEqual(ids)
    }),
  )
})
