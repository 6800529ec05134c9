import type { Decibels, Hertz, Seconds } from '../units/units.ts'
import type { SourceSignal } from './source-signal.ts'

/** The rate at which everything is analysed. */
export const ANALYSIS_SAMPLE_RATE_HZ = 22050

/** One plane, samples nominally in [−1, 1]. */
export type MonoAudio = { readonly samples: Float32Array; readonly sampleRate: Hertz }

/** Several planes of equal length: `planes[channel][sample]`. */
export type PlanarAudio = { readonly planes: readonly Float32Array[]; readonly sampleRate: Hertz }

export type Loudness = {
  /** EBU R128 integrated loudness; null when nothing passes the gate (silence). */
  readonly integratedLufs: Decibels | null
  /** ITU-R BS.1770 true peak. */
  readonly truePeakDb: Decibels
}

/** The result of decoding a file: everything that later stages need, so that the file is decoded once. */
export type DecodedAudio = {
  /** Mono mix at `ANALYSIS_SAMPLE_RATE_HZ`, low-passed before decimation; in memory that threads share. */
  readonly mono: MonoAudio
  readonly durationSeconds: Seconds
  /** The length that the file declares; null where it declares none or the decoder does not report it. */
  readonly declaredSeconds: Seconds | null
  readonly channels: number
  readonly sourceSampleRate: Hertz
  readonly loudness: Loudness
  readonly signal: SourceSignal
  /** Which decoder ran, e.g. `ffmpeg`, `wav`, `mpg123`. */
  readonly decoder: string
  /** Things worth mentioning that are not errors, e.g. "2 damaged frames were skipped at 1:03". */
  readonly warnings: readonly string[]
}
