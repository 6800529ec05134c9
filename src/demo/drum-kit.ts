import { DEMO_SAMPLE_RATE_HZ } from './oscillator.ts'

/** Mono samples at 44.1 kHz by name, each beginning at its attack. */
export type DrumKit = ReadonlyMap<string, Float32Array>

/** An attack begins where the sample first passes this share of its peak. */
const ATTACK_SHARE = 0.1
const LEAD_IN_SAMPLES = 8
const FADE_OUT_S = 0.03

/**
 * Cuts what comes before the attack, so that a hit sounds when the grid says so, ends the sample with a fade, and scales it to
 * full level.
 */
export const trimDrum = (samples: Float32Array, longestSeconds: number): Float32Array => {
  let peak = 1e-9
  for (const value of samples) peak = Math.max(peak, Math.abs(value))
  const attack = samples.findIndex((value) => Math.abs(value) >= ATTACK_SHARE * peak)
  const from = Math.max(0, attack - LEAD_IN_SAMPLES)
  const trimmed = samples.slice(from, from + Math.round(longestSeconds * DEMO_SAMPLE_RATE_HZ))
  const fade = Math.min(trimmed.length, Math.round(FADE_OUT_S * DEMO_SAMPLE_RATE_HZ))
  for (let n = 0; n < trimmed.length; n++) {
    const left = trimmed.length - 1 - n
    const edge = Math.min(1, n / LEAD_IN_SAMPLES, left / fade)
    trimmed[n]! *= edge / peak
  }
  return trimmed
}

/** Plays a sample faster or slower so that it lasts the given time; cubic (Catmull–Rom) interpolation. */
export const stretchDrum = (samples: Float32Array, seconds: number): Float32Array => {
  const length = Math.round(seconds * DEMO_SAMPLE_RATE_HZ)
  const ratio = samples.length / length
  const at = (index: number): number => samples[Math.min(samples.length - 1, Math.max(0, index))]!
  return Float32Array.from({ length }, (_, n) => {
    const position = n * ratio
    const index = Math.floor(position)
    const t = position - index
    const [a, b, c, d] = [at(index - 1), at(index), at(index + 1), at(index + 2)]
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
  })
}
