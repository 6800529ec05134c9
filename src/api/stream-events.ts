import type { ServerResponse } from 'node:http'
import { type SnakeCased, snakeCase } from '../core/support/snake-case.ts'
import type { EventActions } from '../engine/kit/event-actions.ts'
import type { AppEvent, LoggedEvent } from '../engine/kit/event-log.ts'
import type { Job } from '../engine/kit/job.ts'
import type { LibraryJob } from '../job-definitions.ts'
import type { EventDocuments } from './operations/events.ts'
import { jobDocument } from './views/job-document.ts'

const HEARTBEAT_MS = 15_000
/** The client waits so long before it connects again. */
const RETRY_MS = 2000
/** What a client may leave unread before it is dropped; it comes back and catches up by the last id it saw. */
const MOST_UNREAD_BYTES = 1 << 20

/** What is sent for each event, by the engine's own types. */
type Sent = {
  readonly [Event in AppEvent as Event['type']]: { readonly at: string } & SnakeCased<
    Event extends { readonly job: Job } ? LibraryJob : Omit<Event, 'type'>
  >
}
/** Fails to compile where it is not what `operations/events.ts` describes. */
type AsDescribed<Events extends EventDocuments> = Events[keyof Events]

const documentOf = ({ at, event }: LoggedEvent): AsDescribed<Sent> => {
  if (event.type === 'job') return { at, ...jobDocument(event.job) }
  const { type: _, ...rest } = event
  return { at, ...snakeCase(rest) }
}

const format = (logged: LoggedEvent): string =>
  `id: ${logged.id}\nevent: ${logged.event.type}\ndata: ${JSON.stringify(documentOf(logged))}\n\n`

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
    void following.then(
      ({ stop }) => stop(),
      () => {},
    )
  })
  // Where nothing can be told the client must not wait for it: it comes back by itself.
  following.catch(() => response.destroy())
  const { missed, lastId: newest } = await following
  const replay = missed?.complete ? missed.events.map(format).join('') : null
  // After a reset the state must be loaded anew: what was missed is not all kept any more, or is too much to be read at once.
  if (replay !== null && Buffer.byteLength(replay) <= MOST_UNREAD_BYTES) send(replay)
  else send(`id: ${newest}\nevent: ${missed ? 'reset' : 'hello'}\ndata: {}\n\n`)
  tell = (event) => send(format(event))
  for (const event of early) tell(event)
}
