import { expect, test } from 'vitest'
import { type Taps, tap, tappedBpm } from './tap-tempo.ts'

const tapAll = (times: readonly number[]): Taps => times.reduce<Taps>(tap, [])

test('taps in time give their tempo, from the fourth on', () => {
  expect(tappedBpm(tapAll([0, 500, 1000]))).toBeNull()
  expect(tappedBpm(tapAll([0, 500, 1000, 1500]))).toBeCloseTo(120, 9)
})

test('a hand that trembles is averaged, not believed tap by tap', () => {
  const trembling = Array.from({ length: 16 }, (_, index) => index * 468.75 + (index % 2 === 0 ? 15 : -15))
  expect(Math.abs(tappedBpm(tapAll(trembling))! - 128)).toBeLessThan(0.5)
})

test('after a pause the taps begin anew', () => {
  expect(tapAll([0, 500, 1000, 4000])).toEqual([4000])
})
