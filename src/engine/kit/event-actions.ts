import type { EventLog, EventReplay, Following, LoggedEvent } from './event-log.ts'

/** Events of the library, those of before and those to come. */
export type EventActions = {
  /** Replays what came after an event, then follows without a gap. @param after null to follow from now on */
  readonly follow: (after: number | null, listener: (event: LoggedEvent) => void) => Promise<Following>
  readonly since: (id: number) => Promise<EventReplay>
  /** The id of the newest event, or one less than the first. */
  readonly lastId: () => Promise<number>
}

export const eventActions = (log: EventLog): EventActions => ({
  follow: async (after, listener) => log.follow(after, listener),
  since: async (id) => log.since(id),
  lastId: async () => log.lastId(),
})
