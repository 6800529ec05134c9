import { SECTION_KINDS, type SectionKind } from './section-kind.ts'

/** Number of labels of each of the seven kinds. */
export type LabelCounts = Readonly<Record<SectionKind, number>>

export const countLabels = (labels: Iterable<{ readonly kind: SectionKind }>): LabelCounts => {
  const counts = Object.fromEntries(SECTION_KINDS.map((kind) => [kind, 0])) as Record<SectionKind, number>
  for (const { kind } of labels) counts[kind]++
  return counts
}
