import type { Random } from '../core/support/random.ts'
import { type Clip, fadeOut, normalise, saturate, secondsOfSamples } from './clip.ts'
import { constantCutoff, filterPlane } from './filter.ts'
import { whiteNoise } from './noise.ts'
import { DEMO_SAMPLE_RATE_HZ } from './oscillator.ts'

type KickShape = {
  readonly startHz: number
  readonly endHz: number
  readonly sweepSeconds: number
  readonly decaySeconds: number
  readonly drive: number
}

/** A sine that falls in pitch and level, with a short click, driven into saturation. */
const kick = (shape: KickShape, random: Random): Clip => {
  const plane = new Float32Array(secondsOfSamples(shape.decaySeconds * 3.5))
  let phase = 0
  for (let n = 0; n < plane.length; n++) {
    const seconds = n / DEMO_SAMPLE_RATE_HZ
    const hertz = shape.endHz + (shape.startHz - shape.endHz) * Math.exp(-seconds / shape.sweepSeconds)
    phase += hertz / DEMO_SAMPLE_RATE_HZ
    const click = 0.35 * (2 * random() - 1) * Math.exp(-seconds / 0.002)
    plane[n] = Math.sin(2 * Math.PI * phase + 0.6) * Math.exp(-seconds / shape.decaySeconds) + click
  }
  saturate(plane, shape.drive)
  fadeOut(plane, 0.02)
  return normalise(plane)
}

/** Four noise bursts within 30 ms and a tail, as several hands make it. */
const clap = (random: Random): Clip => {
  const plane = whiteNoise(secondsOfSamples(0.28), random)
  for (let n = 0; n < plane.length; n++) {
    const seconds = n / DEMO_SAMPLE_RATE_HZ
    const burst = seconds < 0.03 ? Math.exp(-(seconds % 0.01) / 0.004) : 0
    plane[n]! *= burst + 0.7 * Math.exp(-seconds / 0.07)
  }
  filterPlane(plane, { mode: 'band-pass', cutoffHz: constantCutoff(1400), resonance: 1.2 })
  return normalise(plane)
}

const openHat = (random: Random): Clip => {
  const plane = whiteNoise(secondsOfSamples(0.35), random)
  for (let n = 0; n < plane.length; n++) plane[n]! *= Math.exp(-n / DEMO_SAMPLE_RATE_HZ / 0.09)
  filterPlane(plane, { mode: 'high-pass', cutoffHz: constantCutoff(7500), resonance: 1 })
  return normalise(plane)
}

/** The drums that are synthesised; every other drum name is a sample. */
export const synthDrums: Readonly<Record<string, (random: Random) => Clip>> = {
  'synth-round': (random) =>
    kick({ startHz: 190, endHz: 48, sweepSeconds: 0.028, decaySeconds: 0.11, drive: 1.4 }, random),
  'synth-punch': (random) =>
    kick({ startHz: 320, endHz: 52, sweepSeconds: 0.02, decaySeconds: 0.09, drive: 2.2 }, random),
  'synth-hard': (random) => kick({ startHz: 420, endHz: 55, sweepSeconds: 0.03, decaySeconds: 0.12, drive: 6 }, random),
  'synth-clap': clap,
  'synth-open-hat': openHat,
}
