import type { AddLabelOptions } from '../../core/labels/plan-added-labels.ts'
import { type LabelUpdate, planUpdatedLabel } from '../../core/labels/plan-updated-label.ts'
import type { Store } from '../../platform/store/store.ts'
import type { AddedLabels } from './add-labels.ts'
import { editLabels } from './edit-labels.ts'
import { labelView } from './label-view.ts'
import { requireLabel } from './list-labels.ts'

/**
 * Gives a label another kind or span; it is then the user's. What is left out stays.
 * @throws LABEL_NOT_FOUND, and as `validateLabel` does
 */
export const updateLabel = async (
  store: Store,
  id: number,
  update: LabelUpdate & Pick<AddLabelOptions, 'overlap'>,
): Promise<AddedLabels> => {
  const track = store.tracks.get(requireLabel(store, id).trackId)!
  const { before, plan, after } = await editLabels(store, track, (current) => planUpdatedLabel(current, id, update))
  const changed = after.find((label) => label.id === id)!
  return { labels: [labelView(changed, track, before.grid)], unchanged: [], warnings: plan.warnings }
}
