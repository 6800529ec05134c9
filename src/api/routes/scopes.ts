import { countText } from '../../core/units/count-text.ts'
import { scopeOperations } from '../operations/scopes.ts'
import { routesOf } from '../routes-of.ts'
import { scopeDocument } from '../views/scope-document.ts'
import { parseTrackFilter } from '../views/track-search.ts'

export const scopeRoutes = routesOf(scopeOperations)(({ versions: { scopes } }) => ({
  listScopes: async () => (await scopes.list()).map(scopeDocument),
  addScope: async ({ body: { name, filter } }) => scopeDocument(await scopes.add(name, parseTrackFilter(filter)!)),
  changeScope: async ({ params: { id }, body: { name, filter, active_version } }) => {
    const change = { name, filter: filter === undefined ? undefined : parseTrackFilter(filter)! }
    const changed = await scopes.change(id, change)
    return scopeDocument(active_version === undefined ? changed : await scopes.deactivate(id))
  },
  removeScope: async ({ params: { id } }) => {
    const { versions, stepId, says } = await scopes.remove(id)
    return { step_id: stepId, says, message: `scope removed; it keeps ${countText(versions, 'version')}` }
  },
}))
