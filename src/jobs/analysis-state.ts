import type { Track } from '../library/track.ts'
import type { Analysis } from '../store/analysis-store.ts'
import type { GridVersion } from '../store/grid-store.ts'
import type { Store } from '../store/store.ts'
import { type StaleReason, staleReason } from './stale.ts'

/** What is recorded about a track, and whether it still holds. */
export type AnalysisStatus = {
  readonly track: Track
  readonly grid: GridVersion | null
  readonly analysis: Analysis | null
  readonly stale: StaleReason | null
}

const statusOf = (
  store: Store,
  featureSpecDigest: string,
  { track, grid, analysis }: Omit<AnalysisStatus, 'stale'>,
): AnalysisStatus => ({
  track,
  grid,
  analysis,
  stale: staleReason(
    { audioDigest: track.audioDigest, gridDigest: grid?.digest ?? null, featureSpecDigest },
    analysis && { ...analysis, cached: store.features.has(analysis) },
  ),
})

export const analysisStatus = (store: Store, track: Track, featureSpecDigest: string): AnalysisStatus =>
  statusOf(store, featureSpecDigest, {
    track,
    grid: store.grids.current(track.id),
    analysis: store.analyses.get(track.id),
  })

export const allAnalysisStatus = (store: Store, featureSpecDigest: string): readonly AnalysisStatus[] => {
  const grids = store.grids.allCurrent()
  const analyses = store.analyses.list()
  return store.tracks.list().map((track) =>
    statusOf(store, featureSpecDigest, {
      track,
      grid: grids.get(track.id) ?? null,
      analysis: analyses.get(track.id) ?? null,
    }),
  )
}
