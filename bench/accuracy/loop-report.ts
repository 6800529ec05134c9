import { baseFiguresOf } from './base-alone.ts'
import { scorePairs } from './figure.ts'
import type { TrackOutcome } from './measures.ts'
import { figuresOf, formatClasses, formatCurve, formatFigures } from './table.ts'
import type { Evaluation } from './whole-loop.ts'

/** All figures of the whole loop, with what was taken for what. */
export const formatEvaluation = (outcomes: readonly TrackOutcome[], { notes, curve, base }: Evaluation): string => {
  const parts = [formatFigures([...figuresOf(outcomes), ...(base ? baseFiguresOf(base) : [])])]
  const spans = outcomes.flatMap((track) => track.spans)
  if (spans.length > 0) parts.push('Labels of given spans (rows: truth)', formatClasses(scorePairs(spans)))
  const bars = outcomes.flatMap((track) => track.bars)
  if (bars.length > 0) parts.push('Bars without given spans (rows: truth)', formatClasses(scorePairs(bars)))
  if (curve.length > 0)
    parts.push('Learning curve: all sources, spans given, on the tracks left out', formatCurve(curve))
  if (notes.length > 0) parts.push(notes.map((text) => `Note: ${text}`).join('\n'))
  return parts.join('\n\n')
}
