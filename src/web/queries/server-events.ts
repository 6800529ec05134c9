import type { QueryClient } from '@tanstack/react-query'
import { create } from 'zustand'
import { addressOf } from '../../api/operations/client.ts'
import { EVENT_TYPES, type EventType } from '../../api/operations/event-types.ts'
import { type EventDocuments, eventDocuments } from '../../api/operations/events.ts'
import { comeToFront } from '../kit/come-to-front.ts'
import { useGraphProgress } from './graph-progress.ts'
import { keysStaleAfter, makeStale } from './make-stale.ts'

/** `quit`: somebody has ended Algiers, so that nothing is wrong; `erased`: and has deleted the library. */
type Connection = 'connecting' | 'open' | 'lost' | 'quit' | 'erased'
/** Whether events reach this page: while they do not, it says that what it shows may be old. */
export const useConnection = create<{ readonly connection: Connection }>(() => ({ connection: 'connecting' }))

const hasEnded = (connection: Connection): boolean => connection === 'quit' || connection === 'erased'

export const noteQuit = (isErased = false): void => useConnection.setState({ connection: isErased ? 'erased' : 'quit' })

const tracksOf = (event: EventDocuments[EventType]): readonly number[] => {
  if ('track_ids' in event) return event.track_ids
  return 'track_id' in event ? [event.track_id] : []
}

/** Many events come at once while a library is read, so what they make stale is fetched in batches. */
const GATHER_MS = 250

const gatherStale = (queries: QueryClient): ((key: readonly unknown[]) => void) => {
  const stale = new Map<string, readonly unknown[]>()
  const ask = (): void => {
    void makeStale(queries, [...stale.values()])
    stale.clear()
  }
  return (key) => {
    if (stale.size === 0) setTimeout(ask, GATHER_MS)
    stale.set(JSON.stringify(key), key)
  }
}

/**
 * Keeps every query true as long as the page lives: the server says what changed, and the page fetches what it shows of it again. To be
 * called before anything is asked for, as what changes between an answer and the first event would be missed.
 */
export const followServerEvents = (queries: QueryClient): void => {
  const source = new EventSource(addressOf('events'))
  const addStale = gatherStale(queries)
  let wasLost = false
  for (const type of EVENT_TYPES)
    source.addEventListener(type, ({ data }: MessageEvent<string>) => {
      const event = eventDocuments[type].safeParse(JSON.parse(data))
      // A server of another version may say it otherwise: what changed is unknown then, so all is asked for again.
      if (event.success && type === 'graph')
        useGraphProgress.setState({ progress: event.data as EventDocuments['graph'] })
      for (const key of event.success ? keysStaleAfter(type, tracksOf(event.data)) : [[]]) addStale(key)
    })
  source.addEventListener('front', ({ data }: MessageEvent<string>) => void comeToFront(JSON.parse(data).ask))
  source.addEventListener('quit', ({ data }: MessageEvent<string>) => noteQuit(JSON.parse(data).erasing))
  source.addEventListener('reset', () => void queries.invalidateQueries())
  source.onopen = () => {
    // Algiers may have been updated meanwhile, and the page with it.
    if (hasEnded(useConnection.getState().connection)) return location.reload()
    if (wasLost) void queries.invalidateQueries()
    wasLost = false
    useConnection.setState({ connection: 'open' })
  }
  source.onerror = () => {
    wasLost = true
    useConnection.setState(({ connection }) => ({ connection: hasEnded(connection) ? connection : 'lost' }))
  }
}
