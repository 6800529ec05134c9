import type { QualityCheck } from './checked-track.ts'

/** Padding of encoders stays below a tenth of a second, a dropped last frame too. */
const SAME_SHARE = 0.02
const SAME_SECONDS = 0.5

/** Value: seconds that are missing at the end. */
export const checkTruncated: QualityCheck = ({ declaredSeconds, durationSeconds }) => {
  if (declaredSeconds === null || durationSeconds >= (1 - SAME_SHARE) * declaredSeconds) return null
  const spans = [{ startSeconds: durationSeconds, endSeconds: declaredSeconds }]
  return { code: 'truncated', severity: 'warning', value: declaredSeconds - durationSeconds, spans }
}

/** Value: seconds that the file declares. Players that trust it stop too early, and cues behind it are out of reach. */
export const checkWrongDuration: QualityCheck = ({ declaredSeconds, durationSeconds }) =>
  declaredSeconds === null || durationSeconds <= (1 + SAME_SHARE) * declaredSeconds + SAME_SECONDS
    ? null
    : { code: 'wrong_duration', severity: 'warning', value: declaredSeconds, spans: [] }
