import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SECTION_KINDS } from '../labels/section-kind.ts'
import { inTeachingOrder, type Teachable } from './teaching-order.ts'

const arbitrarySuggestions = fc.array(
  fc.record({
    trackId: fc.nat(12),
    kind: fc.constantFrom(...SECTION_KINDS),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { maxLength: 120 },
)

test('the order is a permutation', () => {
  fc.assert(
    fc.property(arbitrarySuggestions, (suggestions) => {
      const ordered = inTeachingOrder(suggestions)
      expect(ordered).toHaveLength(suggestions.length)
      expect(new Set(ordered)).toEqual(new Set(suggestions))
    }),
  )
})

test('the n-th of a track comes after the (n−1)-th of every other, and a track’s own come unsurest first', () => {
  fc.assert(
    fc.property(arbitrarySuggestions, (suggestions) => {
      const seen = new Map<number, Teachable[]>()
      let round = 0
      for (const one of inTeachingOrder(suggestions)) {
        const own = seen.get(one.trackId) ?? []
        if (own.length > 0) expect(one.confidence).toBeGreaterThanOrEqual(own.at(-1)!.confidence)
        seen.set(one.trackId, [...own, one])
        expect(own.length).toBeGreaterThanOrEqual(round)
        round = own.length
      }
    }),
  )
})

test('among equally unsure ones the kind that was asked about least comes first', () => {
  const one = (trackId: number, kind: Teachable['kind']): Teachable => ({ trackId, kind, confidence: 0.5 })
  const ordered = inTeachingOrder([one(1, 'drop'), one(2, 'drop'), one(3, 'drop'), one(4, 'break')])
  expect(ordered.map(({ kind }) => kind)).toEqual(['drop', 'break', 'drop', 'drop'])
})
