import type { Random } from '../core/support/random.ts'
import { type Clip, fadeOut, normalise, secondsOfSamples } from './clip.ts'
import { filterPlane, glideCutoff } from './filter.ts'
import { whiteNoise } from './noise.ts'
import { DEMO_SAMPLE_RATE_HZ } from './oscillator.ts'

/** Noise and a gliding tone that rise in pitch and level until the very end. */
export const playRiser = (seconds: number, random: Random): Clip => {
  const samples = secondsOfSamples(seconds)
  const plane = whiteNoise(samples, random)
  filterPlane(plane, { mode: 'band-pass', cutoffHz: glideCutoff(350, 9000, samples), resonance: 1.5 })
  const octaves = 1 + Math.floor(random() * 2)
  let phase = 0
  for (let n = 0; n < samples; n++) {
    const share = n / samples
    phase += (220 * 2 ** (octaves * share)) / DEMO_SAMPLE_RATE_HZ
    const level = 0.06 + 0.94 * share * share
    plane[n] = level * (plane[n]! + 0.12 * Math.sin(2 * Math.PI * phase))
  }
  fadeOut(plane, 0.01)
  return normalise(plane)
}

export const playDownlifter = (seconds: number, random: Random): Clip => {
  const plane = whiteNoise(secondsOfSamples(seconds), random)
  filterPlane(plane, { mode: 'band-pass', cutoffHz: glideCutoff(7000, 200, plane.length), resonance: 1.5 })
  for (let n = 0; n < plane.length; n++) plane[n]! *= (1 - n / plane.length) ** 2
  return normalise(plane)
}

export const playImpact = (random: Random): Clip => {
  const plane = whiteNoise(secondsOfSamples(1.8), random)
  filterPlane(plane, { mode: 'low-pass', cutoffHz: glideCutoff(3000, 80, secondsOfSamples(0.8)), resonance: 0.8 })
  let phase = 0
  for (let n = 0; n < plane.length; n++) {
    const seconds = n / DEMO_SAMPLE_RATE_HZ
    phase += (38 + 60 * Math.exp(-seconds / 0.08)) / DEMO_SAMPLE_RATE_HZ
    plane[n] = 0.5 * plane[n]! * Math.exp(-seconds / 0.35) + Math.sin(2 * Math.PI * phase) * Math.exp(-seconds / 0.4)
  }
  fadeOut(plane, 0.1)
  return normalise(plane)
}

/** A bed of soft noise, as vinyl or rain. */
export const playAtmosphere = (seconds: number, random: Random): Clip => {
  const plane = whiteNoise(secondsOfSamples(seconds), random)
  const periodSamples = secondsOfSamples(5.3)
  const cutoffHz = (sample: number): number => 1800 * 2 ** Math.sin((2 * Math.PI * sample) / periodSamples)
  filterPlane(plane, { mode: 'band-pass', cutoffHz, resonance: 0.8 })
  const fade = Math.min(plane.length >> 1, secondsOfSamples(0.5))
  for (let n = 0; n < fade; n++) plane[n]! *= n / fade
  fadeOut(plane, 0.5)
  return normalise(plane)
}
