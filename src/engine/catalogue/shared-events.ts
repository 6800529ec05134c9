import type { Connection } from '../../platform/catalogue/connect.ts'
import { isPassing } from '../../platform/catalogue/connection-errors.ts'
import {
  ASKED_EVERY_MS,
  type EventRow,
  eventRange,
  eventsAfter,
  forgetEvents,
  listen,
} from '../../platform/catalogue/event-rows.ts'
import type { EventActions } from '../kit/event-actions.ts'
import type { AppEvent, EventReplay, LoggedEvent } from '../kit/event-log.ts'
import type { People } from './people.ts'

/** Whoever missed more loads everything anew. */
const MOST_REPLAYED = 2000
const AGAIN_MS = 1000
/** Nobody catches up with more than this by single events. */
const KEPT_DAYS = 7
const FORGET_EVERY_MS = 3600_000

type Listener = { readonly teamId: number; tell: (event: LoggedEvent) => void }

export type SharedEvents = EventActions & { readonly close: () => void }

const toLogged = ({ id, at, event }: EventRow): LoggedEvent => ({ id, at: at.toISOString(), event: event as AppEvent })

/**
 * Events of all servers and workers of a catalogue, told as they become visible. The database says only that there is something new; what
 * it is stands in rows, so that nothing is lost while a connection was cut.
 */
export const sharedEvents = (
  connection: Pick<Connection, 'sql' | 'session'>,
  people: Pick<People, 'current'>,
  { askedEveryMs = ASKED_EVERY_MS }: { readonly askedEveryMs?: number } = {},
): SharedEvents => {
  const { sql } = connection
  const listeners = new Set<Listener>()
  const concerns = (row: EventRow, teamId: number): boolean => row.teamId === null || row.teamId === teamId
  let told = 0
  let hasBegun = false
  let isClosed = false
  let stop: (() => void) | null = null
  let reading = Promise.resolve()
  let opening: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  const forget = (): void =>
    void forgetEvents(sql, KEPT_DAYS).catch((error: unknown) => {
      // The next hour tries again.
      if (!isPassing(error)) throw error
    })
  const forgetting = setInterval(forget, FORGET_EVERY_MS).unref()

  const readNew = async (): Promise<void> => {
    for (;;) {
      const rows = await eventsAfter(sql, told, MOST_REPLAYED)
      for (const row of rows) {
        told = row.id
        for (const { teamId, tell } of [...listeners]) if (concerns(row, teamId)) tell(toLogged(row))
      }
      if (rows.length < MOST_REPLAYED) return
    }
  }
  /** One reading after the other, so that nothing is told twice. */
  const tellNew = (): Promise<void> => {
    reading = reading.then(readNew).catch((error: unknown) => {
      if (isClosed) return
      if (!isPassing(error)) throw error
      again()
    })
    return reading
  }
  const again = (): void => {
    if (isClosed) return
    clearTimeout(timer)
    // Where it still listens, only the reading failed.
    timer = setTimeout(() => void open().then(tellNew, again), AGAIN_MS)
    timer.unref()
  }
  const start = async (): Promise<void> => {
    stop = await listen(connection, {
      askedEveryMs,
      onEvent: () => void tellNew(),
      onEnd: () => {
        opening = null
        again()
      },
    })
    // In a new catalogue the last event is 0; what comes while the line is cut must be told all the same.
    if (!hasBegun) told = (await eventRange(sql)).last
    hasBegun = true
    await tellNew()
  }
  const open = (): Promise<void> => {
    opening ??= start().catch((error: unknown) => {
      opening = null
      throw error
    })
    return opening
  }
  const missedSince = async (
    id: number,
    teamId: number,
  ): Promise<{ readonly replay: EventReplay; readonly upTo: number }> => {
    const { first, last } = await eventRange(sql)
    const rows = await eventsAfter(sql, id, MOST_REPLAYED + 1)
    const complete = id >= first - 1 && id <= last && rows.length <= MOST_REPLAYED
    return {
      replay: { events: rows.filter((row) => concerns(row, teamId)).map(toLogged), complete },
      upTo: rows.at(-1)?.id ?? Math.min(id, last),
    }
  }
  return {
    follow: async (after, tell) => {
      const { teamId } = people.current()
      await open()
      const early: LoggedEvent[] = []
      const listener: Listener = { teamId, tell: (event) => void early.push(event) }
      listeners.add(listener)
      const missed = after === null ? null : await missedSince(after, teamId)
      const lastId = missed?.upTo ?? told
      listener.tell = tell
      // What came while the rows were read may stand in them already.
      for (const event of early) if (event.id > lastId) tell(event)
      return { missed: missed?.replay ?? null, lastId, stop: () => listeners.delete(listener) }
    },
    since: async (id) => (await missedSince(id, people.current().teamId)).replay,
    lastId: async () => (await eventRange(sql)).last,
    close: () => {
      isClosed = true
      clearTimeout(timer)
      clearInterval(forgetting)
      stop?.()
    },
  }
}
