import { planAddedLabels } from '../../../core/labels/plan-added-labels.ts'
import { acceptedLabel } from '../../../core/suggestions/accepted-label.ts'
import { giveWay } from '../../../core/support/give-way.ts'
import { countText } from '../../../core/units/count-text.ts'
import type { Store } from '../../../platform/store/store.ts'
import type { AcceptancePlan } from '../../../platform/store/suggestion-store.ts'
import { currentFeatures } from '../../kit/current-grid.ts'
import type { Workspace } from '../../kit/workspace.ts'
import { decisionOf } from '../decide-suggestion.ts'
import { readEditable } from '../edit-labels.ts'
import { withOwnKind } from '../own-kind-requests.ts'
import { listSuggestions } from '../suggestions.ts'
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

/** Those that are still made: by the turn of a track somebody may have labelled it, or edited its grid. */
const stillMade = (store: Store, trackId: number, wanted: readonly SureSuggestion[]): readonly SureSuggestion[] => {
  const made = new Set(listSuggestions(store, { trackId, minConfidence: 0 }).map(({ id }) => id))
  return wanted.filter(({ id }) => made.has(id))
}

const planOf = (
  { store }: Workspace,
  trackId: number,
  wanted: readonly SureSuggestion[],
  stepId: number,
): AcceptancePlan | null => {
  const track = store.tracks.get(trackId)
  const accepted = track === null ? [] : stillMade(store, trackId, wanted)
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
  const { tracks } = await sureSuggestions(workspace, wish)
  const wanted = tracks
    .map(({ trackId, suggestions }) => ({
      trackId,
      suggestions: suggestions.filter(({ id }) => !without.has(`${trackId} ${id}`)),
    }))
    .filter(({ suggestions }) => suggestions.length > 0)
  const nothing: AcceptedSure = { stepId: null, says: 'Nothing is sure enough', labels: 0, tracks: 0 }
  if (wanted.length === 0) return nothing
  const stepId = addStep(store, 'Accepting what is sure', { kind: 'bulk' })
  const done: number[] = []
  const isTakenBack = (): boolean => store.labelSteps.get(stepId)?.undoneAt !== null
  for (let from = 0; from < wanted.length && !isTakenBack(); from += AT_ONCE) {
    const plans = wanted
      .slice(from, from + AT_ONCE)
      .flatMap(({ trackId, suggestions }) => planOf(workspace, trackId, suggestions, stepId) ?? [])
    for (const [at, after] of store.suggestions.accept(plans).entries())
      if (after !== null) done.push(plans[at]!.trackId)
    await giveWay()
  }
  if (isTakenBack()) return { ...nothing, says: 'Taken back before all of it was accepted' }
  if (done.length === 0) {
    store.labelSteps.markUndone(stepId)
    return nothing
  }
  const labels = store.labelSteps.bulkLabels(stepId).length
  const says = `Accepted ${countText(labels, 'label')} in ${countText(done.length)}`
  store.labelSteps.rename(stepId, says)
  emit({ type: 'labels', trackIds: done })
  return { stepId, says, labels, tracks: done.length }
}
