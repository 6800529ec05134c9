import { snakeCase } from '../../core/support/snake-case.ts'
import type { ScopeView } from '../../engine/versions/scope-actions.ts'
import { trackFilterText } from './track-search.ts'

export const scopeDocument = ({ filter, ...scope }: ScopeView) => ({
  ...snakeCase(scope),
  filter: trackFilterText(filter),
})
