/**
 * @file Streaming resampling to the analysis rate by a polyphase windowed-sinc FIR (Kaiser window; Crochiere and Rabiner,
 * "Multirate Digital Signal Processing", 1983). Flat to 9.5 kHz, more than 70 dB down from 12.55 kHz: what folds back lies above 9.5 kHz.
 * Zero net delay: output sample k is the input at time k / 22,050 s.
 */
import type { Hertz } from '../units/units.ts'
import { ANALYSIS_SAMPLE_RATE_HZ } from './audio.ts'

const PASS_HZ = 9500
const STOP_HZ = ANALYSIS_SAMPLE_RATE_HZ - PASS_HZ
/** Kaiser's β for 72 dB of stop-band attenuation: 0.1102 · (72 − 8.7). */
const KAISER_BETA = 6.976

export type Resampler = {
  /** Takes the next block; returns what became ready, a view that the next call overwrites. */
  readonly push: (block: Float32Array) => Float32Array
  /** Returns the rest: in all, ceil(samples · 22,050 / rate) samples have come out. */
  readonly finish: () => Float32Array
}

const besselI0 = (x: number): number => {
  let sum = 1
  let term = 1
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b))

/** One row of taps for each of `phases` fractional positions, each of unit gain at 0 Hz. */
const designPhases = (sampleRate: Hertz, phases: number): { taps: number; half: number; rows: Float64Array } => {
  const upsampling = sampleRate <= ANALYSIS_SAMPLE_RATE_HZ
  const pass = upsampling ? Math.min(PASS_HZ, sampleRate * 0.43) : PASS_HZ
  const stop = upsampling ? sampleRate - pass : STOP_HZ
  const cutoff = (pass + stop) / 2 / sampleRate
  const transition = (2 * Math.PI * (stop - pass)) / sampleRate
  const half = Math.ceil((72 - 8) / (2.285 * transition) / 2) + 1
  const taps = 2 * half
  const rows = new Float64Array(phases * taps)
  for (let phase = 0; phase < phases; phase++) {
    let gain = 0
    const row = new Float64Array(taps)
    for (let tap = 0; tap < taps; tap++) {
      const distance = tap - (half - 1) - phase / phases
      const ratio = distance / half
      const window =
        Math.abs(ratio) >= 1 ? 0 : besselI0(KAISER_BETA * Math.sqrt(1 - ratio * ratio)) / besselI0(KAISER_BETA)
      const angle = 2 * Math.PI * cutoff * distance
      row[tap] = window * 2 * cutoff * (distance === 0 ? 1 : Math.sin(angle) / angle)
      gain += row[tap]!
    }
    for (let tap = 0; tap < taps; tap++) rows[phase * taps + tap] = row[tap]! / gain
  }
  return { taps, half, rows }
}

/** From 44.1 kHz the cut-off is a quarter of the rate: every second tap but the centre is zero, and the rest is symmetric. */
const halfBandTaps = (row: Float64Array, half: number): Float64Array =>
  Float64Array.from({ length: half >> 1 }, (_, k) => row[half - 1 + 2 * k + 1]!)

const createPassThrough = (): Resampler => ({ push: (block) => block, finish: () => new Float32Array(0) })

/** @param sampleRate of the input, 1 kHz to 768 kHz, a whole number of hertz. */
export const createResampler = (sampleRate: Hertz): Resampler => {
  if (sampleRate === ANALYSIS_SAMPLE_RATE_HZ) return createPassThrough()
  const divisor = greatestCommonDivisor(sampleRate, ANALYSIS_SAMPLE_RATE_HZ)
  const phases = ANALYSIS_SAMPLE_RATE_HZ / divisor
  const step = sampleRate / divisor
  const { taps, half, rows } = designPhases(sampleRate, phases)
  const centreTap = rows[half - 1]!
  const oddTaps = step === 2 && phases === 1 ? halfBandTaps(rows, half) : null
  // `history` holds the input from index `base` on; half − 1 zeros stand before the first sample.
  let history = new Float32Array(half - 1)
  let base = -(half - 1)
  let received = 0
  let produced = 0
  let output = new Float32Array(0)

  const advance = (input: Float32Array, limit: number): Float32Array => {
    const samples = new Float32Array(history.length + input.length)
    samples.set(history)
    samples.set(input, history.length)
    const capacity = Math.ceil((samples.length * phases) / step) + 2
    if (output.length < capacity) output = new Float32Array(capacity)
    let count = 0
    let position = Math.floor((produced * step) / phases)
    let phase = (produced * step) % phases
    while (produced < limit && position - half + 1 - base + taps <= samples.length) {
      const start = position - half + 1 - base
      if (oddTaps !== null) {
        const centre = start + half - 1
        let sum = centreTap * samples[centre]!
        for (let k = 0, away = 1; k < oddTaps.length; k++, away += 2)
          sum += oddTaps[k]! * (samples[centre - away]! + samples[centre + away]!)
        output[count++] = sum
      } else {
        const row = phase * taps
        let sum = 0
        for (let tap = 0; tap < taps; tap++) sum += rows[row + tap]! * samples[start + tap]!
        output[count++] = sum
      }
      produced++
      phase += step
      position += Math.floor(phase / phases)
      phase %= phases
    }
    const keep = Math.min(Math.max(position - half + 1 - base, 0), samples.length)
    history = samples.slice(keep)
    base += keep
    return output.subarray(0, count)
  }

  return {
    push: (block) => {
      received += block.length
      return advance(block, Number.POSITIVE_INFINITY)
    },
    finish: () => advance(new Float32Array(taps + step), Math.ceil((received * phases) / step)),
  }
}

/** @returns the whole signal at the analysis rate. */
export const resample = (samples: Float32Array, sampleRate: Hertz): Float32Array => {
  const resampler = createResampler(sampleRate)
  const head = resampler.push(samples).slice()
  const tail = resampler.finish()
  const joined = new Float32Array(head.length + tail.length)
  joined.set(head)
  joined.set(tail, head.length)
  return joined
}
