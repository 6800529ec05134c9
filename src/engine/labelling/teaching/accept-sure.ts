import { planAddedLabels } from '../../../core/labels/plan-added-labels.ts'
import { acceptedLabel } from '../../../core/suggestions/accepted-label.ts'
import { giveWay } from '../../../core/support/give-way.ts'
import { countText } from '../../../core/units/count-text.ts'
import type { AcceptancePlan } from '../../../platform/store/suggestion-store.ts'
import { currentFeatures } from '../../kit/current-grid.ts'
import type { Workspace } from '../../kit/workspace.ts'
import { decisionOf } from '../decide-suggestion.ts'
import { readEditable } from '../edit-labels.ts'
import { withOwnKind } from '../own-kind-requests.ts'
import { addStep } from './label-steps.ts'
import { type SureSuggestion, type SureWish, sureSuggestions } from './sure-suggestions.ts'

/** A suggestion that the person does not want, though it is sure. */
export type LeftOut = { readonly trackId: number; readonly id: string }

export type AcceptedSure = {
  /** Takes all of it back; null where nothing was accepted. */
  readonly stepId: number | null
  readonly says: string
  readonly labels: number
  readonly tracks: number
}

/** So many tracks are one transaction; after it others have their turn. */
const AT_ONCE = 50

const planOf = (
  { store }: Workspace,
  trackId: number,
  accepted: readonly SureSuggestion[],
  stepId: number,
): AcceptancePlan | null => {
  const track = store.tracks.get(trackId)
  if (track === null || accepted.length === 0) return null
  const revision = store.suggestions.revision(trackId)
  const ground = { ...readEditable(store, track), features: currentFeatures(store, track) }
  const labels = accepted.map((one) =>
    withOwnKind(store, { ...acceptedLabel({ ...one, importedFrom: null }), ownKindId: one.ownKindId }),
  )
  return {
    trackId,
    revision,
    acceptance: stepId,
    bulkStep: stepId,
    labels: planAddedLabels(ground, labels).labels,
    decisions: accepted.map((one) => ({ decision: decisionOf(one, 'accepted') })),
  }
}

/** Makes labels of all suggestions that are sure enough, as one step; it is remembered that nobody has looked at them. */
export const acceptSure = async (
  workspace: Workspace,
  wish: SureWish,
  leftOut: readonly LeftOut[] = [],
): Promise<AcceptedSure> => {
  const { store, emit } = workspace
  const without = new Set(leftOut.map(({ trackId, id }) => `${trackId} ${id}`))
  const { tracks } = await sureSuggestions(store, wish)
  const wanted = tracks
    .map(({ trackId, suggestions }) => ({
      trackId,
      suggestions: suggestions.filter(({ id }) => !without.has(`${trackId} ${id}`)),
    }))
    .filter(({ suggestions }) => suggestions.length > 0)
  if (wanted.length === 0) return { stepId: null, says: 'Nothing is sure enough', labels: 0, tracks: 0 }
  const stepId = addStep(store, 'Accepting what is sure', { kind: 'bulk' })
  const done: number[] = []
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const plans = wanted
      .slice(from, from + AT_ONCE)
      .flatMap(({ trackId, suggestions }) => planOf(workspace, trackId, suggestions, stepId) ?? [])
    for (const [at, after] of store.suggestions.accept(plans).entries())
      if (after !== null) done.push(plans[at]!.trackId)
    await giveWay()
  }
  const labels = store.labelSteps.bulkLabels(stepId).length
  const says = `Accepted ${countText(labels, 'label')} in ${countText(done.length)}`
  store.labelSteps.rename(stepId, says)
  emit({ type: 'labels', trackIds: done })
  return { stepId, says, labels, tracks: done.length }
}
