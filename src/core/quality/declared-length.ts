import type { QualityCheck } from './checked-track.ts'

/** Encoder padding and a dropped last frame each stay below a tenth of a second. */
const SAME_SHARE = 0.02
const SAME_SECONDS = 0.5

/** Value: seconds missing at the end. */
export const checkTruncated: QualityCheck = ({ declaredSeconds, durationSeconds }) => {
  if (declaredSeconds === null || durationSeconds >= (1 - SAME_SHARE) * declaredSeconds) return null
  const spans = [{ startSeconds: durationSeconds, endSeconds: declaredSeconds }]
  return { code: 'truncated', severity: 'warning', value: declaredSeconds - durationSeconds, spans }
}

/** Value: seconds that the file declares. Players that trust the figure stop too early and cannot reach cues beyond it. */
export const checkWrongDuration: QualityCheck = ({ declaredSeconds, durationSeconds }) =>
  declaredSeconds === null || durationSeconds <= (1 + SAME_SHARE) * declaredSeconds + SAME_SECONDS
    ? null
    : { code: 'wrong_duration', severity: 'warning', value: declaredSeconds, spans: [] }
