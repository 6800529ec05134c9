import type { QualityCheck } from './checked-track.ts'

/** Fewer flat tops may be the crests of a track that was brought to full scale; measured on the public corpus and generated tracks. */
const FEWEST_FLAT_TOPS = 10

/** Value: flat tops per minute. */
export const checkClipping: QualityCheck = ({ signal, durationSeconds }) =>
  signal.flatTops < FEWEST_FLAT_TOPS
    ? null
    : {
        code: 'clipping',
        severity: 'warning',
        value: (60 * signal.flatTops) / durationSeconds,
        spans: signal.flatStretches.map(([startSeconds, endSeconds]) => ({ startSeconds, endSeconds })),
      }
