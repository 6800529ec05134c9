import type { OutgoingHttpHeaders } from 'node:http'
import { eventOperations } from '../operations/events.ts'
import { routesOf } from '../routes-of.ts'
import { streamEvents } from '../stream-events.ts'

export const eventRoutes = routesOf(eventOperations)(({ events }) => ({
  events: async ({ query, headers }, reply) => {
    const given = headers['last-event-id']
    const sent = typeof given === 'string' && /^\d{1,16}$/.test(given) ? Number(given) : null
    reply.hijack()
    reply.header('content-type', 'text/event-stream; charset=utf-8')
    // Fastify's headers may be lists of numbers, which Node's may not; none here is.
    reply.raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders)
    await streamEvents(reply.raw, events, sent ?? query.last_event_id ?? null)
    return reply
  },
}))
