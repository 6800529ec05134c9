import { giveWay } from '../../core/support/give-way.ts'
import type { Store } from '../../platform/store/store.ts'
import type { TrackMeasures } from '../../platform/store/track-store.ts'
import { searchTrackIds } from '../collection/track-overview.ts'
import type { TrackSearch } from '../kit/resolve-search.ts'
import { titledTracks } from '../kit/titled-tracks.ts'
import { type SetRefusal, thinnedOut } from './set-pool.ts'

/** What a graph shows of a track; null is what is not known. */
export type GraphTrack = TrackMeasures & {
  readonly id: number
  readonly title: string
  readonly artist: string | null
  readonly genre: string | null
  /** What is heard in it for longest, of the kinds of music. */
  readonly tag: string | null
}

type Found = { readonly tracks: readonly GraphTrack[]; readonly refusals: readonly SetRefusal[] }

/** A graph of so many takes half a minute and some hundred megabytes. */
const MOST_GRAPH_TRACKS = 20_000
/** The group of tags that name music and not a sound. */
const MUSIC = 'music'
/** So many tracks take some ten milliseconds, after which other work gets its turn; of a library that is read meanwhile, a turn is as long. */
const AT_ONCE = 2000

const readTracks = (
  store: Store,
  ids: readonly number[],
  measures: ReadonlyMap<number, TrackMeasures>,
): readonly GraphTrack[] => {
  const tags = store.hearing.mainTags(ids, MUSIC)
  return titledTracks(store, ids).flatMap(({ id, title, tags: { artist, genre } }) => {
    const measured = measures.get(id)
    return measured === undefined ? [] : [{ id, title, artist, genre, tag: tags.get(id) ?? null, ...measured }]
  })
}

/** The tracks that fit in the order of their ids, so that the same tracks give the same graph however they were found. */
export const graphTracks = async (store: Store, filter: TrackSearch = {}): Promise<Found> => {
  const measures = store.tracks.measures()
  await giveWay()
  const all = searchTrackIds(store, { standing: 'present', ...filter })
  const { ids, refusals } = thinnedOut(measures, all, { kept: new Set(), most: MOST_GRAPH_TRACKS })
  await giveWay()
  const sorted = ids.toSorted((one, other) => one - other)
  const tracks: GraphTrack[] = []
  for (let at = 0; at < sorted.length; at += AT_ONCE) {
    tracks.push(...readTracks(store, sorted.slice(at, at + AT_ONCE), measures))
    await giveWay()
  }
  return { tracks, refusals }
}
