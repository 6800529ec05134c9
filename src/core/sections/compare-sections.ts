/**
 * @file Where two readings of a track differ.
 * Method: both lists of spans are walked at once; pieces where the kinds differ are joined while they touch and differ in the same way.
 * Conventions: spans in order and without overlap; stretches that only one of the readings covers are not compared.
 */
import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'
import type { Beats } from '../units/units.ts'

type KindOfSpan = Span & { readonly kind: SectionKind }

export type SectionDifference = Span & {
  readonly one: SectionKind
  readonly other: SectionKind
}

export type ReadingComparison = {
  readonly differences: readonly SectionDifference[]
  /** Beats that both readings cover. */
  readonly comparedBeats: Beats
  readonly changedBeats: Beats
}

export const compareSections = (one: readonly KindOfSpan[], other: readonly KindOfSpan[]): ReadingComparison => {
  const differences: SectionDifference[] = []
  let [comparedBeats, changedBeats] = [0, 0]
  let [at, beside] = [0, 0]
  while (at < one.length && beside < other.length) {
    const [mine, theirs] = [one[at]!, other[beside]!]
    const startBeat = Math.max(mine.startBeat, theirs.startBeat)
    const endBeat = Math.min(mine.endBeat, theirs.endBeat)
    if (startBeat < endBeat) {
      comparedBeats += endBeat - startBeat
      if (mine.kind !== theirs.kind) {
        changedBeats += endBeat - startBeat
        const last = differences.at(-1)
        const goesOn = last?.endBeat === startBeat && last.one === mine.kind && last.other === theirs.kind
        if (goesOn) differences[differences.length - 1] = { ...last, endBeat }
        else differences.push({ startBeat, endBeat, one: mine.kind, other: theirs.kind })
      }
    }
    if (mine.endBeat <= theirs.endBeat) at++
    if (theirs.endBeat <= mine.endBeat) beside++
  }
  return { differences, comparedBeats, changedBeats }
}
