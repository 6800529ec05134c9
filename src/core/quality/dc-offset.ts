import type { QualityCheck } from './checked-track.ts'

/** One per cent of full scale (−40 dB): cuts click at this offset, and as much headroom is lost. */
const SMALLEST_OFFSET = 0.01

/** Value: the mean of the worst channel; full scale is 1. */
export const checkDcOffset: QualityCheck = ({ signal: { offset } }) =>
  Math.abs(offset) < SMALLEST_OFFSET ? null : { code: 'dc_offset', severity: 'warning', value: offset, spans: [] }
