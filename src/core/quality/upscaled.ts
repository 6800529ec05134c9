import type { QualityCheck } from './checked-track.ts'

/**
 * LAME's low-pass is 17 kHz at 128 kbit/s, 17.5 at 160 and 18.6 at 192 (its table in `lame.c`, `optimum_bandwidth`); sound sampled at
 * 32 kHz or less ends lower still. Opus ends at 20 to 20.5 kHz at every rate from 24 to 160 kbit/s, MP3 of 320 at 19.5 to 20 (generated
 * tracks), so where the spectrum ends does not tell bad from good. A rate above 64 kHz was raised if nothing lies above what 44.1 and 48 kHz can hold.
 */
const LOW_RATE_END_HERTZ = 17000
const HIGH_RATE_HERTZ = 64000
const HIGH_RATE_END_HERTZ = 24000

/** Value: hertz at which the spectrum ends. The file may promise more than the sound has. */
export const checkUpscaled: QualityCheck = ({ signal: { cliff }, sourceSampleRate }) => {
  const limit = sourceSampleRate > HIGH_RATE_HERTZ ? HIGH_RATE_END_HERTZ : LOW_RATE_END_HERTZ
  return cliff === null || cliff.hertz > limit
    ? null
    : { code: 'upscaled', severity: 'notice', value: cliff.hertz, spans: [] }
}
