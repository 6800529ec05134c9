import { UserError } from '../../core/support/user-error.ts'
import type { Scope } from '../../platform/store/scope-store.ts'
import type { Store } from '../../platform/store/store.ts'
import type { TrackQuery } from '../../platform/store/track-query.ts'
import { resolveSearch } from '../kit/resolve-search.ts'
import { proposingVersion } from './base-model.ts'

/** Which version speaks for a track, and for which scope; the general one speaks for none. */
export type Answering = { readonly version: number | null; readonly scope: Pick<Scope, 'id' | 'name'> | null }

/** Why a scope has no tracks, where its filter asks for what is gone; null where it does not. */
export const scopeProblem = (store: Store, { filter }: Pick<Scope, 'filter'>): string | null => {
  try {
    resolveSearch(store, filter)
    return null
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return 'Its filter names a playlist that is no longer there.'
  }
}

/** What finds the tracks of a scope; null where its filter asks for what is gone. */
export const tracksOfScope = (store: Store, scope: Pick<Scope, 'filter'>): TrackQuery | null =>
  scopeProblem(store, scope) === null
    ? { ...resolveSearch(store, scope.filter), limit: undefined, offset: undefined }
    : null

/** Tracks of a scope, in no order; none where its filter asks for what is gone. @param among only these tracks */
export const tracksInScope = (
  store: Store,
  scope: Pick<Scope, 'filter'>,
  among?: readonly number[],
): readonly number[] => {
  const query = tracksOfScope(store, scope)
  if (query === null) return []
  return store.tracks.find(among === undefined ? query : { ...query, trackIds: among }).ids
}

/** Whether the proof of a scope is of the versions that are in use now. */
export const isProofDue = ({ activeVersion, proof }: Scope, general: number | null): boolean =>
  activeVersion !== null && (proof?.version !== activeVersion || proof.against !== general)

/** Scopes whose active version is proven better than the general one, the smallest first. */
export const scopesInForce = (store: Store): readonly (Scope & { readonly activeVersion: number })[] => {
  const scopes = store.scopes.list()
  if (scopes.length === 0) return []
  const general = proposingVersion(store)
  return scopes
    .filter(
      (scope): scope is Scope & { readonly activeVersion: number } =>
        scope.activeVersion !== null && !isProofDue(scope, general) && scope.proof!.isProven,
    )
    .toSorted((a, b) => a.proof!.tracks - b.proof!.tracks || a.id - b.id)
}

/** By track id: the version of the smallest scope that a track is in, or else the general one. */
export const answeringVersions = (store: Store, trackIds: readonly number[]): ReadonlyMap<number, Answering> => {
  const general: Answering = { version: proposingVersion(store), scope: null }
  const answers = new Map(trackIds.map((id) => [id, general]))
  // The smallest has the last word.
  for (const scope of scopesInForce(store).toReversed())
    for (const id of tracksInScope(store, scope, trackIds))
      answers.set(id, { version: scope.activeVersion, scope: { id: scope.id, name: scope.name } })
  return answers
}

/** The version that speaks for a track. */
export const answeringVersion = (store: Store, trackId: number): Answering =>
  answeringVersions(store, [trackId]).get(trackId)!
