import type { EventLog, EventReplay, Following, LoggedEvent } from './event-log.ts'

/** What has happened in the library, and what happens. */
export type EventActions = {
  /** What came after an event, and then all that happens, without a gap. @param after null: only what happens from now on */
  readonly follow: (after: number | null, listener: (event: LoggedEvent) => void) => Promise<Following>
  readonly since: (id: number) => Promise<EventReplay>
  /** The id of the newest event, or the one before the first. */
  readonly lastId: () => Promise<number>
}

export const eventActions = (log: EventLog): EventActions => ({
  follow: async (after, listener) => log.follow(after, listener),
  since: async (id) => log.since(id),
  lastId: async () => log.lastId(),
})
