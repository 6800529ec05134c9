import { noneOfUnknownTrack } from '../none-of-unknown-track.ts'
import { suggestionOperations } from '../operations/suggestions.ts'
import { routesOf } from '../routes-of.ts'
import { labelDocument, rejectionDocument, suggestionDocument } from '../views/label-document.ts'

export const suggestionRoutes = routesOf(suggestionOperations)(({ labelling: { suggestions } }) => ({
  listSuggestions: async ({ query }) =>
    (
      await suggestions
        .list({
          trackId: query.track_id,
          minConfidence: query.min_confidence,
          order: query.order,
          limit: query.limit,
        })
        .catch(noneOfUnknownTrack)
    ).map(suggestionDocument),
  acceptSuggestion: async ({ params, body }) => {
    const { labels, warnings } = await suggestions.accept(String(params.id), params.suggestion, body?.kind)
    return { labels: labels.map(labelDocument), warnings: [...warnings] }
  },
  rejectSuggestion: async ({ params }) => {
    await suggestions.reject(String(params.id), params.suggestion)
    return { message: 'suggestion rejected' }
  },
  listRejections: async ({ params }) => (await suggestions.rejected(String(params.id))).map(rejectionDocument),
  restoreSuggestion: async ({ params }) => {
    await suggestions.restore(String(params.id), params.rejection)
    return { message: 'may be suggested again' }
  },
}))
