import type { ServerResponse } from 'node:http'
import { snakeCase } from '../core/support/snake-case.ts'
import type { EventActions } from '../engine/kit/event-actions.ts'
import type { AppEvent, LoggedEvent } from '../engine/kit/event-log.ts'

const HEARTBEAT_MS = 15_000
/** The client waits so long before it connects again. */
const RETRY_MS = 2000
/** What a client may leave unread before it is dropped; it comes back and catches up by the last id it saw. */
const MOST_UNREAD_BYTES = 1 << 20

const documentOf = ({ type, ...rest }: AppEvent): unknown => snakeCase('job' in rest ? rest.job : rest)

const format = ({ id, at, event }: LoggedEvent): string =>
  `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify({ at, ...(documentOf(event) as object) })}\n\n`

/** Tells a client of server-sent events all that happens from now on, after what it missed since `lastId`. */
export const streamEvents = async (
  response: ServerResponse,
  events: Pick<EventActions, 'follow'>,
  lastId: number | null,
): Promise<void> => {
  const send = (text: string): void => {
    if (response.writableLength > MOST_UNREAD_BYTES) response.destroy()
    else response.write(text)
  }
  send(`retry: ${RETRY_MS}\n\n`)
  const heartbeat = setInterval(() => send(': here\n\n'), HEARTBEAT_MS)
  // What happens before the replay is written comes after it.
  const early: LoggedEvent[] = []
  let tell = (event: LoggedEvent): void => void early.push(event)
  const following = events.follow(lastId, (event) => tell(event))
  response.on('close', () => {
    clearInterval(heartbeat)
    void following.then(({ stop }) => stop())
  })
  const { missed, lastId: newest } = await following
  // After a reset the state must be loaded anew: some of what was missed is not kept any more.
  if (missed?.complete) for (const event of missed.events) send(format(event))
  else send(`id: ${newest}\nevent: ${missed ? 'reset' : 'hello'}\ndata: {}\n\n`)
  tell = (event) => send(format(event))
  for (const event of early) tell(event)
}
