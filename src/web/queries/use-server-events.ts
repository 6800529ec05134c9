import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { create } from 'zustand'
import { keys } from './query-keys.ts'

type Connection = 'connecting' | 'open' | 'lost'
/** Whether events reach this page: while they do not, it says that what it shows may be old. */
export const useConnection = create<{ readonly connection: Connection }>(() => ({ connection: 'connecting' }))

type ServerEvent = { readonly track_id?: number; readonly track_ids?: readonly number[] }

/** The queries that an event makes stale. */
const STALE_AFTER: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  job: [keys.jobs, keys.trainings],
  scan: [keys.tracks, keys.roots, keys.health],
  analysis: [keys.tracks, keys.health, keys.labelQuality],
  sections: [keys.tracks, keys.suggestions, keys.sections],
  grid: [keys.tracks, keys.labels, keys.sections],
  labels: [keys.tracks, keys.labels, keys.suggestions],
  suggestions: [keys.suggestions],
  models: [keys.models, keys.suggestions, keys.health],
  roots: [keys.roots, keys.tracks, keys.health],
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
    const source = new EventSource('/api/events')
    const staleness = createStaleness(queries)
    let wasLost = false
    for (const [type, stale] of Object.entries(STALE_AFTER))
      source.addEventListener(type, ({ data }: MessageEvent<string>) => {
        const event = JSON.parse(data) as ServerEvent
        for (const key of stale) staleness.add(key)
        for (const id of event.track_ids ?? (event.track_id === undefined ? [] : [event.track_id]))
          staleness.add(keys.track(id))
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
