/**
 * @file Are there enough labels to train on, and what is missing if not.
 * Conventions: ready = at least 2 kinds, and every kind that has labels has at least `minSamples`; excluded kinds do not count.
 */
import { SECTION_KINDS, type SectionKind } from '../labels/section-kind.ts'
import { UserError } from '../support/user-error.ts'

/** Fewest labels of a kind, by the user guide. */
export const MIN_SAMPLES = 10

export type LabelCounts = Readonly<Partial<Record<SectionKind, number>>>

export const countKinds = (labels: readonly { readonly kind: SectionKind }[]): LabelCounts => {
  const counts: Partial<Record<SectionKind, number>> = {}
  for (const { kind } of labels) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

/** How many labels each kind that has some still lacks; empty when none lacks any. */
const missingLabels = (counts: LabelCounts, minSamples: number = MIN_SAMPLES): LabelCounts =>
  Object.fromEntries(
    SECTION_KINDS.flatMap((kind) => {
      const count = counts[kind] ?? 0
      return count > 0 && count < minSamples ? [[kind, minSamples - count]] : []
    }),
  )

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

/**
 * @returns the kinds to train, in the order of SECTION_KINDS
 * @throws UserError NEED_MORE_LABELS (none at all, or a kind below the minimum) or NEED_MORE_CLASSES (only one kind)
 */
export const requireEnoughLabels = (counts: LabelCounts, minSamples: number = MIN_SAMPLES): readonly SectionKind[] => {
  const kinds = SECTION_KINDS.filter((kind) => (counts[kind] ?? 0) > 0)
  const missing = missingLabels(counts, minSamples)
  const details = { min_samples_required: minSamples, label_counts: counts, missing, classes_present: kinds }
  if (kinds.length === 0) throw new UserError('NEED_MORE_LABELS', 'There are no labels yet.', details)
  const short = kinds.filter((kind) => missing[kind] !== undefined)
  const parts = short.map((kind) => `${kind} has ${counts[kind]} of ${minSamples} samples (${missing[kind]} missing)`)
  if (kinds.length < 2) {
    const also = parts.length > 0 ? `, and ${listed(parts)}` : ''
    throw new UserError('NEED_MORE_CLASSES', `All labels are ${kinds[0]}${also}.`, details)
  }
  if (short.length > 0) throw new UserError('NEED_MORE_LABELS', `${listed(parts)}.`, details)
  return kinds
}
