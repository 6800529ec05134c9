import fc from 'fast-check'
import { expect, test } from 'vitest'
import { moveGains } from './move-gains.ts'
import { type OrderProblem, scoreOrders } from './order-problem.ts'
import { generatedPool, orderProblem } from './set-pool.fixture.ts'

const PLACES = 14
const LONGEST_MOVED = 3
const pool = generatedPool(20, 3)
const problemWith = (wish: Partial<OrderProblem>): OrderProblem =>
  orderProblem(pool, PLACES, { artistDistance: 1, ...wish })

const anyOrder = fc.shuffledSubarray([...Array(20).keys()], { minLength: PLACES, maxLength: PLACES })
const twoPlaces = fc
  .uniqueArray(fc.integer({ min: 0, max: PLACES - 1 }), { minLength: 2, maxLength: 2 })
  .map((places) => places.toSorted((one, other) => one - other) as [number, number])

const changed = (order: readonly number[], first: number, last: number, part: readonly number[]): Int32Array =>
  Int32Array.of(...order.slice(0, first), ...part, ...order.slice(last + 1))

test('a swap, a reversal and a rotation gain what the changed order is worth more', () => {
  const problem = problemWith({})
  const score = scoreOrders(problem)
  const gains = moveGains(problem, score, LONGEST_MOVED)
  fc.assert(
    fc.property(anyOrder, twoPlaces, fc.integer({ min: 1, max: LONGEST_MOVED }), (order, [first, last], length) => {
      const now = Int32Array.from(order)
      gains.follow(now)
      const part = order.slice(first, last + 1)
      const gainOf = (moved: readonly number[]): number =>
        score.valueOf(changed(order, first, last, moved)) - score.valueOf(now)
      expect(gains.isKnown()).toBe(true)
      expect(gains.ofSwap(first, last)).toBeCloseTo(gainOf([part.at(-1)!, ...part.slice(1, -1), part[0]!]), 9)
      expect(gains.ofReversal(first, last)).toBeCloseTo(gainOf(part.toReversed()), 9)
      if (first + length > last) return
      const [front, back] = [part.slice(length), part.slice(0, length)]
      expect(gains.ofRotation(first, first + length, last)).toBeCloseTo(gainOf([...front, ...back]), 9)
      const [tail, head] = [part.slice(-length), part.slice(0, -length)]
      expect(gains.ofRotation(first, last - length + 1, last)).toBeCloseTo(gainOf([...tail, ...head]), 9)
    }),
  )
})

test('of an order that breaks a limit which a change may mend, nothing is said', () => {
  const order = Int32Array.from({ length: PLACES }, (_, place) => place)
  const alike = Int32Array.from({ length: 20 }, (_, track) => (track < 2 ? 1 : track + 5))
  const known = (wish: Partial<OrderProblem>): boolean => {
    const problem = problemWith({ artists: alike, ...wish })
    const gains = moveGains(problem, scoreOrders(problem), LONGEST_MOVED)
    gains.follow(order)
    return gains.isKnown()
  }
  expect(known({})).toBe(true)
  expect(known({ artistDistance: 2 })).toBe(false)
  expect(known({ passes: (_, via) => via !== 5 })).toBe(false)
})
