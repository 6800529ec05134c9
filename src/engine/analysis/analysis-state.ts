import type { GridVersion } from '../../core/beats/grid-version.ts'
import { type StaleReason, staleReason } from '../../core/library/stale.ts'
import type { Track } from '../../core/library/track.ts'
import { giveWay } from '../../core/support/give-way.ts'
import type { AnalysisSummary } from '../../platform/store/analysis-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'

/** What is recorded about a track, and whether it still holds. */
export type AnalysisStatus = {
  readonly track: Track
  readonly grid: GridVersion | null
  readonly analysis: AnalysisSummary | null
  readonly stale: StaleReason | null
}

/** What was made of features still holds after the cache was cleared. */
export const isStillTrue = (stale: StaleReason | null): boolean => stale === null || stale === 'cache is missing'

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
    analysis: store.analyses.summary(track.id),
  })

/** So many statuses take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 20

/**
 * Visits tracks one after the other and lets the event loop go on in between, since a library has thousands.
 * @param only these tracks; all where left out
 */
export const visitAnalysisStatus = async (
  store: Store,
  visit: (status: AnalysisStatus) => void,
  { only, signal }: { readonly only?: ReadonlySet<number> | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<void> => {
  const featureSpecDigest = currentFeatureSpecDigest()
  for (const [index, id] of (only ? [...only] : store.tracks.ids()).entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await giveWay()
    signal?.throwIfAborted()
    const track = store.tracks.get(id)
    if (track !== null) visit(analysisStatus(store, track, featureSpecDigest))
  }
}
