import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { EventType } from '../../api/operations/event-types.ts'
import type { Operation } from '../../api/operations/operation.ts'
import { operations } from '../../api/operations/operations.ts'

const declared: readonly (readonly [string, Operation])[] = Object.entries(operations)

const keysOfTrack = (id: number): readonly QueryKey[] =>
  declared.filter(([, { staleAfter }]) => staleAfter?.includes('its track')).map(([name]) => [name, id])

/** The beginnings of the keys that an event makes stale. @param trackIds the tracks that it names */
export const keysStaleAfter = (type: EventType, trackIds: readonly number[]): readonly QueryKey[] => [
  ...declared.filter(([, { staleAfter }]) => staleAfter?.includes(type)).map(([name]) => [name]),
  ...trackIds.flatMap(keysOfTrack),
]

const fetchAgain = async (queries: QueryClient, queryKey: QueryKey): Promise<void> => {
  // An answer that is on its way is waited for, since the server works on it anyway; it may be of before the change.
  const isUnderWay = queries.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching' }).length > 0
  await queries.invalidateQueries({ queryKey }, { cancelRefetch: false })
  if (isUnderWay) await queries.invalidateQueries({ queryKey }, { cancelRefetch: false })
}

/** Fetches again what these keys begin. Resolved once it has arrived. */
export const makeStale = async (queries: QueryClient, keys: readonly QueryKey[]): Promise<void> => {
  await Promise.all(keys.map((queryKey) => fetchAgain(queries, queryKey)))
}

/** Fetches again what an event of this type makes stale, without waiting for it. Resolved once it has arrived. */
export const refreshAfter = (queries: QueryClient, type: EventType): Promise<void> =>
  makeStale(queries, keysStaleAfter(type, []))

/** Fetches again all that is shown of a track. Resolved once it has arrived. */
export const refreshTrack = (queries: QueryClient, id: number): Promise<void> => makeStale(queries, keysOfTrack(id))
