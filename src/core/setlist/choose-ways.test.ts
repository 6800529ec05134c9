import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ChainedWay, chooseWays } from './choose-ways.ts'

/** Out of a track at a beat, and into the next one until a beat. */
const way = (leavesAt: number, entersBy: number, score: number, isAllowed = true): ChainedWay => ({
  from: { startBeat: leavesAt, endBeat: leavesAt + 8 },
  to: { startBeat: entersBy - 8, endBeat: entersBy },
  score,
  isAllowed,
})

test('the best way is chosen, but a worse one where the next track would go out before it has come in', () => {
  const [best, earlier] = [way(500, 80, 0.9), way(400, 40, 0.5)]
  expect(chooseWays([[best, earlier]], [16, 16])).toEqual([0])
  // The second track has only one way out, sixteen beats behind the earlier way into it.
  expect(chooseWays([[best, earlier], [way(56, 30, 0.7)]], [16, 16, 16])).toEqual([1, 0])
  expect(chooseWays([[best, earlier], [way(55, 30, 0.7)]], [16, 16, 16])).toEqual([0, 0])
  expect(chooseWays([[best], [], [way(0, 30, 0.1)]], [16, 16, 16, 16])).toEqual([0, -1, 0])
})

test('what the wish does not allow is chosen only where nothing else is left', () => {
  expect(chooseWays([[way(500, 80, 0.9, false), way(500, 80, 0.1)]], [16])).toEqual([1])
  expect(chooseWays([[way(500, 80, 0.9, false)]], [16])).toEqual([0])
  // Two voices are better than a track that cannot be played.
  expect(chooseWays([[way(0, 80, 0.9), way(0, 40, 0.9, false)], [way(60, 9, 0.5)]], [16, 16, 16])).toEqual([1, 0])
})

const ways = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 60 }),
    fc.integer({ min: 0, max: 60 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ),
  { minLength: 1, maxLength: 3 },
)

test('no other choice has fewer tracks that go out too early, nor as many and better ways', () => {
  fc.assert(
    fc.property(fc.array(ways, { minLength: 1, maxLength: 5 }), (drawn) => {
      const steps = drawn.map((step) => step.map((one) => way(...one)))
      const judge = (choice: readonly number[]): number => {
        let value = 0
        for (const [step, at] of choice.entries()) {
          const one = steps[step]![at]!
          value += one.score!
          const before = step === 0 ? null : steps[step - 1]![choice[step - 1]!]!
          if (before !== null && before.to.endBeat + 4 > one.from.startBeat) value -= 100
        }
        return value
      }
      const all = steps.reduce<number[][]>(
        (choices, step) => choices.flatMap((choice) => step.map((_, at) => [...choice, at])),
        [[]],
      )
      const chosen = chooseWays(
        steps,
        steps.map(() => 4),
      )
      expect(judge(chosen)).toBeCloseTo(Math.max(...all.map(judge)), 9)
    }),
  )
})
