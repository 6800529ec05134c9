import { type Span, spanLength, spansOverlap } from './span.ts'

/** The parts of a span that none of the taken ones covers, in order. @param taken in order of their starts */
export const freeParts = (span: Span, taken: readonly Span[]): readonly Span[] => {
  const parts: Span[] = []
  let startBeat = span.startBeat
  for (const one of taken.filter((other) => spansOverlap(other, span))) {
    if (one.startBeat > startBeat) parts.push({ startBeat, endBeat: one.startBeat })
    startBeat = Math.max(startBeat, one.endBeat)
  }
  return startBeat < span.endBeat ? [...parts, { startBeat, endBeat: span.endBeat }] : parts
}

/** The longest free part, the first of equals; null where nothing is free. @param taken in order of their starts */
export const largestFreePart = (span: Span, taken: readonly Span[]): Span | null =>
  freeParts(span, taken).reduce<Span | null>(
    (longest, part) => (longest !== null && spanLength(part) <= spanLength(longest) ? longest : part),
    null,
  )
