import { requireTrack } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'
import type { AddedLabels } from './label-operations.ts'
import { type RejectedSuggestion, rejectedSuggestions, restoreSuggestion } from './rejected-suggestions.ts'
import {
  acceptSuggestion,
  listSuggestions,
  rejectSuggestion,
  type Suggestion,
  type SuggestionFilter,
} from './suggestions.ts'

/** What can be done with suggestions; whoever shows them is told what changed. */
export type SuggestionActions = {
  readonly list: (filter?: SuggestionFilter) => readonly Suggestion[]
  /** @param kind of the label, where the user corrects the suggestion */
  readonly accept: (track: string, id: string, kind?: string) => AddedLabels
  readonly reject: (track: string, id: string) => void
  /** What was rejected and could be suggested again. */
  readonly rejected: (track: string) => readonly RejectedSuggestion[]
  /** @throws SUGGESTION_NOT_FOUND */
  readonly restore: (track: string, id: number) => void
}

export const suggestionActions = ({ store, emit }: Workspace): SuggestionActions => ({
  list: (filter) => listSuggestions(store, filter),
  accept: (reference, id, kind) => {
    const track = requireTrack(store, reference)
    const added = acceptSuggestion(store, track, id, kind)
    emit({ type: 'labels', trackIds: [track.id] })
    return added
  },
  reject: (reference, id) => {
    const track = requireTrack(store, reference)
    rejectSuggestion(store, track, id)
    emit({ type: 'suggestions', trackId: track.id })
  },
  rejected: (reference) => rejectedSuggestions(store, requireTrack(store, reference)),
  restore: (reference, id) => {
    const track = requireTrack(store, reference)
    restoreSuggestion(store, track, id)
    emit({ type: 'suggestions', trackId: track.id })
  },
})
