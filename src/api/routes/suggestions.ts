import { snakeCase } from '../../core/support/snake-case.ts'
import { suggestionOperations } from '../operations/suggestions.ts'
import { routesOf } from '../routes-of.ts'

export const suggestionRoutes = routesOf(suggestionOperations)(({ suggestions }) => ({
  listSuggestions: async ({ query }) =>
    snakeCase(
      await suggestions.list({
        trackId: query.track_id,
        minConfidence: query.min_confidence,
        order: query.order,
        limit: query.limit,
      }),
    ),
  acceptSuggestion: async ({ params, body }) => {
    const { labels, warnings } = await suggestions.accept(String(params.id), params.suggestion, body?.kind)
    return { labels: snakeCase(labels), warnings: [...warnings] }
  },
  rejectSuggestion: async ({ params }) => {
    await suggestions.reject(String(params.id), params.suggestion)
    return { message: 'suggestion rejected' }
  },
  listRejections: async ({ params }) => snakeCase(await suggestions.rejected(String(params.id))),
  restoreSuggestion: async ({ params }) => {
    await suggestions.restore(String(params.id), params.rejection)
    return { message: 'may be suggested again' }
  },
}))
