import {
  areAsSeen,
  areSameNotes,
  changeNotes,
  MOST_MY_TAGS,
  type NotesChange,
  type SeenNotes,
  type TrackNotes,
} from '../../core/library/track-notes.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { UserError } from '../../core/support/user-error.ts'
import { requireTracks } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'

export type ChangedNotes = { readonly trackId: number; readonly before: TrackNotes; readonly after: TrackNotes }

export type NotesRestored = {
  readonly trackId: number
  readonly notes: TrackNotes
  /** What they replace. */
  readonly seen: SeenNotes
}

/** A change of the notes of a track, as soon as they are known. */
export type PlannedNotes = {
  readonly trackId: number
  readonly seen: SeenNotes
  readonly plan: (before: TrackNotes) => TrackNotes
}

/** So many tracks take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 100

/** What becomes of notes as they are. @returns only tracks whose notes are others then @throws NOTES_CHANGED, TOO_MANY_TAGS */
export const planNotes = (
  notes: ReadonlyMap<number, TrackNotes>,
  planned: readonly PlannedNotes[],
): readonly ChangedNotes[] =>
  planned.flatMap(({ trackId, seen, plan }) => {
    const before = notes.get(trackId)!
    if (!areAsSeen(before, seen))
      throw new UserError('NOTES_CHANGED', `The notes of track ${trackId} are not those that were edited.`)
    const after = plan(before)
    if (after.myTags.length > MOST_MY_TAGS)
      throw new UserError(
        'TOO_MANY_TAGS',
        `A track takes ${MOST_MY_TAGS} tags of your own, and ${after.myTags.length} would be too many.`,
      )
    return areSameNotes(before, after) ? [] : [{ trackId, before, after }]
  })

const changeSome = ({ store }: Workspace, planned: readonly PlannedNotes[]): readonly ChangedNotes[] => {
  let changed: readonly ChangedNotes[] = []
  const ids = planned.map(({ trackId }) => trackId)
  store.notes.change(ids, (notes) => {
    changed = planNotes(notes, planned)
    return changed.map(({ trackId, after }) => ({ trackId, notes: after }))
  })
  return changed
}

/** Puts back what was changed, as far as nobody has changed it since. */
const putBack = ({ store }: Workspace, changed: readonly ChangedNotes[]): void =>
  store.notes.change(
    changed.map(({ trackId }) => trackId),
    (notes) =>
      changed
        .filter(({ trackId, after }) => areSameNotes(notes.get(trackId)!, after))
        .map(({ trackId, before }) => ({ trackId, notes: before })),
  )

/** All or nothing, a few tracks at a time. @returns only tracks whose notes are others now */
const apply = async (workspace: Workspace, planned: readonly PlannedNotes[]): Promise<readonly ChangedNotes[]> => {
  const changed: ChangedNotes[] = []
  try {
    for (let at = 0; at < planned.length; at += AT_ONCE) {
      if (at > 0) await giveWay()
      changed.push(...changeSome(workspace, planned.slice(at, at + AT_ONCE)))
    }
  } catch (error) {
    putBack(workspace, changed)
    throw error
  }
  if (changed.length > 0) workspace.emit({ type: 'notes', trackIds: changed.map(({ trackId }) => trackId) })
  return changed
}

export type NotesEdit = { readonly change: NotesChange; readonly seen?: SeenNotes | undefined }

/** The same change of each track, once. */
export const plannedChanges = (
  trackIds: readonly number[],
  { change, seen = {} }: NotesEdit,
): readonly PlannedNotes[] =>
  [...new Set(trackIds)].map((trackId) => ({ trackId, seen, plan: (before) => changeNotes(before, change) }))

export const plannedRestores = (restored: readonly NotesRestored[]): readonly PlannedNotes[] =>
  restored.map(({ trackId, notes, seen }) => ({ trackId, seen, plan: () => changeNotes(notes, {}) }))

export const changeTrackNotes = (
  workspace: Workspace,
  trackIds: readonly number[],
  edit: NotesEdit,
): Promise<readonly ChangedNotes[]> => apply(workspace, plannedChanges(trackIds, edit))

export const restoreTrackNotes = async (
  workspace: Workspace,
  restored: readonly NotesRestored[],
): Promise<readonly ChangedNotes[]> => {
  requireTracks(
    workspace.store,
    restored.map(({ trackId }) => trackId),
  )
  return apply(workspace, plannedRestores(restored))
}
