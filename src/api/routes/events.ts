import type { OutgoingHttpHeaders } from 'node:http'
import { eventOperations } from '../operations/events.ts'
import { routesOf } from '../routes-of.ts'
import { streamEvents } from '../stream-events.ts'

export const eventRoutes = routesOf(eventOperations)(({ events }) => ({
  events: async ({ query, headers }, reply) => {
    const given = headers['last-event-id']
    // An id that no event had is before all that is kept: the client is told to load anew.
    const sent = given === undefined || given === '' ? null : /^\d{1,16}$/.test(String(given)) ? Number(given) : -1
    reply.hijack()
    reply.header('content-type', 'text/event-stream; charset=utf-8')
    // Fastify's headers may be lists of numbers, which Node's may not; none here is.
    reply.raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders)
    // Whoever asks for the head alone would wait for the end, which never comes.
    if (reply.request.method === 'HEAD') {
      reply.raw.end()
      return reply
    }
    await streamEvents(reply.raw, events, sent ?? query.last_event_id ?? null)
    return reply
  },
}))
