import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import type { App } from '../../app.ts'
import type { AppEvent, LoggedEvent } from '../../jobs/event-log.ts'
import { snakeCase } from '../../support/snake-case.ts'
import type { ApiServer } from '../server.ts'

const HEARTBEAT_MS = 15_000
/** The client waits so long before it connects again. */
const RETRY_MS = 2000
/** What a client may leave unread before it is dropped; it comes back and catches up by the last id it saw. */
const MOST_UNREAD_BYTES = 1 << 20

const documentOf = ({ type, ...rest }: AppEvent): unknown => snakeCase('job' in rest ? rest.job : rest)

const format = ({ id, at, event }: LoggedEvent): string =>
  `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify({ at, ...(documentOf(event) as object) })}\n\n`

const stream = (response: ServerResponse, events: App['events'], lastId: number | null): void => {
  const send = (text: string): void => {
    if (response.writableLength > MOST_UNREAD_BYTES) response.destroy()
    else response.write(text)
  }
  const heartbeat = setInterval(() => send(': here\n\n'), HEARTBEAT_MS)
  const unsubscribe = events.subscribe((event) => send(format(event)))
  response.on('close', () => {
    clearInterval(heartbeat)
    unsubscribe()
  })
  send(`retry: ${RETRY_MS}\n\n`)
  const missed = lastId === null ? null : events.since(lastId)
  // After a reset the state must be loaded anew: some of what was missed is not kept any more.
  if (missed?.complete) for (const event of missed.events) send(format(event))
  else send(`id: ${events.lastId()}\nevent: ${missed ? 'reset' : 'hello'}\ndata: {}\n\n`)
}

export const eventRoutes = (server: ApiServer, app: App): void => {
  server.get(
    '/api/events',
    {
      schema: {
        tags: ['events'],
        description: 'Server-sent events: job, scan, analysis, sections, grid, labels, models, roots; hello and reset.',
        querystring: z.strictObject({ last_event_id: z.coerce.number().int().min(0).optional() }),
        response: { 200: z.any() },
      },
    },
    (request, reply) => {
      const given = request.headers['last-event-id']
      const sent = typeof given === 'string' && /^\d{1,16}$/.test(given) ? Number(given) : null
      reply.hijack()
      reply.raw.writeHead(200, { ...reply.getHeaders(), 'content-type': 'text/event-stream; charset=utf-8' } as never)
      stream(reply.raw, app.events, sent ?? request.query.last_event_id ?? null)
    },
  )
}
