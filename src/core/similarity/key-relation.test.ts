import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyRelation } from './key-relation.ts'

test.each([
  ['8A', '8A', 'same'],
  ['8A', '8B', 'relative'],
  ['8A', '9A', 'neighbour'],
  ['12B', '1B', 'neighbour'],
  ['8A', '9B', 'other'],
  ['8A', '2A', 'other'],
  ['8A', '13A', null],
  ['', '8A', null],
] as const)('%s and %s are %s', (from, to, relation) => {
  expect(keyRelation(from, to)).toBe(relation)
})

const key = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom('A', 'B'))
  .map(([hour, letter]) => `${hour}${letter}`)

test('it is the same both ways, and turns with the wheel', () => {
  const turn = (name: string, by: number): string => `${((Number.parseInt(name, 10) + by - 1) % 12) + 1}${name.at(-1)}`
  fc.assert(
    fc.property(key, key, fc.nat(11), (one, other, by) => {
      expect(keyRelation(one, other)).toBe(keyRelation(other, one))
      expect(keyRelation(turn(one, by), turn(other, by))).toBe(keyRelation(one, other))
    }),
  )
})
