import type { BeatGrid } from '../beats/beat-grid.ts'
import { carrySpan } from '../beats/carry-span.ts'
import type { Span } from './span.ts'

/** Where a span lay on one grid, and where it was carried to on the next. */
export type SpanMove = { readonly from: Span; readonly to: Span }

/** A stored span, by its id, at its place on another grid. */
export type CarriedSpan = Span & { readonly id: number }

/** Carries spans by time, so that the music under a span stays the same. */
export const carrySpans = <Part extends Span>(parts: readonly Part[], from: BeatGrid, to: BeatGrid): readonly Part[] =>
  parts.map((part) => ({ ...part, ...carrySpan(part, from, to) }))

const isSameSpan = (a: Span, b: Span): boolean => a.startBeat === b.startBeat && a.endBeat === b.endBeat

/**
 * Carries spans back to the grid that they were carried from. By time alone a beat that was rounded away would not come back, so edges
 * that lie where they were carried to return to exactly where they were.
 * @param moves made by `carrySpans` from `to` to `from`
 */
export const carrySpansBack = (
  spans: readonly CarriedSpan[],
  { from, to, moves }: { readonly from: BeatGrid; readonly to: BeatGrid; readonly moves: readonly SpanMove[] },
): readonly CarriedSpan[] => {
  const startAt = (beat: number) => moves.find((move) => move.to.startBeat === beat)?.from.startBeat
  const endAt = (beat: number) => moves.find((move) => move.to.endBeat === beat)?.from.endBeat
  return carrySpans(spans, from, to).map(({ id, ...byTime }, index) => {
    const { startBeat, endBeat } = spans[index]!
    const whole = moves.find((move) => isSameSpan(move.to, { startBeat, endBeat }))
    const back = whole?.from ?? {
      startBeat: startAt(startBeat) ?? endAt(startBeat) ?? byTime.startBeat,
      endBeat: endAt(endBeat) ?? startAt(endBeat) ?? byTime.endBeat,
    }
    return { id, startBeat: back.startBeat, endBeat: back.endBeat }
  })
}
