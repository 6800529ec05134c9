/** @file Refuses to train on too few labels; the rule is in `labels/readiness.ts`. */
import type { LabelCounts } from '../labels/label-counts.ts'
import { checkReadiness, MIN_SAMPLES_PER_CLASS, type ReadinessRule } from '../labels/readiness.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { UserError } from '../support/user-error.ts'

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

type Shortage = { readonly classes: readonly SectionKind[]; readonly error: UserError | null }

/** The kinds to train, in the order of SECTION_KINDS, and why they cannot be trained; null where they can. */
export const labelShortage = (
  counts: LabelCounts,
  { minSamples = MIN_SAMPLES_PER_CLASS, exclude = [] }: ReadinessRule = {},
): Shortage => {
  const { ready, classes, missing, shortage } = checkReadiness(counts, { minSamples, exclude })
  if (ready) return { classes, error: null }
  const details = { minSamplesRequired: minSamples, labelCounts: counts, missing, classesPresent: classes }
  const short = classes.flatMap((kind) =>
    missing[kind] ? [`${kind} has ${counts[kind]} of ${minSamples} samples (${missing[kind]} missing)`] : [],
  )
  if (shortage === 'classes') {
    const also = short.length > 0 ? `, and ${listed(short)}` : ''
    return { classes, error: new UserError('NEED_MORE_CLASSES', `All labels are ${classes[0]}${also}.`, details) }
  }
  const lacking = classes.length === 0 ? 'There are no labels yet.' : `${listed(short)}.`
  return { classes, error: new UserError('NEED_MORE_LABELS', lacking, details) }
}

/**
 * @returns the kinds to train, in the order of SECTION_KINDS
 * @throws UserError NEED_MORE_LABELS (none at all, or a kind below the minimum) or NEED_MORE_CLASSES (only one kind)
 */
export const requireEnoughLabels = (counts: LabelCounts, minSamples?: number): readonly SectionKind[] => {
  const { classes, error } = labelShortage(counts, minSamples === undefined ? {} : { minSamples })
  if (error !== null) throw error
  return classes
}
