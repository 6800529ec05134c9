import type { CheckedTrack, QualityCheck } from './checked-track.ts'
import { checkClipping } from './clipping.ts'
import { checkDcOffset } from './dc-offset.ts'
import { checkTruncated, checkWrongDuration } from './declared-length.ts'
import { checkDoubtfulGrid, checkDoubtfulKey } from './doubtful-estimates.ts'
import { checkHum } from './hum.ts'
import { checkNearSilence } from './near-silence.ts'
import type { QualityFlag } from './quality-flag.ts'
import { checkLeadIn, checkTail } from './silent-edges.ts'
import { checkInvertedPhase, checkMono } from './stereo-image.ts'
import { checkUpscaled } from './upscaled.ts'
import { checkVariableTempo } from './variable-tempo.ts'

/** Raise it when a check changes: the flags of older checks are then stale. */
export const QUALITY_CHECKS_VERSION = 2

/** The checks that look at one recording alone. */
const CHECKS: readonly QualityCheck[] = [
  checkClipping,
  checkNearSilence,
  checkLeadIn,
  checkTail,
  checkDcOffset,
  checkMono,
  checkInvertedPhase,
  checkUpscaled,
  checkHum,
  checkTruncated,
  checkWrongDuration,
  checkVariableTempo,
  checkDoubtfulGrid,
  checkDoubtfulKey,
]

/** Flags that say nothing about a silent recording. */
const MEANINGLESS_IN_SILENCE: ReadonlySet<string> = new Set([
  'long_lead_in',
  'long_tail',
  'doubtful_grid',
  'doubtful_key',
  'variable_tempo',
])

export const checkQuality = (track: CheckedTrack): readonly QualityFlag[] => {
  const flags = CHECKS.map((check) => check(track)).filter((flag) => flag !== null)
  return track.loudness.integratedLufs === null ? flags.filter(({ code }) => !MEANINGLESS_IN_SILENCE.has(code)) : flags
}
