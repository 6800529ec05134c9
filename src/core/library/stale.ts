/** The present digests of what an analysis of a track depends on. */
export type AnalysisInputs = {
  readonly audioDigest: string
  /** Digest of the grid in force; null when there is none yet. */
  readonly gridDigest: string | null
  readonly featureSpecDigest: string
}

/** The digests that a stored analysis was made from, and whether its features are still in the cache. */
export type AnalysisState = {
  readonly audioDigest: string
  readonly gridDigest: string
  readonly featureSpecDigest: string
  readonly cached: boolean
}

export type StaleReason = 'not analysed' | 'audio changed' | 'grid changed' | 'features changed' | 'cache is missing'

/** Why a track has to be analysed (again), or null when everything is up to date. */
export const staleReason = (inputs: AnalysisInputs, state: AnalysisState | null): StaleReason | null => {
  if (state === null || inputs.gridDigest === null) return 'not analysed'
  if (state.audioDigest !== inputs.audioDigest) return 'audio changed'
  if (state.gridDigest !== inputs.gridDigest) return 'grid changed'
  if (state.featureSpecDigest !== inputs.featureSpecDigest) return 'features changed'
  return state.cached ? null : 'cache is missing'
}
