import type { Track } from '../../core/library/track.ts'
import type { MatchingMoment } from '../../core/similarity/matching-moments.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { type TrackOverview, trackOverviewsOf } from '../collection/track-overview.ts'
import { type Likeness, type MixFilter, momentsOf } from './likeness.ts'
import { nearestSounds } from './nearest-sounds.ts'
import type { SoundIndex } from './sound-index.ts'

/** A track that sounds like another, and whether the two mix. */
export type SimilarTrack = Likeness & {
  readonly track: TrackOverview
  /** Standard deviations of the library; 0 is the same, about 1.4 is usual. */
  readonly distance: number
  /** Share of the other tracks, 0 to 1, that are further away. */
  readonly score: number
  /** Seconds of the two that sound alike; null where they were not asked for, or no network has heard both. */
  readonly moments: readonly MatchingMoment[] | null
}

export type SimilarOptions = MixFilter & {
  /** @default 20 */
  readonly limit?: number | undefined
  /** Whether to tell which seconds sound alike. @default false */
  readonly moments?: boolean | undefined
}

/** What comparing the sounds of a library takes. */
export type ComparedSounds = { readonly store: Store; readonly pool: TaskRunner; readonly index: SoundIndex }

/** @throws ANALYSIS_REQUIRED while the track has no vector of its present grid */
export const similarTracks = async (
  { store, pool, index }: ComparedSounds,
  track: Track,
  { moments: wantsMoments = false, ...options }: SimilarOptions = {},
): Promise<readonly SimilarTrack[]> => {
  const measured = await index.measure('tracks', ({ trackId }) => trackId === track.id)
  if (measured === null)
    throw new UserError('ANALYSIS_REQUIRED', `Track ${track.id} can be compared once it is analysed.`)
  const [own] = trackOverviewsOf(store, [track.id])
  const nearest = nearestSounds(store, own!, { ...measured, ...options, except: new Set([measured.from]) })
  const ids = nearest.map((near) => near.track.id)
  const moments = wantsMoments ? await momentsOf({ store, pool }, track.id, ids) : ids.map(() => null)
  return nearest.map(({ track: other, distance, score, likeness }, at) => ({
    track: other,
    distance,
    score,
    ...likeness,
    moments: moments[at]!,
  }))
}
