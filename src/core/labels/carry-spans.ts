import type { BeatGrid } from '../beats/beat-grid.ts'
import { carrySpan } from '../beats/grid-edits.ts'
import type { Span } from './span.ts'

/** A stored span, by its id, at its place on another grid. */
export type CarriedSpan = Span & { readonly id: number }

/** Carries spans by time, so that the music under a span stays the same. */
export const carrySpans = (spans: readonly CarriedSpan[], from: BeatGrid, to: BeatGrid): readonly CarriedSpan[] =>
  spans.map(({ id, startBeat, endBeat }) => ({ id, ...carrySpan({ startBeat, endBeat }, from, to) }))
