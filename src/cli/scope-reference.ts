import type { App } from '../app.ts'
import { UserError } from '../core/support/user-error.ts'
import type { ScopeView } from '../engine/versions/scope-actions.ts'

/** The scope that a person names. @throws SCOPE_NOT_FOUND */
export const scopeOf = async (app: App, name: string): Promise<ScopeView> => {
  const wanted = name.trim().toLowerCase()
  const found = (await app.versions.scopes.list()).find((scope) => scope.name.toLowerCase() === wanted)
  if (found === undefined) throw new UserError('SCOPE_NOT_FOUND', `No scope is called "${name}".`)
  return found
}
