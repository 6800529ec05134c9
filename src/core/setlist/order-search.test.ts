import { expect, test } from 'vitest'
import { beamOrder, nearestOrder } from './beam-order.ts'
import { exactOrder } from './exact-order.ts'
import { type OrderProblem, scoreChosen, scoreOrders } from './order-problem.ts'
import { polishOrder } from './polish-order.ts'
import { generatedPool, orderProblem } from './set-pool.fixture.ts'

/** Every order there is. */
const bestOfAll = (problem: OrderProblem): number => {
  const score = scoreOrders(problem)
  let best = Number.NEGATIVE_INFINITY
  const order: number[] = []
  const go = (): void => {
    if (order.length === problem.places) {
      const keepsWish =
        [...problem.mustPlay].every((track) => order.includes(track)) &&
        [...problem.fixed].every(([place, track]) => order[place] === track)
      if (keepsWish) best = Math.max(best, score.valueOf(Int32Array.from(order)))
      return
    }
    for (let track = 0; track < problem.count; track++) {
      if (order.includes(track)) continue
      order.push(track)
      go()
      order.pop()
    }
  }
  go()
  return best
}

const wishes = [
  {},
  { mustPlay: new Set([4, 6]) },
  { fixed: new Map([[1, 3]]), mustPlay: new Set([0]) },
  { artistDistance: 1 },
  { artistDistance: 3 },
  { passes: (before: number, via: number, next: number) => (before + 2 * via + 3 * next) % 4 !== 0 },
]

test.each(wishes.map((wish, at) => [at, wish] as const))(
  'the exact order is the best of all orders (wish %#)',
  (at, wish) => {
    const problem = orderProblem(generatedPool(7, 40 + at), 5, wish)
    const score = scoreOrders(problem)
    expect(score.valueOf(exactOrder(problem, score))).toBeCloseTo(bestOfAll(problem), 12)
  },
)

const searched = (problem: OrderProblem, seed = 1): Int32Array => {
  const score = scoreOrders(problem)
  return polishOrder(problem, score, { order: beamOrder(problem, score, 16), seed, rounds: 100 })
}

test('in nearly all small pools the search finds the best order, and never a better one', () => {
  let found = 0
  for (let seed = 0; seed < 20; seed++) {
    const problem = orderProblem(generatedPool(12, seed), seed % 3 === 0 ? 8 : 12)
    const score = scoreOrders(problem)
    const [best, reached] = [score.valueOf(exactOrder(problem, score)), score.valueOf(searched(problem))]
    expect(reached).toBeLessThanOrEqual(best + 1e-9)
    if (reached > best - 1e-9) found++
  }
  expect(found).toBeGreaterThanOrEqual(19)
})

test('nor does it miss the best choice of half a pool more than one time in twenty', () => {
  let missed = 0
  for (let seed = 0; seed < 40; seed++) {
    const problem = orderProblem(generatedPool(12, seed), 6, { artistDistance: 1 })
    const score = scoreOrders(problem)
    if (score.valueOf(searched(problem)) < score.valueOf(exactOrder(problem, score)) - 1e-9) missed++
  }
  expect(missed).toBeLessThanOrEqual(2)
})

test('tracks change places across those that are fixed', () => {
  let found = 0
  for (let seed = 0; seed < 20; seed++) {
    const fixed = new Map([
      [3, 2],
      [5, 7],
    ])
    const problem = orderProblem(generatedPool(9, seed), 9, { fixed, artistDistance: 1 })
    const score = scoreOrders(problem)
    if (score.valueOf(searched(problem)) > score.valueOf(exactOrder(problem, score)) - 1e-9) found++
  }
  expect(found).toBeGreaterThanOrEqual(19)
})

test('a search keeps fixed places and tracks that must be played, plays none twice, and repeats itself by its seed', () => {
  const fixed = new Map([
    [0, 17],
    [9, 3],
    [19, 28],
  ])
  const mustPlay = new Set([1, 2, 5, 8, 13])
  const problem = orderProblem(generatedPool(40, 5), 20, { fixed, mustPlay })
  const order = searched(problem)
  for (const [place, track] of fixed) expect(order[place]).toBe(track)
  for (const track of mustPlay) expect(order).toContain(track)
  expect(new Set(order).size).toBe(20)
  expect(searched(problem)).toEqual(order)
  const score = scoreOrders(problem)
  expect(score.valueOf(order)).toBeGreaterThan(score.valueOf(beamOrder(problem, score, 1)))
})

test('a part of an order is valued so that only what differs counts', () => {
  const problem = orderProblem(generatedPool(30, 3), 20, { artistDistance: 4 })
  const score = scoreOrders(problem)
  const order = Int32Array.from({ length: 20 }, (_, at) => at)
  const other = order.slice()
  other.subarray(6, 13).reverse()
  expect(score.valueWithin(other, 6, 12) - score.valueWithin(order, 6, 12)).toBeCloseTo(
    score.valueOf(other) - score.valueOf(order),
    9,
  )
})

test('what is not known of a chosen order does not count, and an order of which nothing is known has no score', () => {
  const arc = [0.2, 0.5]
  expect(scoreChosen([null], [null, null], arc)).toBeNull()
  expect(scoreChosen([0.8], [null, null], arc)).toBe(0.8)
  expect(scoreChosen([null], [0.2, null], arc)).toBe(1)
  expect(scoreChosen([0.8], [0.2, 0.5], arc)).toBeCloseTo(0.65 * 0.8 + 0.35, 9)
})

test('nearest neighbours follow the best transition whatever the arc says, and keep places and artists', () => {
  const problem = orderProblem(generatedPool(30, 8), 12, { artistDistance: 1 })
  const score = scoreOrders(problem)
  const order = nearestOrder(problem, score)
  const left = new Set(Array.from({ length: 30 }, (_, track) => track))
  for (const [place, track] of order.entries()) {
    const worth = (one: number): number => (place === 0 ? score.stay(one, 0) : score.step(order[place - 1]!, one))
    expect(worth(track)).toBe(Math.max(...[...left].map(worth)))
    left.delete(track)
  }
  const fixed = nearestOrder({ ...problem, fixed: new Map([[3, 7]]), mustPlay: new Set([2]) }, score)
  expect([fixed[3], [...fixed].includes(2)]).toEqual([7, true])
})
