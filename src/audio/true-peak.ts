/**
 * @file True peak by 4× oversampling, ITU-R BS.1770-4 Annex 2, here with a 12-tap-per-phase raised-cosine-windowed sinc.
 * Blocks that cannot exceed the present maximum are skipped by the filter's gain bound, which changes no result.
 * Frames are interleaved: a channel's neighbouring samples lie `channels` apart, so that all channels go through at once.
 */
import { amplitudeToDecibels, type Decibels } from '../units/units.ts'
import { createSampleKernels } from './sample-kernels.ts'

export type TruePeakMeter = {
  readonly push: (frames: Float32Array) => void
  /** Full scale is 1; NaN or infinite when a sample was. */
  readonly peak: () => number
  readonly peakDb: () => Decibels
}

/** As `largestBetween` expects them. */
const PEAK_TAPS = 12
const HALF = PEAK_TAPS / 2
const SAMPLE_BYTES = 4
const LANES = 4
const BLOCK_SAMPLES = 128
/** Samples worked on at once: small enough for the processor's cache. */
const PIECE_SAMPLES = 16384

const designPhase = (fraction: number): Float64Array => {
  const row = Float64Array.from({ length: PEAK_TAPS }, (_, tap) => {
    const distance = tap - (HALF - 1) - fraction
    const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / (HALF + 0.5))
    return (window * Math.sin(Math.PI * distance)) / (Math.PI * distance)
  })
  const gain = row.reduce((sum, tap) => sum + tap, 0)
  return row.map((tap) => tap / gain)
}

const QUARTER = designPhase(0.25)
const MIDDLE = designPhase(0.5)
const gainOf = (row: Float64Array): number => row.reduce((sum, tap) => sum + Math.abs(tap), 0)
/** No interpolated value exceeds the largest of its samples by more; a little on top for the rounding of float32. */
const GAIN_BOUND = 1.0001 * Math.max(gainOf(QUARTER), gainOf(MIDDLE))

export const createTruePeakMeter = (channels: number): TruePeakMeter => {
  const history = (PEAK_TAPS - 1) * channels
  const stride = channels * SAMPLE_BYTES
  const inputAt = PEAK_TAPS + HALF
  const capacity = history + LANES + PIECE_SAMPLES
  const { samples, run } = createSampleKernels((inputAt + capacity + history + BLOCK_SAMPLES) * SAMPLE_BYTES)
  samples.set(QUARTER)
  samples.set(MIDDLE.subarray(0, HALF), PEAK_TAPS)
  /** Samples in the buffer: those before the next value to interpolate, zeros before the first frame. */
  let held = history
  let peak = 0

  const largestOf = (at: number, count: number): number =>
    run.largestMagnitude(at * SAMPLE_BYTES, Math.ceil(count / LANES))

  const takePiece = (frames: Float32Array): void => {
    samples.set(frames, inputAt + held)
    held += frames.length
    const ready = held - history - ((held - history) % LANES)
    // The last vector may reach beyond what is held.
    samples.fill(0, inputAt + held, inputAt + held + LANES)
    for (let start = 0; start < ready; start += BLOCK_SAMPLES) {
      const count = Math.min(BLOCK_SAMPLES, ready - start)
      const largest = largestOf(inputAt + start, count + history)
      // Written so that NaN is not skipped.
      if (largest * GAIN_BOUND <= peak) continue
      const between = run.largestBetween((inputAt + start) * SAMPLE_BYTES, count / LANES, stride, 0)
      peak = Math.max(peak, largest, between)
    }
    samples.copyWithin(inputAt, inputAt + ready, inputAt + held)
    held -= ready
  }

  const push = (frames: Float32Array): void => {
    for (let at = 0; at < frames.length; at += PIECE_SAMPLES) takePiece(frames.subarray(at, at + PIECE_SAMPLES))
  }
  const current = (): number => {
    samples.fill(0, inputAt + held, inputAt + held + LANES)
    return Math.max(peak, largestOf(inputAt, held))
  }
  return { push, peak: current, peakDb: () => amplitudeToDecibels(current()) }
}
