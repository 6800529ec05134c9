import type { OnsetPrint } from './onset-print.ts'
import type { QualityFlag } from './quality-flag.ts'

/** The findings of one analysis besides the grid and the features. */
export type TrackFacts = {
  readonly key: string | null
  readonly camelot: string | null
  readonly tuningCents: number | null
  readonly keyConfidence: number | null
  /** 1 to 10. */
  readonly energy: number | null
  readonly energyCurve: readonly number[]
  /** Missing from analyses made before it was measured. */
  readonly onsets?: OnsetPrint
  readonly loudnessLufs: number | null
  readonly truePeakDb: number | null
  readonly decoder: string
  readonly warnings: readonly string[]
  /** Missing from analyses made before there were checks. */
  readonly quality?: { readonly version: number; readonly flags: readonly QualityFlag[] }
}
