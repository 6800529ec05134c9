/**
 * @file True peak by 4× oversampling, ITU-R BS.1770-4 Annex 2, here with a 12-tap-per-phase raised-cosine-windowed sinc.
 * The filter's gain bound shows which blocks cannot exceed the present maximum; skipping those changes no result.
 * Frames are interleaved: a channel's neighbouring samples lie `channels` apart, so all channels go through at once.
 */
import { amplitudeToDecibels, type Decibels } from '../units/units.ts'
import { createSampleRoom, readPieces, type SampleRoom } from './sample-room.ts'

export type TruePeakMeter = {
  readonly push: (frames: Float32Array) => void
  /** The same for `count` frames that the room holds already. */
  readonly take: (count: number) => void
  /** Full scale is 1; NaN or infinite when a sample was. */
  readonly peak: () => number
  readonly peakDb: () => Decibels
}

/** The number that `largestBetween` expects. */
const PEAK_TAPS = 12
const HALF = PEAK_TAPS / 2
const SAMPLE_BYTES = 4
const LANES = 4
const BLOCK_SAMPLES = 128

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
/** No interpolated value exceeds the largest of its samples by more; the rest allows for float32 rounding. */
const GAIN_BOUND = 1.0001 * Math.max(gainOf(QUARTER), gainOf(MIDDLE))

type Stretch = {
  readonly start: number
  readonly ready: number
  readonly history: number
  readonly stride: number
  readonly tapsAt: number
}

/** A function of its own is compiled once for all files. @returns the peak, or what is higher in the stretch */
const raisePeak = (
  before: number,
  run: SampleRoom['run'],
  { start, ready, history, stride, tapsAt }: Stretch,
): number => {
  let peak = before
  for (let at = start; at < start + ready; at += BLOCK_SAMPLES) {
    const block = Math.min(BLOCK_SAMPLES, start + ready - at)
    const largest = run.largestMagnitude(at * SAMPLE_BYTES, Math.ceil((block + history) / LANES))
    // The comparison is written so that NaN is not skipped.
    if (largest * GAIN_BOUND <= peak) continue
    const between = run.largestBetween(at * SAMPLE_BYTES, block / LANES, stride, tapsAt)
    peak = Math.max(peak, largest, between)
  }
  return peak
}

export const createTruePeakMeter = (channels: number, room: SampleRoom = createSampleRoom(channels)): TruePeakMeter => {
  const { run, samples, framesAt } = room
  const history = (PEAK_TAPS - 1) * channels
  const stride = channels * SAMPLE_BYTES
  const tapsAt = room.place((PEAK_TAPS + HALF) * SAMPLE_BYTES)
  samples().set(QUARTER, tapsAt / SAMPLE_BYTES)
  samples().set(MIDDLE.subarray(0, HALF), tapsAt / SAMPLE_BYTES + PEAK_TAPS)
  const first = framesAt / SAMPLE_BYTES
  /** Samples before the frames, starting at the next value to interpolate; zeros before the first frame. */
  const carried = new Float32Array(history + LANES)
  let carriedCount = history
  let peak = 0

  const take = (count: number): void => {
    const memory = samples()
    const start = first - carriedCount
    const end = first + count * channels
    memory.set(carried.subarray(0, carriedCount), start)
    const ready = end - start - history - ((end - start - history) % LANES)
    // The last vector may reach beyond the samples held.
    memory.fill(0, end, end + LANES)
    peak = raisePeak(peak, run, { start, ready, history, stride, tapsAt })
    carriedCount = end - start - ready
    carried.set(memory.subarray(start + ready, end))
  }

  const current = (): number => {
    let largest = peak
    // Math.max keeps NaN.
    for (let n = 0; n < carriedCount; n++) largest = Math.max(largest, Math.abs(carried[n]!))
    return largest
  }
  return {
    push: (frames) => readPieces(room, frames, take),
    take,
    peak: current,
    peakDb: () => amplitudeToDecibels(current()),
  }
}
