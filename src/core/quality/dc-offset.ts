import type { QualityCheck } from './checked-track.ts'

/** One per cent of full scale (−40 dB): a cut there clicks, and as much of the room for peaks is lost. */
const SMALLEST_OFFSET = 0.01

/** Value: the mean of the worst channel, full scale being 1. */
export const checkDcOffset: QualityCheck = ({ signal: { offset } }) =>
  Math.abs(offset) < SMALLEST_OFFSET ? null : { code: 'dc_offset', severity: 'warning', value: offset, spans: [] }
