import { compatibleKeys } from '../library/compatible-keys.ts'
import type { Track } from '../library/track.ts'
import { nearestTracks } from '../similarity/nearest-tracks.ts'
import { tempoDifferencePercent } from '../similarity/tempo-difference.ts'
import { trackVector, trackVectorSpecString } from '../similarity/track-vector.ts'
import { digestOf } from '../store/digest.ts'
import type { Store } from '../store/store.ts'
import { UserError } from '../support/user-error.ts'
import type { AnalysisStatus } from './analysis-state.ts'
import { type TrackOverview, trackOverviewsOf } from './track-overview.ts'

/** A track that sounds like another, and whether the two mix. */
export type SimilarTrack = {
  readonly track: TrackOverview
  /** In standard deviations of the library; 0 is the same, about 1.4 usual. */
  readonly distance: number
  /** At the nearest octave; positive where this track is faster. Null while a tempo is unknown. */
  readonly tempoDifferencePercent: number | null
  /** Null when a key is unknown. */
  readonly keyCompatible: boolean | null
}

/** Of the vectors that this version computes. */
export const currentVectorSpecDigest = (): string => digestOf(trackVectorSpecString())

/** Makes the vector of a track that was analysed before this kind of vector was, where its features are still there. */
export const fillTrackVector = (
  store: Store,
  { track, analysis }: Pick<AnalysisStatus, 'track' | 'analysis'>,
): void => {
  if (analysis === null) return
  const key = { trackId: track.id, gridDigest: analysis.gridDigest, specDigest: currentVectorSpecDigest() }
  if (store.vectors.has(key)) return
  const features = store.features.read(analysis)
  if (features !== null) store.vectors.put(key, trackVector(features))
}

/** @throws ANALYSIS_REQUIRED while the track has no vector of its present grid */
export const similarTracks = (
  store: Store,
  track: Track,
  { limit = 20 }: { readonly limit?: number | undefined } = {},
): readonly SimilarTrack[] => {
  const { trackIds, ...vectors } = store.vectors.current(currentVectorSpecDigest())
  const to = trackIds.indexOf(track.id)
  if (to < 0) throw new UserError('ANALYSIS_REQUIRED', `Track ${track.id} is compared once it is analysed.`)
  const neighbours = nearestTracks(vectors, { to, count: limit })
  const [own, ...others] = trackOverviewsOf(store, [track.id, ...neighbours.map(({ row }) => trackIds[row]!)])
  return others.map((other, index) => ({
    track: other,
    distance: neighbours[index]!.distance,
    tempoDifferencePercent:
      own!.tempoBpm === null || other.tempoBpm === null ? null : tempoDifferencePercent(own!.tempoBpm, other.tempoBpm),
    keyCompatible:
      own!.camelot === null || other.camelot === null
        ? null
        : (compatibleKeys(own!.camelot)?.includes(other.camelot) ?? null),
  }))
}
