/**
 * @file Level, peak and zero crossings of the samples themselves, hop by hop.
 * Conventions: hop t is the stretch of `hopSamples` around sample t · hopSamples, cut off at the ends of the signal; shape (hops).
 */
import { countFrames } from './framing.ts'
import { createSeriesMemory, FLOAT_BYTES, LANES } from './series-kernels.ts'

export type SampleHops = {
  readonly meanSquare: Float32Array
  /** Largest magnitude. */
  readonly peak: Float32Array
  /** Sign changes per sample. */
  readonly zeroCrossings: Float32Array
}

/** Hops measured at once. */
const PIECE_HOPS = 32
const RECORD_BYTES = 16

/** Measures one hop from `start` to `end`, wherever it lies; the sample before the signal counts as negative. */
const measureHop = (
  samples: Float32Array,
  [start, end]: readonly [number, number],
): { readonly squares: number; readonly peak: number; readonly changes: number } => {
  let [squares, peak, changes] = [0, 0, 0]
  let wasPositive = start > 0 && samples[start - 1]! >= 0
  for (let at = start; at < end; at++) {
    const sample = samples[at]!
    squares += sample * sample
    peak = Math.max(peak, Math.abs(sample))
    if (sample >= 0 !== wasPositive) changes++
    wasPositive = sample >= 0
  }
  return { squares, peak, changes }
}

/** @param hopSamples a multiple of 8 */
export const measureHops = (samples: Float32Array, hopSamples: number): SampleHops => {
  const hops = countFrames(samples.length, hopSamples)
  const half = hopSamples >> 1
  const meanSquare = new Float32Array(hops)
  const peak = new Float32Array(hops)
  const zeroCrossings = new Float32Array(hops)
  const measureCut = (hop: number): void => {
    const stretch = [Math.max(0, hop * hopSamples - half), Math.min(samples.length, hop * hopSamples + half)] as const
    const length = stretch[1] - stretch[0]
    const found = measureHop(samples, stretch)
    meanSquare[hop] = found.squares / length
    peak[hop] = found.peak
    zeroCrossings[hop] = found.changes / length
  }
  const { run, place, floats, buffer } = createSeriesMemory()
  // Each piece is preceded by one sample.
  const pieceAt = place((LANES + PIECE_HOPS * hopSamples) * FLOAT_BYTES) + LANES * FLOAT_BYTES
  const recordsAt = place(PIECE_HOPS * RECORD_BYTES)
  const squares = new Float64Array(buffer(), recordsAt, (PIECE_HOPS * RECORD_BYTES) / 8)
  const peaks = new Float32Array(buffer(), recordsAt, (PIECE_HOPS * RECORD_BYTES) / 4)
  const changes = new Int32Array(buffer(), recordsAt, (PIECE_HOPS * RECORD_BYTES) / 4)
  /** Hops from 1 up to here, exclusive, are whole. */
  const wholeEnd = Math.floor((samples.length + half) / hopSamples)
  for (let first = 1; first < wholeEnd; first += PIECE_HOPS) {
    const count = Math.min(PIECE_HOPS, wholeEnd - first)
    const start = first * hopSamples - half
    floats().set(samples.subarray(start - 1, start + count * hopSamples), pieceAt / FLOAT_BYTES - 1)
    run.measureHops(pieceAt, count, hopSamples / LANES, recordsAt)
    for (let hop = 0; hop < count; hop++) {
      meanSquare[first + hop] = squares[2 * hop]! / hopSamples
      peak[first + hop] = peaks[4 * hop + 2]!
      zeroCrossings[first + hop] = changes[4 * hop + 3]! / hopSamples
    }
  }
  if (hops > 0) measureCut(0)
  for (let hop = Math.max(1, wholeEnd); hop < hops; hop++) measureCut(hop)
  return { meanSquare, peak, zeroCrossings }
}
