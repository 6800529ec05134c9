import { expect, test } from 'vitest'
import { styleFactors } from './label-rows.ts'

/** Kind 0 in nine club tracks and one song, kind 1 in dance music alone. */
const targets = [...new Array(10).fill(0), ...new Array(5).fill(1)] as number[]
const songs = targets.map((target, n) => (target === 0 && n === 9 ? 1 : 0))

test('the labels of a style that is rare in a kind count for more, but do not outweigh the others', () => {
  const factors = styleFactors(targets, songs, 2)
  expect(factors[9]! / factors[0]!).toBeCloseTo(3, 5)
  expect(9 * factors[0]!).toBeGreaterThan(factors[9]!)
})

test('a kind weighs what it weighed, and one style alone changes nothing', () => {
  const factors = styleFactors(targets, songs, 2)
  const sum = (kind: number): number => factors.reduce((all, factor, n) => all + (targets[n] === kind ? factor : 0), 0)
  expect(sum(0)).toBeCloseTo(10, 5)
  expect([...factors.subarray(10)]).toEqual([1, 1, 1, 1, 1])
  for (const likeness of [0, 0.5, 1])
    for (const factor of styleFactors(targets, new Array(15).fill(likeness), 2)) expect(factor).toBeCloseTo(1, 6)
})
