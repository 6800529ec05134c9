import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { create } from 'zustand'
import { addressOf } from '../../api/operations/client.ts'
import { EVENT_TYPES, type EventType } from '../../api/operations/event-types.ts'
import { type EventDocuments, eventDocuments } from '../../api/operations/events.ts'
import { keysStaleAfter } from './make-stale.ts'

type Connection = 'connecting' | 'open' | 'lost'
/** Whether events reach this page: while they do not, it says that what it shows may be old. */
export const useConnection = create<{ readonly connection: Connection }>(() => ({ connection: 'connecting' }))

const tracksOf = (event: EventDocuments[EventType]): readonly number[] => {
  if ('track_ids' in event) return event.track_ids
  return 'track_id' in event ? [event.track_id] : []
}

/** Many events come at once while a library is read, so what they make stale is fetched in batches. */
const GATHER_MS = 250

const createStaleness = (queries: QueryClient): { add: (key: readonly unknown[]) => void; close: () => void } => {
  const stale = new Map<string, readonly unknown[]>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const ask = (): void => {
    timer = undefined
    for (const queryKey of stale.values()) void queries.invalidateQueries({ queryKey })
    stale.clear()
  }
  return {
    add: (key) => {
      stale.set(JSON.stringify(key), key)
      timer ??= setTimeout(ask, GATHER_MS)
    },
    close: () => clearTimeout(timer),
  }
}

/** Keeps every query true: the server says what changed, and the page fetches what it shows of it again. */
export const useServerEvents = (): void => {
  const queries = useQueryClient()
  useEffect(() => {
    const source = new EventSource(addressOf('events'))
    const staleness = createStaleness(queries)
    let wasLost = false
    for (const type of EVENT_TYPES)
      source.addEventListener(type, ({ data }: MessageEvent<string>) => {
        const event = eventDocuments[type].safeParse(JSON.parse(data))
        // A server of another version may say it otherwise: what changed is unknown then, so all is asked for again.
        for (const key of event.success ? keysStaleAfter(type, tracksOf(event.data)) : [[]]) staleness.add(key)
      })
    source.addEventListener('reset', () => void queries.invalidateQueries())
    source.onopen = () => {
      if (wasLost) void queries.invalidateQueries()
      wasLost = false
      useConnection.setState({ connection: 'open' })
    }
    source.onerror = () => {
      wasLost = true
      useConnection.setState({ connection: 'lost' })
    }
    return () => {
      source.close()
      staleness.close()
    }
  }, [queries])
}
