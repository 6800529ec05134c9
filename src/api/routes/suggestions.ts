import { z } from 'zod'
import type { App } from '../../app.ts'
import { idParams } from '../contract/fields.ts'
import {
  acceptance,
  decided,
  done,
  rejection,
  rejectionParams,
  suggestion,
  suggestionParams,
  suggestionQuery,
} from '../contract/labels.ts'
import { labelDocument, rejectionDocument, suggestionDocument } from '../label-document.ts'
import type { ApiServer } from '../server.ts'

export const suggestionRoutes = (server: ApiServer, app: App): void => {
  server.get(
    '/api/suggestions',
    { schema: { tags: ['suggestions'], querystring: suggestionQuery, response: { 200: z.array(suggestion) } } },
    async ({ query }) => {
      const suggestions = await app.labelling.suggestions.list({
        trackId: query.track_id,
        minConfidence: query.min_confidence,
        order: query.order,
        limit: query.limit,
      })
      return suggestions.map(suggestionDocument)
    },
  )
  server.post(
    '/api/tracks/:id/suggestions/:suggestion/accept',
    {
      schema: {
        tags: ['suggestions'],
        params: suggestionParams,
        body: acceptance.nullish(),
        response: { 201: decided },
      },
    },
    async ({ params, body }, reply) => {
      const { labels, warnings } = await app.labelling.suggestions.accept(
        String(params.id),
        params.suggestion,
        body?.kind,
      )
      reply.code(201)
      return { labels: labels.map(labelDocument), warnings: [...warnings] }
    },
  )
  server.post(
    '/api/tracks/:id/suggestions/:suggestion/reject',
    { schema: { tags: ['suggestions'], params: suggestionParams, response: { 200: done } } },
    async ({ params }) => {
      await app.labelling.suggestions.reject(String(params.id), params.suggestion)
      return { message: 'suggestion rejected' }
    },
  )
  server.get(
    '/api/tracks/:id/rejections',
    { schema: { tags: ['suggestions'], params: idParams, response: { 200: z.array(rejection) } } },
    async ({ params }) => (await app.labelling.suggestions.rejected(String(params.id))).map(rejectionDocument),
  )
  server.delete(
    '/api/tracks/:id/rejections/:rejection',
    { schema: { tags: ['suggestions'], params: rejectionParams, response: { 200: done } } },
    async ({ params }) => {
      await app.labelling.suggestions.restore(String(params.id), params.rejection)
      return { message: 'may be suggested again' }
    },
  )
}
