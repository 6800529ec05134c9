import type { ServerResponse } from 'node:http'
import { snakeCase } from '../core/support/snake-case.ts'
import type { AppEvent, EventLog, LoggedEvent } from '../engine/kit/event-log.ts'

const HEARTBEAT_MS = 15_000
/** The client waits so long before it connects again. */
const RETRY_MS = 2000
/** What a client may leave unread before it is dropped; it comes back and catches up by the last id it saw. */
const MOST_UNREAD_BYTES = 1 << 20

const documentOf = ({ type, ...rest }: AppEvent): unknown => snakeCase('job' in rest ? rest.job : rest)

const format = ({ id, at, event }: LoggedEvent): string =>
  `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify({ at, ...(documentOf(event) as object) })}\n\n`

/** Tells a client of server-sent events all that happens from now on, after what it missed since `lastId`. */
export const streamEvents = (
  response: ServerResponse,
  events: Omit<EventLog, 'append'>,
  lastId: number | null,
): void => {
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
