import type { QualityCheck } from './checked-track.ts'

/** Channels that differ by less than −60 dB sound the same; an encoder or dither alone causes as much. */
const SAME_SHARE = 1e-6
/** A wide mix stays above −0.1; with one channel's polarity inverted, all but the widest lie below this. */
const OPPOSITE = -0.3

/** Value: channels of the file; a file with two may hold the same sound twice. */
export const checkMono: QualityCheck = ({ channels, signal: { differenceShare } }) =>
  channels === 1 || (differenceShare !== null && differenceShare < SAME_SHARE)
    ? { code: 'mono', severity: 'notice', value: channels, spans: [] }
    : null

/** Value: correlation of left and right. On a mono system such a track nearly vanishes. */
export const checkInvertedPhase: QualityCheck = ({ signal: { correlation } }) =>
  correlation !== null && correlation < OPPOSITE
    ? { code: 'inverted_phase', severity: 'warning', value: correlation, spans: [] }
    : null
