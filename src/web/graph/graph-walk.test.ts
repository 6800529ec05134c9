import fc from 'fast-check'
import { expect, test } from 'vitest'
import { graphOf } from './graph.fixture.ts'
import { AT_REST, addToPath, back, compareWith, forward, goTo, keptIn, mark, takeBack, turn } from './graph-walk.ts'
import { placeWords } from './place-words.ts'

const model = graphOf(
  [{ camelot: '8A', energy: 5 }, {}, {}, {}],
  [
    [1, 2, 0.9],
    [1, 3, 0.8],
    [2, 3, 0.85],
    [3, 1, 0.95],
  ],
)

test('a walk begins at the track with most ways, goes on along the chosen one, and back as it came', () => {
  const first = forward(AT_REST, model)
  expect(first.current).toBe(1)
  const other = turn(first, model, 1)
  expect(placeWords(model, other)).toBe('Kleen – T1, 8A, 124 BPM, energy 5; way 2 of 2 ways: into T3, 0.80')
  const there = forward(other, model)
  expect([there.current, there.choice]).toEqual([3, 0])
  expect(back(there, model).current).toBe(1)
  // Without a way that one came, back leads to the best entry.
  expect(back({ ...AT_REST, current: 1 }, model).current).toBe(3)
  expect(turn(turn(first, model, 1), model, 1).choice).toBe(0)
})

test('a dead end is told, and there a walk stays', () => {
  const end = goTo(AT_REST, 4)
  expect(forward(end, model)).toBe(end)
  expect(turn(end, model, 1)).toBe(end)
  expect(back(end, model)).toBe(end)
  expect(placeWords(model, end)).toBe('T4, 124 BPM; leads nowhere')
})

test('a path grows by a track once, and goes back to the one before', () => {
  const path = [1, 2, 2, 3].reduce((walk, id) => addToPath(goTo(walk, id), id), AT_REST)
  expect(path.path).toEqual([1, 2, 3])
  const shorter = takeBack(path)
  expect([shorter.path, shorter.current]).toEqual([[1, 2], 2])
  expect(takeBack(takeBack(shorter)).path).toEqual([])
  expect(takeBack(AT_REST)).toEqual(AT_REST)
  expect(placeWords(model, shorter)).toContain('number 2 of your path')
})

test('two tracks are compared from the one that was marked, or that one was at', () => {
  const compared = compareWith(goTo(AT_REST, 1), 2)
  expect([compared.marked, compared.current]).toEqual([1, 2])
  expect(compareWith(compared, 3)).toMatchObject({ marked: 1, current: 3 })
  expect(mark(compared, 1).marked).toBeNull()
  expect(compareWith(AT_REST, 2)).toMatchObject({ marked: null, current: 2 })
})

test('whatever one does, one is at a track of the graph, and the path has none twice', () => {
  const steps = fc.array(
    fc.oneof(
      fc.constant('forward'),
      fc.constant('back'),
      fc.constant('turn'),
      fc.constant('add'),
      fc.constant('take back'),
      fc.integer({ min: 1, max: 4 }),
    ),
    { maxLength: 40 },
  )
  fc.assert(
    fc.property(steps, (taken) => {
      let walk = AT_REST
      for (const step of taken) {
        if (typeof step === 'number') walk = goTo(walk, step)
        else if (step === 'forward') walk = forward(walk, model)
        else if (step === 'back') walk = back(walk, model)
        else if (step === 'turn') walk = turn(walk, model, -1)
        else if (step === 'add') walk = walk.current === null ? walk : addToPath(walk, walk.current)
        else walk = takeBack(walk)
        if (walk.current !== null) expect(model.trackOf.has(walk.current)).toBe(true)
        expect(new Set(walk.path).size).toBe(walk.path.length)
        const ways = walk.current === null ? 0 : model.exitsOf(walk.current).length
        expect(walk.choice).toBeLessThan(Math.max(1, ways))
      }
      const smaller = graphOf([{}, {}], [[1, 2, 0.9]])
      const kept = keptIn(walk, smaller)
      expect([...kept.path, ...kept.trail].every((id) => id <= 2)).toBe(true)
      expect(kept.current ?? 1).toBeLessThanOrEqual(2)
      expect(kept.choice).toBe(0)
    }),
  )
})
