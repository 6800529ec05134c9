import { planAddedLabels } from '../../core/labels/plan-added-labels.ts'
import { isSectionKind } from '../../core/labels/section-kind.ts'
import type { Track } from '../../core/library/track.ts'
import { acceptedLabel } from '../../core/suggestions/accepted-label.ts'
import { importedRowId } from '../../core/suggestions/suggest-imported.ts'
import type { Suggestion } from '../../core/suggestions/suggestion.ts'
import type { SuggestionDecision } from '../../core/suggestions/suggestion-decision.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import { compareAndSet } from '../kit/compare-and-set.ts'
import { currentFeatures } from '../kit/current-grid.ts'
import { type AddedLabels, addedLabels } from './add-labels.ts'
import { readEditable } from './edit-labels.ts'
import { withOwnKind } from './own-kind-requests.ts'
import { listSuggestions } from './suggestions.ts'

const requireSuggestion = (store: Store, track: Track, id: string): Suggestion => {
  const found = listSuggestions(store, { trackId: track.id, minConfidence: 0 }).find((one) => one.id === id)
  if (!found) throw new UserError('SUGGESTION_NOT_FOUND', `Track ${track.id} has no suggestion ${id}.`)
  return found
}

/** The other program that a suggestion comes from; null for one of a version. */
const importedFrom = ({ origin }: Suggestion): string | null => (origin.kind === 'import' ? origin.program : null)

export const decisionOf = (
  { trackId, startBeat, endBeat, kind, origin }: Suggestion,
  decision: SuggestionDecision['decision'],
): SuggestionDecision => ({
  trackId,
  startBeat,
  endBeat,
  kind,
  modelVersion: origin.kind === 'model' ? origin.version : null,
  decision,
})

/** Makes a label of a suggestion, of another kind where the user says so. @throws SUGGESTION_NOT_FOUND, LABEL_KIND_UNKNOWN */
export const acceptSuggestion = (store: Store, track: Track, id: string, kind?: string): Promise<AddedLabels> =>
  compareAndSet(track.id, async () => {
    const revision = store.suggestions.revision(track.id)
    const before = readEditable(store, track)
    const suggestion = requireSuggestion(store, track, id)
    const ground = { ...before, features: currentFeatures(store, track) }
    const accepted = acceptedLabel({ ...suggestion, importedFrom: importedFrom(suggestion) }, kind)
    const plan = planAddedLabels(ground, [withOwnKind(store, accepted)])
    const isOther = kind !== undefined && isSectionKind(kind) && kind !== suggestion.kind
    const decision = decisionOf(suggestion, isOther ? 'rejected' : 'accepted')
    const after = store.suggestions.decide({ decision, importedId: importedRowId(id), revision, labels: plan.labels })
    return after && addedLabels(track, { before, plan, after })
  })

/** It does not come back, from this version or a later one. @throws SUGGESTION_NOT_FOUND */
export const rejectSuggestion = async (store: Store, track: Track, id: string): Promise<void> => {
  await compareAndSet(track.id, async () => {
    const revision = store.suggestions.revision(track.id)
    const decision = decisionOf(requireSuggestion(store, track, id), 'rejected')
    return store.suggestions.decide({ decision, importedId: importedRowId(id), revision })
  })
}
