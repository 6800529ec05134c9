import type { BeatGrid } from '../beats/beat-grid.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import type { Label } from './label.ts'
import { paintLabel } from './paint-label.ts'
import { type EditedLabel, isEqualLabel } from './stored-label.ts'
import { type LabelRequest, type LabelWarning, validateLabel } from './validate-label.ts'

export type AddLabelOptions = {
  /** What to do about labels under a new one. @default 'refuse' */
  readonly overlap?: 'refuse' | 'trim'
  /** An existing label with the same span and kind is left as it is, and does not count as an overlap. */
  readonly keepEqual?: boolean
}

export type AddedLabelsPlan = {
  /** All labels of the track after the edit, in order. */
  readonly labels: readonly EditedLabel[]
  /** The requested labels that are new. */
  readonly asked: readonly Label[]
  /** The requested labels that exist already; only with `keepEqual`. */
  readonly unchanged: readonly Label[]
  readonly warnings: readonly LabelWarning[]
}

/** The labels that others are added to: existing ones, and those made by earlier steps of the same plan. */
export type LabelGround = {
  readonly grid: BeatGrid
  readonly labels: readonly EditedLabel[]
  /** Where the track is analysed. */
  readonly features: FeatureMatrix | null
}

/** One label on top of a plan. */
const addOne = (
  plan: AddedLabelsPlan,
  request: LabelRequest,
  { grid, features, overlap = 'refuse', keepEqual = false }: Omit<LabelGround, 'labels'> & AddLabelOptions,
): AddedLabelsPlan => {
  const { labels } = plan
  const valid = validateLabel(request, { grid, labels, overlap: keepEqual ? 'trim' : overlap, features })
  if (keepEqual && labels.some((label) => isEqualLabel(label, valid.label)))
    return { ...plan, unchanged: [...plan.unchanged, valid.label] }
  if (keepEqual && overlap === 'refuse') validateLabel(request, { grid, labels })
  return {
    labels: paintLabel(labels, valid.label).labels,
    asked: [...plan.asked, valid.label],
    unchanged: plan.unchanged,
    warnings: [...plan.warnings, ...valid.warnings],
  }
}

/** Adds all of the labels, or none when one is wrong; each sees those before it. @throws as `validateLabel` does */
export const planAddedLabels = (
  { labels, ...ground }: LabelGround,
  requests: readonly LabelRequest[],
  options: AddLabelOptions = {},
): AddedLabelsPlan =>
  requests.reduce<AddedLabelsPlan>((plan, request) => addOne(plan, request, { ...ground, ...options }), {
    labels,
    asked: [],
    unchanged: [],
    warnings: [],
  })
