/**
 * @file True peak by 4× oversampling, ITU-R BS.1770-4 Annex 2, here with a 12-tap-per-phase Kaiser-windowed sinc.
 * Samples whose neighbourhood cannot exceed the present maximum are skipped by the filter's gain bound, which changes no result.
 */
import { amplitudeToDecibels, type Decibels } from '../units/units.ts'

export type TruePeakMeter = {
  /** Takes the next block of one channel. */
  readonly push: (channel: number, block: Float32Array) => void
  readonly peakDb: () => Decibels
}

const TAPS = 12
const HALF = TAPS / 2
const BLOCK_SAMPLES = 32

const designPhase = (fraction: number): Float64Array => {
  const row = Float64Array.from({ length: TAPS }, (_, tap) => {
    const distance = tap - (HALF - 1) - fraction
    const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / (HALF + 0.5))
    return (window * Math.sin(Math.PI * distance)) / (Math.PI * distance)
  })
  const gain = row.reduce((sum, tap) => sum + tap, 0)
  return row.map((tap) => tap / gain)
}

const PHASES = [0.25, 0.5, 0.75].map(designPhase)
const [QUARTER, MIDDLE, LAST] = PHASES as [Float64Array, Float64Array, Float64Array]
const gainBound = (row: Float64Array): number => row.reduce((sum, tap) => sum + Math.abs(tap), 0)
const BLOCK_BOUND = Math.max(...PHASES.map(gainBound))
/** The two taps around the point weigh most: |y| ≤ CENTRE · (|x[n]| + |x[n+1]|) + REST · max|x|. */
const CENTRE = Math.max(...PHASES.map((row) => Math.max(Math.abs(row[HALF - 1]!), Math.abs(row[HALF]!))))
const REST = Math.max(...PHASES.map((row) => gainBound(row) - Math.abs(row[HALF - 1]!) - Math.abs(row[HALF]!)))

export const createTruePeakMeter = (channels: number): TruePeakMeter => {
  const tails = Array.from({ length: channels }, () => new Float32Array(TAPS - 1))
  let peak = 0

  const oversample = (samples: Float32Array, first: number): void => {
    let quarter = 0
    let middle = 0
    let last = 0
    for (let tap = 0; tap < TAPS; tap++) {
      const sample = samples[first + tap]!
      quarter += QUARTER[tap]! * sample
      middle += MIDDLE[tap]! * sample
      last += LAST[tap]! * sample
    }
    const largest = Math.max(Math.abs(quarter), Math.abs(middle), Math.abs(last))
    if (largest > peak) peak = largest
  }

  const push = (channel: number, block: Float32Array): void => {
    const tail = tails[channel]!
    const samples = new Float32Array(tail.length + block.length)
    samples.set(tail)
    samples.set(block, tail.length)
    for (let start = 0; start + TAPS <= samples.length; start += BLOCK_SAMPLES) {
      const end = Math.min(start + BLOCK_SAMPLES, samples.length - TAPS + 1)
      let largest = 0
      for (let n = start; n < end + TAPS - 1; n++) {
        const size = Math.abs(samples[n]!)
        if (size > largest) largest = size
      }
      if (largest > peak) peak = largest
      if (largest * BLOCK_BOUND <= peak) continue
      for (let first = start; first < end; first++) {
        const around = Math.abs(samples[first + HALF - 1]!) + Math.abs(samples[first + HALF]!)
        if (around * CENTRE + largest * REST > peak) oversample(samples, first)
      }
    }
    tails[channel] = samples.slice(Math.max(0, samples.length - (TAPS - 1)))
  }

  return { push, peakDb: () => amplitudeToDecibels(peak) }
}
