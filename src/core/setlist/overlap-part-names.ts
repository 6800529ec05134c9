/** What is known of bars that lie over each other; apart, so that who only names the parts computes none of them. */
export const OVERLAP_PARTS = ['phrases', 'level', 'notes', 'bands', 'hits'] as const
export type OverlapPartName = (typeof OVERLAP_PARTS)[number]
