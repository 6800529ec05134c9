import { UserError } from '../../core/support/user-error.ts'
import type { Scope } from '../../platform/store/scope-store.ts'
import type { Store } from '../../platform/store/store.ts'
import type { MadeStep } from '../kit/made-step.ts'
import { resolveSearch } from '../kit/resolve-search.ts'
import type { Workspace } from '../kit/workspace.ts'
import { scopeProblem, scopesInForce, tracksInScope } from './answering-version.ts'
import { versionsOfScope } from './model-operations.ts'
import { proveScopes } from './prove-scopes.ts'

/** A part of the library that models are trained for by themselves, as it stands. */
export type ScopeView = Pick<Scope, 'id' | 'name' | 'filter' | 'activeVersion' | 'createdAt'> & {
  readonly tracks: number
  readonly labels: number
  /** Why it has no tracks; null where its filter asks for nothing that is gone. */
  readonly problem: string | null
  /** Trained for it, the newest first. */
  readonly versions: readonly number[]
  /** Whether its active version answers for its tracks: only one that is proven better than the general one does. */
  readonly isAnswering: boolean
  /** Whether that is so and why, in a sentence; null where no version of it is active. */
  readonly proof: string | null
  /** Smaller scopes that answer for tracks of this one, and for how many. */
  readonly overlaps: readonly { readonly name: string; readonly tracks: number }[]
}

/** @throws SCOPE_NOT_FOUND, also for one that was removed */
export const requireScope = ({ store }: Pick<Workspace, 'store'>, id: number): Scope => {
  const scope = store.scopes.get(id)
  if (scope === null || scope.removedAt !== null) throw new UserError('SCOPE_NOT_FOUND', `There is no scope ${id}.`)
  return scope
}

type ScopeChange = { readonly name?: string | undefined; readonly filter?: Scope['filter'] | undefined }

/** Scopes: genres and other parts of the library with models of their own. */
export type ScopeActions = {
  readonly list: () => Promise<readonly ScopeView[]>
  /** One of that name that was removed comes back with its versions. @throws SCOPE_EXISTS, PLAYLIST_NOT_FOUND */
  readonly add: (name: string, filter: Scope['filter']) => Promise<ScopeView>
  /** @throws SCOPE_NOT_FOUND, SCOPE_EXISTS, PLAYLIST_NOT_FOUND */
  readonly change: (id: number, change: ScopeChange) => Promise<ScopeView>
  /** The general version answers for its tracks again. @throws SCOPE_NOT_FOUND */
  readonly deactivate: (id: number) => Promise<ScopeView>
  /** Its versions stay. @throws SCOPE_NOT_FOUND */
  readonly remove: (id: number) => Promise<RemovedScope>
}

type RemovedScope = MadeStep & {
  /** How many versions it keeps. */
  readonly versions: number
}

/** What takes the removal of a scope back: the version that was active comes back with it. */
export type ScopeWayBack = { readonly kind: 'scope'; readonly scopeId: number; readonly activeVersion: number | null }

/** @returns whether it was removed */
export const restoreScope = ({ scopes, models }: Store, { scopeId, activeVersion }: ScopeWayBack): boolean =>
  scopes.restore(scopeId, activeVersion !== null && models.versions().includes(activeVersion) ? activeVersion : null)

/** @param reread has what answers now read the tracks that it has not read */
export const scopeActions = (workspace: Workspace, reread: () => void): ScopeActions => {
  const { store, emit } = workspace
  const viewOf = (scope: Scope): ScopeView => {
    const ids = tracksInScope(store, scope)
    const own = new Set(ids)
    const force = scopesInForce(store)
    const place = force.findIndex(({ id }) => id === scope.id)
    return {
      id: scope.id,
      name: scope.name,
      filter: scope.filter,
      activeVersion: scope.activeVersion,
      createdAt: scope.createdAt,
      tracks: ids.length,
      labels: [...store.labels.ofTracks(ids).values()].reduce((sum, { length }) => sum + length, 0),
      problem: scopeProblem(store, scope),
      versions: versionsOfScope(store, scope.id),
      isAnswering: place >= 0,
      proof: scope.proof?.text ?? null,
      overlaps: force.slice(0, Math.max(0, place)).flatMap((smaller) => {
        const shared = tracksInScope(store, smaller).filter((id) => own.has(id)).length
        return shared === 0 ? [] : [{ name: smaller.name, tracks: shared }]
      }),
    }
  }
  const changed = async (id: number): Promise<ScopeView> => {
    await proveScopes(workspace)
    emit({ type: 'scopes' })
    reread()
    return viewOf(requireScope(workspace, id))
  }
  const requireFree = (name: string, id: number | null): void => {
    const other = store.scopes.named(name)
    if (other !== null && other.id !== id && (other.removedAt === null || id !== null))
      throw new UserError(
        'SCOPE_EXISTS',
        `${other.name} is ${other.removedAt === null ? 'one already' : 'one that was removed'}.`,
      )
  }
  return {
    list: async () => {
      if (await proveScopes(workspace)) emit({ type: 'scopes' })
      return store.scopes.list().map(viewOf)
    },
    add: async (name, filter) => {
      requireFree(name, null)
      resolveSearch(store, filter)
      return changed(store.scopes.put(name, filter))
    },
    change: async (id, change) => {
      const { name, filter } = { ...requireScope(workspace, id), ...definedIn(change) }
      requireFree(name, id)
      resolveSearch(store, filter)
      store.scopes.change(id, { name, filter })
      return changed(id)
    },
    deactivate: async (id) => {
      requireScope(workspace, id)
      store.scopes.activate(id, null)
      return changed(id)
    },
    remove: async (id) => {
      const { name, activeVersion } = requireScope(workspace, id)
      const says = `Removed the scope “${name}”`
      store.scopes.remove(id)
      const stepId = store.labelSteps.add(says, { kind: 'scope', scopeId: id, activeVersion } satisfies ScopeWayBack)
      emit({ type: 'scopes' })
      return { stepId, says, versions: versionsOfScope(store, id).length }
    },
  }
}

const definedIn = ({ name, filter }: ScopeChange): Partial<Pick<Scope, 'name' | 'filter'>> => ({
  ...(name === undefined ? {} : { name }),
  ...(filter === undefined ? {} : { filter }),
})
