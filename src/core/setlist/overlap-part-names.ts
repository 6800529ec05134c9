/** What is known of bars that lie over each other; apart, so that who only names the parts computes none of them. */
export const OVERLAP_PARTS = ['phrases', 'level', 'notes', 'bands', 'hits'] as const
export type OverlapPartName = (typeof OVERLAP_PARTS)[number]

/** Beside those of the two ends, which are 1 together. */
export const OVERLAP_WEIGHTS: Readonly<Record<OverlapPartName, number>> = {
  phrases: 0.15,
  level: 0.2,
  notes: 0.15,
  bands: 0.15,
  hits: 0.1,
}
export const OVERLAP_WEIGHT = Object.values(OVERLAP_WEIGHTS).reduce((sum, weight) => sum + weight, 0)
