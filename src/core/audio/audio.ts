import type { Decibels, Hertz, Seconds } from '../units/units.ts'

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

export type SpectralCliff = {
  readonly hertz: Hertz
  /** How much weaker the spectrum is beyond the cliff. */
  readonly dropDb: number
}

/** Facts that the mono mix no longer shows. */
export type SourceSignal = {
  /** Number of flat tops in all channels, and the stretches they lie in, at most `MOST_STRETCHES`. */
  readonly flatTops: number
  readonly flatStretches: readonly (readonly [start: Seconds, end: Seconds])[]
  /** The mean of the channel that lies farthest from 0. */
  readonly offset: number
  /** Correlation of left and right, −1 to 1; null unless there are two channels and both sound. */
  readonly correlation: number | null
  /** Power of the difference of left and right as a share of their power; 0 where they are the same, null as above. */
  readonly differenceShare: number | null
  /** Null where the spectrum has no cliff. */
  readonly cliff: SpectralCliff | null
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
