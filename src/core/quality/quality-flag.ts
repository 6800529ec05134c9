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
  'doubtful_key',
  'duplicate_audio',
] as const
type QualityCode = (typeof QUALITY_CODES)[number]

export type TimeSpan = { readonly startSeconds: Seconds; readonly endSeconds: Seconds }

/** Something about a recording that a DJ wants to know before playing it. */
export type QualityFlag = {
  readonly code: QualityCode
  /** `notice` is a fact worth knowing, `warning` will be heard or will mislead. */
  readonly severity: 'notice' | 'warning'
  /** How much, in the unit that the check of this code names; null where there is nothing to measure. */
  readonly value: number | null
  /** Where; empty where it is the whole recording. */
  readonly spans: readonly TimeSpan[]
  /** Files that hold the same recording; of `duplicate_audio` alone. */
  readonly files?: readonly string[]
}
