import { UserError } from '../support/user-error.ts'
import { paintLabel } from './paint-label.ts'
import type { AddLabelOptions } from './plan-added-labels.ts'
import { type EditableTrack, type EditedLabel, isEqualLabel } from './stored-label.ts'
import { type LabelRequest, type LabelWarning, validateLabel } from './validate-label.ts'

/** Members that are left out stay as they are. */
export type LabelUpdate = Omit<LabelRequest, 'kind' | 'source'> & { readonly kind?: unknown }

export type UpdatedLabelPlan = {
  readonly labels: readonly EditedLabel[]
  readonly warnings: readonly LabelWarning[]
}

/**
 * Plans that a label gets another kind or span, and is then the user's.
 * @throws LABEL_NOT_FOUND, and as `validateLabel` does
 */
export const planUpdatedLabel = (
  { grid, labels }: EditableTrack,
  id: number,
  { overlap = 'refuse', ...update }: LabelUpdate & Pick<AddLabelOptions, 'overlap'>,
): UpdatedLabelPlan => {
  const before = labels.find((label) => label.id === id)
  if (before === undefined) throw new UserError('LABEL_NOT_FOUND', `There is no label ${id}.`)
  const others = labels.filter((label) => label !== before)
  const request = {
    kind: update.kind ?? before.kind,
    // Another kind is another meaning: what is not said of it does not stay.
    ownKindId: update.kind === undefined && update.ownKindId === undefined ? before.ownKindId : update.ownKindId,
    startBeat: update.startBeat ?? (update.startSeconds == null ? before.startBeat : null),
    endBeat: update.endBeat ?? (update.endSeconds == null ? before.endBeat : null),
    startSeconds: update.startSeconds,
    endSeconds: update.endSeconds,
  }
  const valid = validateLabel(request, { grid, labels: others, overlap })
  const label: EditedLabel = isEqualLabel(before, valid.label) ? before : { ...valid.label, id }
  return { labels: paintLabel(others, label).labels, warnings: valid.warnings }
}
