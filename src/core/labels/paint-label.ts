import type { Beats } from '../units/units.ts'
import type { Label } from './label.ts'
import { isSameLabel, type LabelEdit, MIN_LABEL_BEATS, NO_CHANGE, sortLabels } from './label-edit.ts'
import { type Span, spanLength, spansOverlap } from './span.ts'

/** The parts of a label that lie outside a span, left part first. */
const partsOutside = (label: Label, span: Span): Label[] =>
  [
    { ...label, endBeat: Math.min(label.endBeat, span.startBeat) as Beats },
    { ...label, startBeat: Math.max(label.startBeat, span.endBeat) as Beats },
  ].filter((part) => spanLength(part) > 0)

/**
 * Paints `next` over the labels of a track. Labels under it are trimmed, split in two, or removed; remainders under 4 beats
 * are dropped and reported. Expects a span that `validateLabel` has accepted, and labels that do not overlap.
 */
export const paintLabel = (labels: readonly Label[], next: Label): LabelEdit => {
  if (labels.some((label) => isSameLabel(label, next))) return { labels: sortLabels(labels), change: NO_CHANGE }
  const added: Label[] = [next]
  const removed: Label[] = []
  const changed: { before: Label; after: Label }[] = []
  const dropped: Label[] = []
  for (const label of labels.filter((covered) => spansOverlap(covered, next))) {
    const parts = partsOutside(label, next)
    const [kept, second] = parts.filter((part) => spanLength(part) >= MIN_LABEL_BEATS)
    dropped.push(...parts.filter((part) => spanLength(part) < MIN_LABEL_BEATS))
    if (kept) changed.push({ before: label, after: kept })
    else removed.push(label)
    if (second) added.push(second)
  }
  const untouched = labels.filter((label) => !spansOverlap(label, next))
  return {
    labels: sortLabels([...untouched, ...changed.map(({ after }) => after), ...added]),
    change: { added, removed, changed, dropped },
  }
}
