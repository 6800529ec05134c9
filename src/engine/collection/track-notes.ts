import {
  areAsSeen,
  areSameNotes,
  changeNotes,
  MOST_MY_TAGS,
  type NotesChange,
  type SeenNotes,
  type TrackNotes,
} from '../../core/library/track-notes.ts'
import { UserError } from '../../core/support/user-error.ts'
import { requireTrack } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'

export type ChangedNotes = { readonly trackId: number; readonly before: TrackNotes; readonly after: TrackNotes }

export type NotesRestored = {
  readonly trackId: number
  readonly notes: TrackNotes
  /** What they replace. */
  readonly seen: SeenNotes
}

type Planned = { readonly trackId: number; readonly seen: SeenNotes; readonly plan: (before: TrackNotes) => TrackNotes }

/** All or nothing. @returns only tracks whose notes are others now */
const apply = ({ store, emit }: Workspace, planned: readonly Planned[]): readonly ChangedNotes[] => {
  const changed: ChangedNotes[] = []
  const ids = planned.map(({ trackId }) => trackId)
  store.notes.change(ids, (notes) => {
    for (const { trackId, seen, plan } of planned) {
      const before = notes.get(trackId)!
      if (!areAsSeen(before, seen))
        throw new UserError('NOTES_CHANGED', `The notes of track ${trackId} are not those that were edited.`)
      const after = plan(before)
      if (after.myTags.length > MOST_MY_TAGS)
        throw new UserError(
          'TOO_MANY_TAGS',
          `A track takes ${MOST_MY_TAGS} tags of your own, and ${after.myTags.length} would be too many.`,
        )
      if (!areSameNotes(before, after)) changed.push({ trackId, before, after })
    }
    return changed.map(({ trackId, after }) => ({ trackId, notes: after }))
  })
  if (changed.length > 0) emit({ type: 'notes', trackIds: changed.map(({ trackId }) => trackId) })
  return changed
}

type Change = { readonly change: NotesChange; readonly seen: SeenNotes | undefined }

export const changeTrackNotes = (
  workspace: Workspace,
  trackIds: readonly number[],
  { change, seen = {} }: Change,
): readonly ChangedNotes[] =>
  apply(
    workspace,
    [...new Set(trackIds)].map((trackId) => ({ trackId, seen, plan: (before) => changeNotes(before, change) })),
  )

export const restoreTrackNotes = (
  workspace: Workspace,
  restored: readonly NotesRestored[],
): readonly ChangedNotes[] => {
  for (const { trackId } of restored) requireTrack(workspace.store, String(trackId))
  return apply(
    workspace,
    restored.map(({ trackId, notes, seen }) => ({ trackId, seen, plan: () => changeNotes(notes, {}) })),
  )
}
