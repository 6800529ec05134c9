import type { Suggestion } from '../../core/suggestions/suggestion.ts'
import { requireTrack } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'
import type { AddedLabels } from './add-labels.ts'
import { acceptSuggestion, rejectSuggestion } from './decide-suggestion.ts'
import { type RejectedSuggestion, rejectedSuggestions, restoreSuggestion } from './rejected-suggestions.ts'
import { listSuggestions, type SuggestionFilter } from './suggestions.ts'

/** What can be done with suggestions; whoever shows them is told what changed. */
export type SuggestionActions = {
  readonly list: (filter?: SuggestionFilter) => Promise<readonly Suggestion[]>
  /** @param kind of the label, where the user corrects the suggestion */
  readonly accept: (track: string, id: string, kind?: string) => Promise<AddedLabels>
  readonly reject: (track: string, id: string) => Promise<void>
  /** What was rejected and could be suggested again. */
  readonly rejected: (track: string) => Promise<readonly RejectedSuggestion[]>
  /** @throws SUGGESTION_NOT_FOUND */
  readonly restore: (track: string, id: number) => Promise<void>
}

export const suggestionActions = ({ store, emit }: Workspace): SuggestionActions => ({
  list: async (filter) => listSuggestions(store, filter),
  accept: async (reference, id, kind) => {
    const track = requireTrack(store, reference)
    const added = await acceptSuggestion(store, track, id, kind)
    emit({ type: 'labels', trackIds: [track.id] })
    return added
  },
  reject: async (reference, id) => {
    const track = requireTrack(store, reference)
    await rejectSuggestion(store, track, id)
    emit({ type: 'suggestions', trackId: track.id })
  },
  rejected: async (reference) => rejectedSuggestions(store, requireTrack(store, reference)),
  restore: async (reference, id) => {
    const track = requireTrack(store, reference)
    restoreSuggestion(store, track, id)
    emit({ type: 'suggestions', trackId: track.id })
  },
})
