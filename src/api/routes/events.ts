import { z } from 'zod'
import type { App } from '../../app.ts'
import { media } from '../contract/fields.ts'
import type { ApiServer } from '../server.ts'
import { streamEvents } from '../stream-events.ts'

export const eventRoutes = (server: ApiServer, app: App): void => {
  server.get(
    '/api/events',
    {
      schema: {
        tags: ['events'],
        description:
          'Server-sent events: job, scan, analysis, sections, grid, labels, suggestions, models, roots; hello and reset.',
        querystring: z.strictObject({ last_event_id: z.coerce.number().int().min(0).optional() }),
        response: { 200: media('Events with ids, a comment now and then.', 'text/event-stream') },
      },
    },
    async (request, reply) => {
      const given = request.headers['last-event-id']
      const sent = typeof given === 'string' && /^\d{1,16}$/.test(given) ? Number(given) : null
      reply.hijack()
      reply.raw.writeHead(200, { ...reply.getHeaders(), 'content-type': 'text/event-stream; charset=utf-8' } as never)
      await streamEvents(reply.raw, app.events, sent ?? request.query.last_event_id ?? null)
    },
  )
}
