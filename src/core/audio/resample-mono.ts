/**
 * @file Resamples a whole mono recording to the rate that a network expects.
 * Method: polyphase windowed-sinc FIR (Hann window of 16 zero crossings of the lower rate), one row of taps a phase.
 * Conventions: output sample k is the input at time k / rate; samples outside the recording are zero.
 */
import type { Hertz } from '../units/units.ts'
import type { MonoAudio } from './audio.ts'

const ZERO_CROSSINGS = 16

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b))

/** Taps of one phase for the input samples at distances −half + 1 … half, with unit gain at 0 Hz. */
const tapsAt = (fraction: number, half: number, cutoff: number): Float64Array => {
  const taps = Float64Array.from({ length: 2 * half }, (_, tap) => {
    const distance = tap - (half - 1) - fraction
    const angle = Math.PI * distance * cutoff
    const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / half)
    return Math.abs(distance) >= half ? 0 : window * (angle === 0 ? 1 : Math.sin(angle) / angle)
  })
  const gain = taps.reduce((sum, tap) => sum + tap, 0)
  return taps.map((tap) => tap / gain)
}

export const resampleMono = ({ samples, sampleRate }: MonoAudio, rate: Hertz): MonoAudio => {
  if (rate === sampleRate) return { samples, sampleRate }
  const divisor = greatestCommonDivisor(sampleRate, rate)
  const [phases, step] = [rate / divisor, sampleRate / divisor]
  const cutoff = Math.min(1, rate / sampleRate)
  const half = Math.ceil(ZERO_CROSSINGS / cutoff)
  const rows = Array.from({ length: phases }, (_, phase) => tapsAt(phase / phases, half, cutoff))
  const resampled = new Float32Array(Math.ceil((samples.length * rate) / sampleRate))
  for (let k = 0; k < resampled.length; k++) {
    const position = k * step
    const taps = rows[position % phases]!
    const first = Math.floor(position / phases) - (half - 1)
    let sum = 0
    for (let tap = Math.max(0, -first); tap < taps.length && first + tap < samples.length; tap++)
      sum += taps[tap]! * samples[first + tap]!
    resampled[k] = sum
  }
  return { samples: resampled, sampleRate: rate }
}
