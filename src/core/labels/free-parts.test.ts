import fc from 'fast-check'
import { expect, test } from 'vitest'
import { freeParts, largestFreePart } from './free-parts.ts'
import { type Span, spanLength, spansOverlap } from './span.ts'

const arbitrarySpan: fc.Arbitrary<Span> = fc
  .tuple(fc.nat(60), fc.integer({ min: 1, max: 40 }))
  .map(([startBeat, length]) => ({ startBeat, endBeat: startBeat + length }))
const arbitraryTaken = fc
  .array(arbitrarySpan, { maxLength: 8 })
  .map((spans) => spans.toSorted((a, b) => a.startBeat - b.startBeat))

const beatsOf = ({ startBeat, endBeat }: Span): readonly number[] =>
  Array.from({ length: endBeat - startBeat }, (_, index) => startBeat + index)

test('free is every beat of the span that nothing takes, and none other', () => {
  fc.assert(
    fc.property(arbitrarySpan, arbitraryTaken, (span, taken) => {
      const isTaken = (beat: number): boolean =>
        taken.some((one) => spansOverlap(one, { startBeat: beat, endBeat: beat + 1 }))
      expect(freeParts(span, taken).flatMap(beatsOf)).toEqual(beatsOf(span).filter((beat) => !isTaken(beat)))
    }),
  )
})

test('the largest free part is one of them, the first that no other exceeds', () => {
  fc.assert(
    fc.property(arbitrarySpan, arbitraryTaken, (span, taken) => {
      const parts = freeParts(span, taken)
      const most = Math.max(...parts.map(spanLength))
      expect(largestFreePart(span, taken)).toEqual(parts.find((part) => spanLength(part) === most) ?? null)
    }),
  )
})
