import { type LabelReplacement, planReplacedLabels } from '../../core/labels/plan-replaced-labels.ts'
import type { LabelWarning } from '../../core/labels/validate-label.ts'
import type { Track } from '../../core/library/track.ts'
import type { Store } from '../../platform/store/store.ts'
import { editLabels } from './edit-labels.ts'
import { type LabelView, labelView } from './label-view.ts'
import { requireRevision } from './labels-changed.ts'

export type ReplaceLabelsOptions = {
  /** What `labelsRevision` said of the labels that were edited; left out, nobody else's edit is looked for. */
  readonly revision?: string | undefined
}

export type ReplacedLabels = {
  /** All labels of the track. */
  readonly labels: readonly LabelView[]
  readonly warnings: readonly LabelWarning[]
}

/**
 * Makes the labels of a track exactly these, as one step.
 * @throws as `validateLabel` does, LABEL_NOT_FOUND for an id the track does not have, LabelsChanged
 */
export const replaceLabels = async (
  store: Store,
  track: Track,
  { requests, revision }: ReplaceLabelsOptions & { readonly requests: readonly LabelReplacement[] },
): Promise<ReplacedLabels> => {
  const { before, plan, after } = await editLabels(store, track, (current) => {
    requireRevision(track, current, revision)
    return planReplacedLabels(current, requests)
  })
  return { labels: after.map((label) => labelView(label, track, before.grid)), warnings: plan.warnings }
}
