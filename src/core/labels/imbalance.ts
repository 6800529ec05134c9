import type { LabelCounts } from './label-counts.ts'
import { SECTION_KINDS, type SectionKind } from './section-kind.ts'

export type Imbalance = { readonly most: SectionKind; readonly least: SectionKind }

/** The user guide's limit: where another kind has more than this many times its labels, a kind is hardly learnt. */
const MOST_TIMES = 5

/** The largest and the smallest of the kinds that have labels, where they lie too far apart; else null. */
export const findImbalance = (counts: Partial<LabelCounts>): Imbalance | null => {
  const countOf = (kind: SectionKind): number => counts[kind] ?? 0
  const used = SECTION_KINDS.filter((kind) => countOf(kind) > 0).toSorted((a, b) => countOf(a) - countOf(b))
  const [least, most] = [used[0], used.at(-1)]
  if (least === undefined || most === undefined) return null
  return countOf(most) > MOST_TIMES * countOf(least) ? { most, least } : null
}
