import { keepPreviousData, type UseQueryResult, useQueries, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { trackPage, trackQuery } from '../../api/operations/tracks.ts'
import { client } from '../kit/client.ts'
import { queryOf } from './query-of.ts'

export type TrackPage = z.output<typeof trackPage>
export type TrackRow = TrackPage['tracks'][number]
/** A search without its page. */
export type TrackSearch = Omit<z.input<typeof trackQuery>, 'limit' | 'offset'>

export const PAGE_ROWS = 100

const pageQuery = (search: TrackSearch, page: number) =>
  ({
    ...queryOf('listTracks', { query: { ...search, limit: PAGE_ROWS, offset: page * PAGE_ROWS } }),
    placeholderData: keepPreviousData,
  }) as const

/** How many tracks there are in all. */
export const useTrackCount = (search: TrackSearch): UseQueryResult<TrackPage> => useQuery(pageQuery(search, 0))

/** The rows of the pages from `first` to `last`; a row that has not arrived is null. */
export const useTrackRows = (
  search: TrackSearch,
  { first, last }: { readonly first: number; readonly last: number },
): ((index: number) => TrackRow | null) => {
  const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  const pages = useQueries({ queries: numbers.map((page) => pageQuery(search, page)) })
  return (index) => {
    const page = pages[Math.floor(index / PAGE_ROWS) - first]
    if (!page?.data || (page.isPlaceholderData && page.data.offset !== Math.floor(index / PAGE_ROWS) * PAGE_ROWS))
      return null
    return page.data.tracks[index % PAGE_ROWS] ?? null
  }
}

/** The most that the server gives at once. */
const MOST_ROWS = 500

/** The ids of the rows from one to another, both included, also of those that were never in view. */
export const readTrackIds = async (
  search: TrackSearch,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly number[]> => {
  const ids: number[] = []
  for (let offset = from; offset <= to; offset += MOST_ROWS) {
    const limit = Math.min(MOST_ROWS, to - offset + 1)
    const { tracks } = await client.listTracks({ query: { ...search, limit, offset } })
    ids.push(...tracks.map(({ id }) => id))
  }
  return ids
}
