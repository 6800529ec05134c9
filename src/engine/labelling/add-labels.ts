import type { Label } from '../../core/labels/label.ts'
import { type AddedLabelsPlan, type AddLabelOptions, planAddedLabels } from '../../core/labels/plan-added-labels.ts'
import { isEqualLabel, type StoredLabel } from '../../core/labels/stored-label.ts'
import type { LabelRequest, LabelWarning } from '../../core/labels/validate-label.ts'
import type { Track } from '../../core/library/track.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentFeatures } from '../kit/current-grid.ts'
import { editLabels, type MadeEdit } from './edit-labels.ts'
import { type LabelView, labelView } from './label-view.ts'

export type AddedLabels = {
  /** Those that were asked for, then what is new because a label was split. */
  readonly labels: readonly LabelView[]
  /** Labels that were there already, with the same span and kind; only with `keepEqual`. */
  readonly unchanged: readonly LabelView[]
  readonly warnings: readonly LabelWarning[]
}

export const addedLabels = (track: Track, { before, plan, after }: MadeEdit<AddedLabelsPlan>): AddedLabels => {
  const view = (label: StoredLabel): LabelView => labelView(label, track, before.grid)
  const isOneOf =
    (labels: readonly Label[]) =>
    (label: Label): boolean =>
      labels.some((one) => isEqualLabel(one, label))
  const [isAsked, isUnchanged] = [isOneOf(plan.asked), isOneOf(plan.unchanged)]
  const known = new Set(before.labels.map(({ id }) => id))
  const added = after.filter(({ id }) => !known.has(id))
  return {
    labels: [...added.filter(isAsked), ...added.filter((label) => !isAsked(label))].map(view),
    unchanged: after.filter(isUnchanged).map(view),
    warnings: plan.warnings,
  }
}

/** Adds labels to a track as one step: all of them or, when one is wrong, none. @throws as `validateLabel` does */
export const addLabels = async (
  store: Store,
  track: Track,
  { requests, ...options }: AddLabelOptions & { readonly requests: readonly LabelRequest[] },
): Promise<AddedLabels> =>
  addedLabels(
    track,
    await editLabels(store, track, ({ grid, labels }) =>
      planAddedLabels({ grid, labels, features: currentFeatures(store, track) }, requests, options),
    ),
  )
