import type { Beats } from '../units/units.ts'

/** Half-open `[startBeat, endBeat)` on a track's grid. */
export type Span = { readonly startBeat: Beats; readonly endBeat: Beats }

export const spanLength = (span: Span): Beats => span.endBeat - span.startBeat
export const spansOverlap = (a: Span, b: Span): boolean => a.startBeat < b.endBeat && b.startBeat < a.endBeat
