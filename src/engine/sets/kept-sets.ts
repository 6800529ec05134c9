import { copyName } from '../../core/library/kept-name.ts'
import { MOST_SET_MINUTES, mentionedTracks, type SetPlace } from '../../core/setlist/kept-set.ts'
import { changeText } from '../../core/setlist/set-change.ts'
import { newPlace } from '../../core/setlist/set-edits.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { SetOutline, SetVersionOutline } from '../../platform/store/set-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { requireTracks } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'
import type { PlanWish } from './plan.ts'
import { isFromNewer, type LibrarySet, nameTracks, readContent, relink, writeContent } from './set-content.ts'

export type SetLine = SetOutline & {
  /** A newer program wrote it: it can be looked at by name, and nothing else. */
  readonly isNewer: boolean
}

export type NewSet = {
  readonly name: string
  readonly wish: PlanWish
  /** In their order; nothing is planned yet where there are none. */
  readonly trackIds: readonly number[]
  /** Whether it is to be as long as these tracks are, whatever the wish says. @default false */
  readonly isAsLong?: boolean
}

export type SetEdit = {
  readonly name?: string | undefined
  readonly wish?: PlanWish | undefined
  readonly places?: readonly SetPlace[] | undefined
  /** The version that the edit was made of; any when left out. */
  readonly seen?: number | undefined
}

/** A step back or forward. */
export type SetStep = {
  /** What was taken back, or done again; null where there was nothing. */
  readonly change: string | null
}

export type KeptSetsWorkspace = Pick<Workspace, 'store' | 'emit'>

/** @throws SET_NOT_FOUND */
export const requireSet = (store: Store, id: number): SetOutline => {
  const set = store.sets.get(id)
  if (set === null) throw new UserError('SET_NOT_FOUND', `There is no set ${id}.`)
  return set
}

/** @param version the one in force where left out @throws SET_NOT_FOUND, SET_TOO_NEW */
export const readSet = (store: Store, id: number, version?: number): LibrarySet => {
  const stored = store.sets.version(id, version ?? requireSet(store, id).version)
  if (stored === null) throw new UserError('SET_NOT_FOUND', `Set ${id} has no version ${version}.`)
  return relink(store, readContent(stored))
}

const requireEachOnce = (set: Pick<LibrarySet, 'places'>): void => {
  const ids = set.places.map(({ trackId }) => trackId)
  if (new Set(ids).size < ids.length) throw new UserError('SET_WISH_CONTRADICTORY', 'A track stands in this set twice.')
}

/** Tracks that a set did not speak of before have to be there. */
const requireNew = (store: Store, after: Pick<LibrarySet, 'wish' | 'places'>, before: LibrarySet | null): void => {
  const known = new Set(before?.tracks.map(({ id }) => id))
  requireTracks(
    store,
    mentionedTracks(after).filter((id) => !known.has(id)),
  )
}

const minutesOf = (store: Store, trackIds: readonly number[]): number => {
  const seconds = trackIds.map((id) => store.analyses.summary(id)?.durationSeconds ?? 0)
  return Math.max(1, Math.min(MOST_SET_MINUTES, Math.round(seconds.reduce((sum, one) => sum + one, 0) / 60)))
}

/** @returns its id @throws TRACK_NOT_FOUND, SET_WISH_CONTRADICTORY */
export const addSet = (
  { store, emit }: KeptSetsWorkspace,
  { name, wish: asked, trackIds, isAsLong }: NewSet,
): number => {
  const wish = isAsLong && trackIds.length > 0 ? { ...asked, minutes: minutesOf(store, trackIds) } : asked
  const set = { name, wish, places: trackIds.map(newPlace) }
  requireEachOnce(set)
  requireNew(store, set, null)
  const id = store.sets.add(writeContent(nameTracks(store, set, []), 'made'))
  emit({ type: 'sets', setId: id })
  return id
}

/**
 * Makes a new version; without a difference, none.
 * @throws SET_NOT_FOUND, SET_TOO_NEW, SET_CHANGED, TRACK_NOT_FOUND, SET_WISH_CONTRADICTORY
 */
export const changeSet = ({ store, emit }: KeptSetsWorkspace, id: number, edit: SetEdit): void => {
  const { version } = requireSet(store, id)
  if (edit.seen !== undefined && edit.seen !== version)
    throw new UserError('SET_CHANGED', 'The set was changed in another window.')
  const before = readSet(store, id)
  const wished = {
    name: edit.name ?? before.name,
    wish: edit.wish ?? before.wish,
    places: edit.places ?? before.places,
  }
  requireEachOnce(wished)
  requireNew(store, wished, before)
  const after = nameTracks(store, wished, before.tracks)
  const change = changeText(before, after)
  if (change === null) return
  if (store.sets.append(id, version, writeContent(after, change)) === null)
    throw new UserError('SET_CHANGED', 'The set was changed in another window.')
  emit({ type: 'sets', setId: id })
}

const goTo = ({ store, emit }: KeptSetsWorkspace, set: SetOutline, version: number): void => {
  const trackIds = readSet(store, set.id, version).places.map(({ trackId }) => trackId)
  if (!store.sets.goTo(set.id, set.version, { version, trackIds }))
    throw new UserError('SET_CHANGED', 'The set was changed in another window.')
  emit({ type: 'sets', setId: set.id })
}

/** The steps that undo and redo would take. */
export const stepsOf = (
  versions: readonly SetVersionOutline[],
  version: number,
): { readonly back: SetVersionOutline | null; readonly forward: SetVersionOutline | null } => {
  const now = versions.find((one) => one.version === version)
  const hasParent = versions.some((one) => one.version === now?.parent)
  return { back: hasParent ? now! : null, forward: versions.find(({ parent }) => parent === version) ?? null }
}

/** @throws SET_NOT_FOUND, SET_TOO_NEW, SET_CHANGED */
export const undoSet = (workspace: KeptSetsWorkspace, id: number): SetStep => {
  const set = requireSet(workspace.store, id)
  const { back } = stepsOf(workspace.store.sets.versions(id), set.version)
  if (back !== null) goTo(workspace, set, back.parent!)
  // What cannot be read may hold steps of another kind: that there are none is not known.
  else readSet(workspace.store, id)
  return { change: back?.change ?? null }
}

/** @throws as `undoSet` */
export const redoSet = (workspace: KeptSetsWorkspace, id: number): SetStep => {
  const set = requireSet(workspace.store, id)
  const { forward } = stepsOf(workspace.store.sets.versions(id), set.version)
  if (forward !== null) goTo(workspace, set, forward.version)
  else readSet(workspace.store, id)
  return { change: forward?.change ?? null }
}

/** @returns the id of the copy @throws SET_NOT_FOUND, SET_TOO_NEW */
export const copySet = ({ store, emit }: KeptSetsWorkspace, id: number, name?: string): number => {
  const set = readSet(store, id)
  const copy = store.sets.add(writeContent({ ...set, name: name ?? copyName(set.name, ', copy') }, 'made'))
  emit({ type: 'sets', setId: copy })
  return copy
}

/**
 * @param isUnread whether one that cannot be read goes, too
 * @throws SET_NOT_FOUND, SET_TOO_NEW where a newer program wrote it and nobody has said that it may go
 */
export const removeSet = ({ store, emit }: KeptSetsWorkspace, id: number, isUnread = false): void => {
  const set = requireSet(store, id)
  if (isFromNewer(set) && !isUnread)
    throw new UserError('SET_TOO_NEW', `This Algiers cannot read “${set.name}”, so it does not delete it unasked.`)
  store.sets.remove(id)
  emit({ type: 'sets', setId: id })
}

export const listSets = (store: Store): readonly SetLine[] =>
  store.sets.list().map((set) => ({ ...set, isNewer: isFromNewer(set) }))
