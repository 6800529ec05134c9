import type { QualityFlag } from './quality-flag.ts'

/** What one analysis found beside the grid and the features. */
export type TrackFacts = {
  readonly key: string | null
  readonly camelot: string | null
  readonly tuningCents: number | null
  readonly keyConfidence: number | null
  /** 1 to 10. */
  readonly energy: number | null
  readonly energyCurve: readonly number[]
  readonly loudnessLufs: number | null
  readonly truePeakDb: number | null
  readonly decoder: string
  readonly warnings: readonly string[]
  /** Left out by analyses of a time before there were checks. */
  readonly quality?: { readonly version: number; readonly flags: readonly QualityFlag[] }
}
