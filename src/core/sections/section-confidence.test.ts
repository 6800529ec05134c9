import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PLAIN_CURVES, sectionConfidence, withConfidence } from './section-confidence.ts'

const SHORT_DANCE = { share: 0.9, bars: 4, songShare: 0 }

test('a plain curve says the share of the ways', () => {
  expect(sectionConfidence({ share: 0.7, bars: 3, songShare: 0.4 }, PLAIN_CURVES)).toBeCloseTo(0.7, 12)
})

test('of dance music, a short section is said with less confidence than a long one; of songs the length says nothing', () => {
  const long = { ...SHORT_DANCE, bars: 32 }
  expect(sectionConfidence(SHORT_DANCE)).toBeLessThan(sectionConfidence(long))
  expect(sectionConfidence({ ...SHORT_DANCE, songShare: 1 })).toBe(sectionConfidence({ ...long, songShare: 1 }))
})

test('songs are said with less confidence than the ways through the lattice have', () => {
  expect(sectionConfidence({ share: 0.9, bars: 16, songShare: 1 })).toBeLessThan(0.85)
})

test('the more ways agree, the surer', () => {
  const part = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(part, part, part, fc.integer({ min: 1, max: 200 }), (a, b, songShare, bars) => {
      const of = (share: number): number => sectionConfidence({ share, bars, songShare })
      expect(of(Math.max(a, b))).toBeGreaterThanOrEqual(of(Math.min(a, b)))
    }),
  )
})

test('other kinds keep their proportions when one gets another share', () => {
  const [drop, build, other] = withConfidence([0.6, 0.3, 0.1], 0, 0.8)
  expect(drop).toBe(0.8)
  expect(build).toBeCloseTo(0.15, 12)
  expect(other).toBeCloseTo(0.05, 12)
  expect(withConfidence([0, 1], 1, 0.9)).toEqual([0, 0.9])
  expect(withConfidence([1, 0, Number.MIN_VALUE], 0, 0.9)[1]).toBe(0)
})

test('a doubtful section says no other kind with more than its own, and keeps the order of the others', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const kinds = fc.array(share, { minLength: 2, maxLength: 7 }).filter((shares) => shares.some((one) => one > 0))
  fc.assert(
    fc.property(kinds, fc.nat({ max: 6 }), fc.integer({ min: 1, max: 200 }), share, (drawn, at, bars, songShare) => {
      const total = drawn.reduce((sum, one) => sum + one, 0)
      const agreed = drawn.map((one) => one / total)
      const kind = at % agreed.length
      const confidence = sectionConfidence({ share: agreed[kind]!, bars, songShare })
      const said = withConfidence(agreed, kind, confidence)
      expect(said[kind]).toBe(confidence)
      expect(Math.max(...said)).toBe(confidence)
      expect(said.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(1 + 1e-9)
      for (const [one, ours] of agreed.entries())
        for (const [other, theirs] of agreed.entries())
          if (one !== kind && other !== kind && ours >= theirs) expect(said[one]).toBeGreaterThanOrEqual(said[other]!)
    }),
  )
})

test('a short section that is doubted does not speak for its runner-up', () => {
  const agreed = [0.6, 0.39, 0.01]
  const confidence = sectionConfidence({ share: 0.6, bars: 2, songShare: 0 })
  expect(confidence).toBeLessThan(0.4)
  expect(withConfidence(agreed, 0, confidence)).toEqual([confidence, confidence, (0.01 * (1 - confidence)) / 0.4])
})
