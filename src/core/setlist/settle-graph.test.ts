import { expect, test } from 'vitest'
import { placeByKey } from './graph-places.ts'
import { settleGraph } from './settle-graph.ts'

/** Two rings of ten tracks each, and one track by itself. */
const ring = (first: number): readonly (readonly [number, number])[] =>
  Array.from({ length: 10 }, (_, at) => [first + at, first + ((at + 1) % 10)] as const)
const edges = [...ring(0), ...ring(10)]
const transitions = {
  from: Int32Array.from(edges, ([from]) => from),
  to: Int32Array.from(edges, ([, to]) => to),
  score: Float64Array.from(edges, () => 0.9),
}
const places = placeByKey(
  Array.from({ length: 21 }, (_, at) => ({ camelot: `${(at % 12) + 1}A`, tempoBpm: null, energy: null })),
)

const meanApart = (settled: Float64Array, pairs: readonly (readonly [number, number])[]): number =>
  pairs.reduce(
    (sum, [one, other]) =>
      sum + Math.hypot(settled[2 * one]! - settled[2 * other]!, settled[2 * one + 1]! - settled[2 * other + 1]!),
    0,
  ) / pairs.length

test('what mixes comes to lie closer than what does not, and the same graph gives the same picture', () => {
  const settled = settleGraph(places, transitions)
  expect(settled.every(Number.isFinite)).toBe(true)
  const across = Array.from({ length: 10 }, (_, at) => [at, 10 + ((at + 5) % 10)] as const)
  expect(meanApart(settled, edges)).toBeLessThan(meanApart(settled, across) / 2)
  expect(settleGraph(places, transitions)).toEqual(settled)
})

test('no tracks, and tracks without transitions, are no trouble', () => {
  const none = { from: new Int32Array(), to: new Int32Array(), score: new Float64Array() }
  expect(settleGraph(new Float64Array(), none)).toHaveLength(0)
  expect(settleGraph(Float64Array.of(0, 0, 1, 1), none).every(Number.isFinite)).toBe(true)
})
