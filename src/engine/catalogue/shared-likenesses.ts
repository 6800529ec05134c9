import { readTags } from '../../platform/catalogue/sound-rows.ts'
import type { TrackOverview } from '../collection/track-overview.ts'
import { type Likeness, likenedTags, likenessOf } from '../sounds/likeness.ts'
import { type Asking, sharedOverviews } from './shared-tracks.ts'

/** So many of what is likest are told where nobody says how many. */
export const NEAREST_LIMIT = 20

/** What a track has in common with some others; those that are not there any more are missing. */
export const sharedLikenesses = async (
  asking: Asking,
  own: TrackOverview,
  ids: readonly number[],
): Promise<ReadonlyMap<number, { readonly track: TrackOverview; readonly likeness: Likeness }>> => {
  const [others, tags] = await Promise.all([
    sharedOverviews(asking, ids),
    readTags(asking.sql, [...new Set([own.id, ...ids])]),
  ])
  const heardIn = (id: number): ReadonlyMap<string, number> => likenedTags(tags.get(id) ?? [])
  const ofOwn = heardIn(own.id)
  return new Map(
    others.map((track) => [track.id, { track, likeness: likenessOf(own, track, [ofOwn, heardIn(track.id)]) }]),
  )
}
