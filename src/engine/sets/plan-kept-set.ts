import { placesInOrder } from '../../core/setlist/set-edits.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { JobOptions } from '../kit/workspace.ts'
import { changeSet, type KeptSetsWorkspace, readSet, requireSet } from './kept-sets.ts'
import { lookAtSet } from './look-at-set.ts'
import { lengthRefusals, type PlanWish, planTracks, type SetPlan } from './plan.ts'
import type { LibrarySet } from './set-content.ts'
import type { PreparedEnds, SetRefusal } from './set-pool.ts'
import type { ShownSet } from './shown-set.ts'
import type { TransitionWorkspace } from './transition.ts'

export type PlannedAgain = Pick<SetPlan, 'score' | 'greedyScore' | 'isExact' | 'refusals'> & {
  /** With the ways between tracks that the person had chosen, as far as they still hold. */
  readonly set: ShownSet
}

/** The wish of a set with its locks, and what of it can only be told, since its tracks have gone. */
const wishWithLocks = (
  isThere: (trackId: number) => boolean,
  { wish, places, tracks }: LibrarySet,
): { readonly wish: PlanWish; readonly refusals: readonly SetRefusal[] } => {
  const titleOf = (id: number): string => tracks.find((track) => track.id === id)?.title ?? `Track ${id}`
  const locks = places.flatMap(({ isLocked, trackId }, at) => (isLocked ? [{ place: at + 1, trackId }] : []))
  const fixed = [...wish.fixed, ...locks]
  const gone = [...fixed.map(({ trackId }) => trackId), ...wish.mustPlay].find((id) => !isThere(id))
  if (gone !== undefined)
    throw new UserError('SET_WISH_CONTRADICTORY', `${titleOf(gone)} is wanted, but it is not in the library any more.`)
  const picked = wish.pool.trackIds
  return {
    wish: {
      ...wish,
      fixed,
      never: wish.never.filter(isThere),
      pool: { ...wish.pool, trackIds: picked?.filter(isThere) ?? null },
    },
    refusals: (picked ?? [])
      .filter((id) => !isThere(id))
      .map((id) => ({ trackId: null, title: titleOf(id), reason: 'It is not in the library any more.' })),
  }
}

/**
 * Plans a kept set anew: locked tracks stay in their places.
 * @throws SET_NOT_FOUND, SET_TOO_NEW, SET_CHANGED, SET_POOL_EMPTY, SET_WISH_CONTRADICTORY, SET_IMPOSSIBLE
 */
export const planKeptSet = async (
  workspace: TransitionWorkspace & KeptSetsWorkspace,
  known: PreparedEnds,
  id: number,
  { seed, ...options }: JobOptions & { readonly seed?: number | undefined } = {},
): Promise<PlannedAgain> => {
  const { store } = workspace
  const { version } = requireSet(store, id)
  const set = readSet(store, id)
  const chosen = { ...set, wish: { ...set.wish, seed: seed ?? set.wish.seed } }
  const { wish, refusals } = wishWithLocks((trackId) => store.tracks.get(trackId) !== null, chosen)
  const planned = await planTracks(workspace, known, wish, options)
  const order = planned.tracks.map((track) => track.id)
  changeSet(workspace, id, { wish: chosen.wish, places: placesInOrder(set.places, order), seen: version })
  const shown = await lookAtSet(workspace, id)
  const { score, greedyScore, isExact } = planned
  // A set that is longer than wished says so by itself.
  const ofLength = lengthRefusals(wish.minutes, shown.minutes, planned).filter(
    ({ reason }) => !shown.notes.some(({ text }) => text === reason),
  )
  return { set: shown, score, greedyScore, isExact, refusals: [...refusals, ...planned.refusals, ...ofLength] }
}
