import type { Seconds } from '../units/units.ts'

export const QUALITY_CODES = [
  'clipping',
  'near_silence',
  'long_lead_in',
  'long_tail',
  'dc_offset',
  'mono',
  'inverted_phase',
  'upscaled',
  'hum',
  'speech',
  'noise',
  'not_music',
  'truncated',
  'wrong_duration',
  'variable_tempo',
  'doubtful_grid',
  'doubtful_phase',
  'doubtful_bars',
  'doubtful_key',
  'duplicate_audio',
] as const
type QualityCode = (typeof QUALITY_CODES)[number]

export type TimeSpan = { readonly startSeconds: Seconds; readonly endSeconds: Seconds }

/** A fact about a recording that a DJ wants to know before playing it. */
export type QualityFlag = {
  readonly code: QualityCode
  /** A `notice` is worth knowing; a `warning` will be audible or will mislead. */
  readonly severity: 'notice' | 'warning'
  /** The amount, in the unit that the check for this code names; null where there is nothing to measure. */
  readonly value: number | null
  /** Where it applies; empty for the whole recording. */
  readonly spans: readonly TimeSpan[]
  /** Files that hold the same recording; only for `duplicate_audio`. */
  readonly files?: readonly string[]
  /** Those of the files that other tracks of the library hold, in the order of the last of `files`. */
  readonly tracks?: readonly { readonly trackId: number; readonly title: string }[]
}
