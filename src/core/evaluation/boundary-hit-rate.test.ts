import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundaryHitRate } from './boundary-hit-rate.ts'

const half = { toleranceSeconds: 0.5 }

test('two of three references found by four estimates', () => {
  // Hits: 10.4 ↔ 10, 29.5 ↔ 30 (exactly at the tolerance); 20 is missed, 15 and 40 are wrong.
  expect(boundaryHitRate([10, 20, 30], [10.4, 15, 29.5, 40], half)).toEqual({
    precision: 0.5,
    recall: 2 / 3,
    f: (2 * 0.5 * (2 / 3)) / (0.5 + 2 / 3),
  })
})

test('one estimate hits one reference only', () => {
  const rate = boundaryHitRate([10, 10.4], [10.2], half)!
  expect(rate.precision).toBe(1)
  expect(rate.recall).toBe(0.5)
})

test('the matching is maximal, not nearest first', () => {
  // Matching the nearest first would give 10.5 to 10.6 and leave 10 without a partner.
  expect(boundaryHitRate([10, 10.6], [10.5, 11], half)!.f).toBe(1)
})

test('0.51 s is too far, 3 s tolerance accepts it', () => {
  expect(boundaryHitRate([10], [10.51], half)!.f).toBe(0)
  expect(boundaryHitRate([10], [10.51], { toleranceSeconds: 3 })!.f).toBe(1)
})

test('ignored boundaries are neither hit nor miss', () => {
  const plain = boundaryHitRate([10], [10, 20.2], half)!
  const lenient = boundaryHitRate([10], [10, 20.2], { ...half, ignored: [20] })!
  expect(plain.precision).toBe(0.5)
  expect(lenient).toEqual({ precision: 1, recall: 1, f: 1 })
})

test('a track without inner boundaries is not scored, one without estimates scores zero', () => {
  expect(boundaryHitRate([], [10], half)).toBeNull()
  expect(boundaryHitRate([10], [], half)).toEqual({ precision: 0, recall: 0, f: 0 })
})

test('disorder is refused with a sentence', () => {
  expect(() => boundaryHitRate([10, 5], [10], half)).toThrow('Reference boundary 1 is earlier')
  expect(() => boundaryHitRate([10], [Number.NaN], half)).toThrow('Estimated boundary 0 is NaN')
})

/** The definition without cleverness: tries every assignment. */
const bestMatching = (reference: readonly number[], estimated: readonly number[], tolerance: number): number => {
  if (reference.length === 0) return 0
  const [first, ...rest] = reference
  let best = bestMatching(rest, estimated, tolerance)
  estimated.forEach((time, n) => {
    if (Math.abs(time - first!) <= tolerance)
      best = Math.max(best, 1 + bestMatching(rest, [...estimated.slice(0, n), ...estimated.slice(n + 1)], tolerance))
  })
  return best
}

test('the number of hits equals the best of all assignments', () => {
  const times = fc
    .array(fc.integer({ min: 0, max: 12 }), { maxLength: 5 })
    .map((list) => [...list].sort((a, b) => a - b))
  fc.assert(
    fc.property(times, times, fc.integer({ min: 0, max: 4 }), (reference, estimated, toleranceSeconds) => {
      const rate = boundaryHitRate(reference, estimated, { toleranceSeconds })
      if (rate) expect(rate.recall * reference.length).toBeCloseTo(bestMatching(reference, estimated, toleranceSeconds))
    }),
  )
})
