import { client } from '../kit/client.ts'
import type { TrackRow, TrackSearch } from '../queries/use-tracks.ts'

export type PlayedTrack = { readonly id: number; readonly title: string }

/** The track before or after another in the list that playing began in; null at its ends. */
export type PlayingOrder = (trackId: number, direction: 1 | -1) => Promise<PlayedTrack | null>

/** As many rows as are asked for at once on the way to the one that plays. */
const PAGE_ROWS = 500

const pageAt = async (search: TrackSearch, offset: number) => {
  const { tracks, total } = await client.listTracks({ query: { ...search, limit: PAGE_ROWS, offset } })
  return { tracks, total }
}

type Listed = Pick<TrackRow, 'id' | 'state'>

/** A file that is broken or out of reach would only stop the music. */
const canPlay = ({ state }: Listed): boolean => !['failed', 'missing', 'offline'].includes(state)

/**
 * The neighbour of an item in a list that comes page by page, past what cannot be played.
 * @returns null where the list ends, undefined where the item is not in it
 */
export const neighbourIn = async <Item extends Listed>(
  page: (offset: number) => Promise<{ readonly tracks: readonly Item[]; readonly total: number }>,
  trackId: number,
  direction: 1 | -1,
): Promise<Item | null | undefined> => {
  let before: Item | null = null
  let isPassed = false
  for (let offset = 0; ; offset += PAGE_ROWS) {
    const { tracks, total } = await page(offset)
    for (const item of tracks) {
      if (item.id === trackId) {
        if (direction === -1) return before
        isPassed = true
      } else if (canPlay(item)) {
        if (isPassed) return item
        before = item
      }
    }
    if (tracks.length === 0 || offset + tracks.length >= total) return isPassed ? null : undefined
  }
}

/** The order of a list as it is searched and sorted, asked for when it is needed: it may have changed since; else that of a wider one. */
export const orderOf =
  (search: TrackSearch, wider?: TrackSearch): PlayingOrder =>
  async (trackId, direction) => {
    const found = await neighbourIn((offset) => pageAt(search, offset), trackId, direction)
    if (found !== undefined || wider === undefined) return found ?? null
    return (await neighbourIn((offset) => pageAt(wider, offset), trackId, direction)) ?? null
  }
