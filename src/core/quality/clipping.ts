import type { QualityCheck } from './checked-track.ts'

/** A few are the crests of a track that was brought to full scale; measured on the public corpus and generated tracks. */
const FEWEST_FLAT_TOPS = 10

/** Value: flat tops a minute. */
export const checkClipping: QualityCheck = ({ signal, durationSeconds }) =>
  signal.flatTops < FEWEST_FLAT_TOPS
    ? null
    : {
        code: 'clipping',
        severity: 'warning',
        value: (60 * signal.flatTops) / durationSeconds,
        spans: signal.flatStretches.map(([startSeconds, endSeconds]) => ({ startSeconds, endSeconds })),
      }
