import fc from 'fast-check'
import { expect, test } from 'vitest'
import { obstacleOf, scoreOfObstacle } from './obstacles.ts'
import { refinedTable } from './refined-table.ts'
import { columnOf } from './set-pool.fixture.ts'

/** Scores by the ends and in full, both drawn; some pairs do not go. */
const scores = (count: number): fc.Arbitrary<readonly Float64Array[]> => {
  const score = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(scoreOfObstacle('bars')))
  const row = fc.array(score, { minLength: count, maxLength: count })
  return fc
    .array(row, { minLength: count, maxLength: count })
    .map((rows) => rows.map((one, from) => Float64Array.from(one).with(from, scoreOfObstacle('the same track'))))
}

const refine = (ends: readonly Float64Array[], full: readonly Float64Array[]) => {
  const rowOf = (track: number): Float64Array => ends[track]!
  const asked: string[] = []
  const table = refinedTable(
    { from: rowOf, into: columnOf(rowOf, ends.length) },
    (from, to) => {
      asked.push(`${from} ${to}`)
      return full[from]![to]!
    },
    { count: ends.length, byHand: [{ from: 0, to: 1, score: 0.5 }] },
  )
  return { table, asked }
}

test('in a small pool every transition that can be scores as the pair by itself, and what a person has set is left', () => {
  fc.assert(
    fc.property(scores(5), scores(5), (ends, full) => {
      const { table } = refine(ends, full)
      for (let from = 0; from < 5; from++)
        for (let to = 0; to < 5; to++) {
          const wanted = ends[from]![to]! < 0 || (from === 0 && to === 1) ? ends[from]![to]! : full[from]![to]!
          expect([table.from(from)[to], table.into(to)[from]]).toEqual([wanted, wanted])
        }
    }),
  )
})

test('in a large pool the first of a row are judged, and whatever an order uses before it is the answer', () => {
  const count = 80
  const row = (score: (to: number) => number) => (_: unknown, from: number) =>
    Float64Array.from({ length: count }, (__, to) => (to === from ? scoreOfObstacle('the same track') : score(to)))
  const ends = Array.from(
    { length: count },
    row((to) => 1 - to / count),
  )
  const full = Array.from(
    { length: count },
    row((to) => (1 - to / count) / 2),
  )
  const { table, asked } = refine(ends, full)
  const first = table.from(40)
  expect(asked).toHaveLength(4)
  // The others count by their ends, times what full scores come to of those.
  expect([first[3], first[70]]).toEqual([full[40]![3], expect.closeTo(full[40]![70]!, 9)])
  expect(table.settle([40, 3, 70])).toBe(true)
  expect(asked).toContain('3 70')
  expect([table.from(3)[70], table.settle([40, 3, 70])]).toEqual([full[3]![70], false])
})

test('a track is looked at until one can follow it, so that what leads nowhere is known to', () => {
  const count = 80
  const bars = scoreOfObstacle('bars')
  const ends = Array.from({ length: count }, (_, from) =>
    Float64Array.from({ length: count }, (__, to) => (to === from ? -1 : 0.5)),
  )
  const full = ends.map((row) => row.map((score, to) => (score < 0 || to === 79 ? score : bars)))
  const { table } = refine(ends, full)
  expect(table.from(4)[79]).toBe(0.5)
  expect([...table.from(79)].map(obstacleOf)).not.toContain(null)
})
