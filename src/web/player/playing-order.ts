import { client } from '../kit/client.ts'
import type { TrackSearch } from '../queries/use-tracks.ts'

export type PlayedTrack = { readonly id: number; readonly title: string }

/** The track before or after another in the list that playing began in; null at its ends. */
export type PlayingOrder = (trackId: number, direction: 1 | -1) => Promise<PlayedTrack | null>

/** As many rows as are asked for at once on the way to the one that plays. */
const PAGE_ROWS = 500

const pageAt = async (search: TrackSearch, offset: number) => {
  const { tracks, total } = await client.listTracks({ query: { ...search, limit: PAGE_ROWS, offset } })
  return { tracks, total }
}

/** The neighbour of an item in a list that comes page by page. @returns null where the list has none, or the item is not in it */
export const neighbourIn = async <Item extends { readonly id: number }>(
  page: (offset: number) => Promise<{ readonly tracks: readonly Item[]; readonly total: number }>,
  trackId: number,
  direction: 1 | -1,
): Promise<Item | null> => {
  let before: Item | null = null
  for (let offset = 0; ; offset += PAGE_ROWS) {
    const { tracks, total } = await page(offset)
    const at = tracks.findIndex(({ id }) => id === trackId)
    if (at !== -1) {
      if (direction === -1) return tracks[at - 1] ?? before
      return tracks[at + 1] ?? (await page(offset + PAGE_ROWS)).tracks[0] ?? null
    }
    before = tracks.at(-1) ?? before
    if (tracks.length === 0 || offset + tracks.length >= total) return null
  }
}

/** The order of the library as it is searched and sorted, asked for when it is needed: it may have changed since. */
export const orderOf =
  (search: TrackSearch): PlayingOrder =>
  (trackId, direction) =>
    neighbourIn((offset) => pageAt(search, offset), trackId, direction)
