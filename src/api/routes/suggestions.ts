import { z } from 'zod'
import type { App } from '../../app.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { idParams } from '../operations/fields.ts'
import {
  acceptance,
  decided,
  done,
  rejection,
  rejectionParams,
  suggestion,
  suggestionParams,
  suggestionQuery,
} from '../operations/labels.ts'
import type { ApiServer } from '../server.ts'

export const suggestionRoutes = (server: ApiServer, app: App): void => {
  server.get(
    '/api/suggestions',
    { schema: { tags: ['suggestions'], querystring: suggestionQuery, response: { 200: z.array(suggestion) } } },
    ({ query }) =>
      snakeCase(
        app.suggestions.list({
          trackId: query.track_id,
          minConfidence: query.min_confidence,
          order: query.order,
          limit: query.limit,
        }),
      ) as z.infer<typeof suggestion>[],
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
    ({ params, body }, reply) => {
      const { labels, warnings } = app.suggestions.accept(String(params.id), params.suggestion, body?.kind)
      reply.code(201)
      return { labels: [...labels], warnings: [...warnings] }
    },
  )
  server.post(
    '/api/tracks/:id/suggestions/:suggestion/reject',
    { schema: { tags: ['suggestions'], params: suggestionParams, response: { 200: done } } },
    ({ params }) => {
      app.suggestions.reject(String(params.id), params.suggestion)
      return { message: 'suggestion rejected' }
    },
  )
  server.get(
    '/api/tracks/:id/rejections',
    { schema: { tags: ['suggestions'], params: idParams, response: { 200: z.array(rejection) } } },
    ({ params }) => snakeCase(app.suggestions.rejected(String(params.id))) as z.infer<typeof rejection>[],
  )
  server.delete(
    '/api/tracks/:id/rejections/:rejection',
    { schema: { tags: ['suggestions'], params: rejectionParams, response: { 200: done } } },
    ({ params }) => {
      app.suggestions.restore(String(params.id), params.rejection)
      return { message: 'may be suggested again' }
    },
  )
}
