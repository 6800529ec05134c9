import { presentLocation, trackTitle } from '../library/track.ts'
import type { Store } from '../store/store.ts'
import { type AnalysisStatus, allAnalysisStatus } from './analysis-state.ts'
import { currentFeatureSpecDigest } from './feature-spec-digest.ts'
import { mainTempo } from './main-tempo.ts'

type TrackState = 'ok' | 'stale' | 'not analysed' | 'failed' | 'missing' | 'offline'

/** A line of the track list; null is what was not analysed. */
export type TrackOverview = {
  readonly id: number
  readonly title: string
  readonly artist: string | null
  readonly path: string | null
  readonly durationSeconds: number | null
  readonly tempoBpm: number | null
  readonly key: string | null
  readonly camelot: string | null
  readonly energy: number | null
  readonly loudnessLufs: number | null
  readonly labels: number
  readonly state: TrackState
  /** Why the last analysis failed. */
  readonly failure: { readonly code: string; readonly detail: string } | null
}

const stateOf = ({ track, stale }: AnalysisStatus, failed: boolean): TrackState => {
  const place = presentLocation(track)
  if (place === null) return track.locations.some(({ offline }) => offline) ? 'offline' : 'missing'
  if (stale === null) return 'ok'
  if (failed) return 'failed'
  return stale === 'not analysed' ? 'not analysed' : 'stale'
}

export const trackOverviews = (store: Store): readonly TrackOverview[] => {
  const failures = store.analyses.failures()
  const labelCounts = Map.groupBy(store.labels.list(), ({ trackId }) => trackId)
  return allAnalysisStatus(store, currentFeatureSpecDigest()).map((status) => {
    const { track, grid, analysis } = status
    const failure = failures.get(track.id) ?? null
    return {
      id: track.id,
      title: trackTitle(track),
      artist: track.tags.artist,
      path: track.locations[0]?.path ?? null,
      durationSeconds: analysis?.durationSeconds ?? null,
      tempoBpm: grid ? mainTempo(grid.grid) : null,
      key: analysis?.facts.key ?? null,
      camelot: analysis?.facts.camelot ?? null,
      energy: analysis?.facts.energy ?? null,
      loudnessLufs: analysis?.facts.loudnessLufs ?? null,
      labels: labelCounts.get(track.id)?.length ?? 0,
      state: stateOf(status, failure !== null),
      failure,
    }
  })
}
