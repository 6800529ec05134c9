import { type Neighbour, nearestRows } from '../../core/similarity/nearest-rows.ts'
import type { Store } from '../../platform/store/store.ts'
import { type TrackOverview, trackOverviewsOf } from '../collection/track-overview.ts'
import { type Likeness, likenessesOf, type MixFilter, mixableQuery } from './likeness.ts'
import type { IndexedSound, MeasuredSounds } from './sound-index.ts'

type NearSound = Omit<Neighbour, 'row'> & {
  readonly sound: IndexedSound
  readonly track: TrackOverview
  readonly likeness: Likeness
}

export type NearestSoundsOptions = MixFilter & {
  /** @default 20 */
  readonly limit?: number | undefined
  /** Rows that are left out and do not count. */
  readonly except: ReadonlySet<number>
}

/** The nearest of the measured sounds that mix with a track and are as near as the settings ask. */
export const nearestSounds = (
  store: Store,
  own: TrackOverview,
  { rows, distances, limit = 20, except, ...filter }: Pick<MeasuredSounds, 'rows' | 'distances'> & NearestSoundsOptions,
): readonly NearSound[] => {
  const query = mixableQuery(own, filter)
  const mixable = query && store.sounds.mixable(query)
  const missing = new Set(store.presence.missingIds())
  const { minSimilarityThreshold: leastScore } = store.settings.all()
  const nearest = nearestRows(distances, {
    count: limit,
    except,
    isWanted: (row) => !missing.has(rows[row]!.trackId) && (mixable?.has(rows[row]!.trackId) ?? true),
    // A track that was taken away while distances were measured is left out.
  }).filter(({ row, score }) => score >= leastScore && store.tracks.get(rows[row]!.trackId) !== null)
  const tracks = trackOverviewsOf(
    store,
    nearest.map(({ row }) => rows[row]!.trackId),
  )
  const likenesses = likenessesOf(store, own, tracks)
  return nearest.map(({ row, ...near }, at) => ({
    ...near,
    sound: rows[row]!,
    track: tracks[at]!,
    likeness: likenesses[at]!,
  }))
}
