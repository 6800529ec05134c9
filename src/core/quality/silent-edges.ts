import { ANALYSIS_SAMPLE_RATE_HZ } from '../audio/audio.ts'
import type { SampleHops } from '../audio/sample-hops.ts'
import type { QualityCheck, SilentEdges } from './checked-track.ts'

/** A hop with an RMS below this is inaudible in a club. */
const SILENT_POWER = 10 ** (-60 / 10)
/** Longer than the two or three seconds that albums leave between tracks. */
const LONGEST_SECONDS = 5

/** Silence before the first sound and after the last; a silent recording is all lead-in. */
export const measureSilentEdges = ({ meanSquare }: SampleHops, hopSamples: number): SilentEdges => {
  const hopSeconds = hopSamples / ANALYSIS_SAMPLE_RATE_HZ
  const first = meanSquare.findIndex((power) => power > SILENT_POWER)
  if (first < 0) return { leadInSeconds: meanSquare.length * hopSeconds, tailSeconds: 0 }
  const last = meanSquare.findLastIndex((power) => power > SILENT_POWER)
  return { leadInSeconds: first * hopSeconds, tailSeconds: (meanSquare.length - 1 - last) * hopSeconds }
}

/** Value: seconds of silence. */
export const checkLeadIn: QualityCheck = ({ faults: { leadInSeconds } }) =>
  leadInSeconds < LONGEST_SECONDS
    ? null
    : {
        code: 'long_lead_in',
        severity: 'notice',
        value: leadInSeconds,
        spans: [{ startSeconds: 0, endSeconds: leadInSeconds }],
      }

/** Value: seconds of silence. */
export const checkTail: QualityCheck = ({ faults: { tailSeconds }, durationSeconds }) =>
  tailSeconds < LONGEST_SECONDS
    ? null
    : {
        code: 'long_tail',
        severity: 'notice',
        value: tailSeconds,
        spans: [{ startSeconds: durationSeconds - tailSeconds, endSeconds: durationSeconds }],
      }
