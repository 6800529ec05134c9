import type { LabelCounts } from './label-counts.ts'
import { SECTION_KINDS, type SectionKind } from './section-kind.ts'

/** The guide's minimum per class. */
export const MIN_SAMPLES_PER_CLASS = 10
/** A classifier of one class has nothing to tell apart. */
const MIN_CLASSES = 2

export type ReadinessRule = {
  /** Classes to leave out of the training: their labels neither count nor hold it up. */
  readonly exclude?: readonly SectionKind[]
  /** @default MIN_SAMPLES_PER_CLASS */
  readonly minSamples?: number
}

export type Readiness = {
  readonly ready: boolean
  /** The classes that would be trained: those with labels that are not excluded, in the order of the kinds. */
  readonly classes: readonly SectionKind[]
  /** How many labels each class lacks that has some but too few. */
  readonly missing: Readonly<Partial<Record<SectionKind, number>>>
  /** What stands in the way: no labels at all or too few of a class, or fewer than two classes; null when ready. */
  readonly shortage: 'labels' | 'classes' | null
  /** What is missing, a sentence each; empty when ready. */
  readonly reasons: readonly string[]
}

const describeShortage = (kind: SectionKind, count: number, minSamples: number): string =>
  `${kind} has ${count} of ${minSamples} labels: add ${minSamples - count} more, or exclude it.`

const describeClasses = (classes: readonly SectionKind[]): string =>
  classes.length === 0
    ? 'There are no labels to train on yet.'
    : `Only ${classes[0]} has labels: label at least one more section type.`

/**
 * The one rule for when a training may start: at least 2 classes, and every class that has labels has enough of them.
 * A class without labels is no obstacle: the model does not learn it.
 */
export const checkReadiness = (counts: LabelCounts, rule: ReadinessRule = {}): Readiness => {
  const { exclude = [], minSamples = MIN_SAMPLES_PER_CLASS } = rule
  const classes = SECTION_KINDS.filter((kind) => counts[kind] > 0 && !exclude.includes(kind))
  const short = classes.filter((kind) => counts[kind] < minSamples)
  const tooFewClasses = classes.length < MIN_CLASSES
  return {
    ready: !tooFewClasses && short.length === 0,
    classes,
    missing: Object.fromEntries(short.map((kind) => [kind, minSamples - counts[kind]])),
    shortage: classes.length === 0 ? 'labels' : tooFewClasses ? 'classes' : short.length > 0 ? 'labels' : null,
    reasons: [
      ...(tooFewClasses ? [describeClasses(classes)] : []),
      ...short.map((kind) => describeShortage(kind, counts[kind], minSamples)),
    ],
  }
}
