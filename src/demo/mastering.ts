import type { Random } from '../core/support/random.ts'
import { whiteNoise } from './noise.ts'
import { DEMO_SAMPLE_RATE_HZ } from './oscillator.ts'

export type MasterShape = {
  /** Mean level of the loudest fifth of the track before the limiter, in dB re full scale. */
  readonly loudnessDb: number
  readonly ceilingDb: number
  readonly noiseDb: number
  /** 2 halves the distance, in dB, between quiet and loud sections above the threshold. */
  readonly compressionRatio: number
}

const CONTROL_SAMPLES = 32
const WINDOW_SAMPLES = DEMO_SAMPLE_RATE_HZ / 2
const LOUD_SHARE = 0.2
/** The limiter looks 3 ms ahead and lets go within 80 ms. */
const LOOK_AHEAD_BLOCKS = 4
const RELEASE_S = 0.08
/** The compressor works from 10 dB under the loudest sections on, slowly enough to leave the beat alone. */
const COMPRESSOR_THRESHOLD_DB = -10
const COMPRESSOR_ATTACK_S = 0.15
const COMPRESSOR_RELEASE_S = 0.5

const toGain = (decibels: number): number => 10 ** (decibels / 20)
const perBlock = (seconds: number): number => 1 - Math.exp(-CONTROL_SAMPLES / (seconds * DEMO_SAMPLE_RATE_HZ))

const meanPower = (plane: Float32Array, from: number, to: number): number => {
  let sum = 0
  for (let n = from; n < to; n++) sum += plane[n]! * plane[n]!
  return sum / (to - from)
}

const loudestPower = (plane: Float32Array): number => {
  const powers: number[] = []
  for (let from = 0; from + WINDOW_SAMPLES <= plane.length; from += WINDOW_SAMPLES)
    powers.push(meanPower(plane, from, from + WINDOW_SAMPLES))
  const loud = powers.sort((a, b) => b - a).slice(0, Math.max(1, Math.round(powers.length * LOUD_SHARE)))
  return Math.max(1e-12, loud.reduce((sum, power) => sum + power, 0) / loud.length)
}

/** Bends only what passes the knee, and never passes 1.5. */
const softClip = (value: number): number => {
  const size = Math.abs(value)
  if (size <= 0.8) return value
  const over = size - 0.8
  return Math.sign(value) * (0.8 + over / (1 + over / 0.7))
}

/** Multiplies a plane by gains given at the edges of control blocks, in straight lines between them. */
const applyGains = (plane: Float32Array, gains: Float32Array): void => {
  for (let block = 0, from = 0; from < plane.length; block++, from += CONTROL_SAMPLES) {
    const step = (gains[block + 1]! - gains[block]!) / CONTROL_SAMPLES
    const to = Math.min(plane.length, from + CONTROL_SAMPLES)
    for (let n = from, gain = gains[block]!; n < to; n++, gain += step) plane[n]! *= gain
  }
}

const compressorGains = (plane: Float32Array, ratio: number): Float32Array => {
  const blocks = Math.ceil(plane.length / CONTROL_SAMPLES)
  const threshold = loudestPower(plane) * 10 ** (COMPRESSOR_THRESHOLD_DB / 10)
  const gains = new Float32Array(blocks + 1).fill(1)
  let power = 0
  for (let block = 0; block < blocks; block++) {
    const from = block * CONTROL_SAMPLES
    const now = meanPower(plane, from, Math.min(plane.length, from + CONTROL_SAMPLES))
    power += perBlock(now > power ? COMPRESSOR_ATTACK_S : COMPRESSOR_RELEASE_S) * (now - power)
    gains[block + 1] = power > threshold ? (power / threshold) ** (0.5 * (1 / ratio - 1)) : 1
  }
  return gains
}

/** Gain at the edges of control blocks that keeps every sample of both neighbours under the ceiling. */
const limiterGains = (plane: Float32Array, ceiling: number): Float32Array => {
  const blocks = Math.ceil(plane.length / CONTROL_SAMPLES)
  const allowed = new Float32Array(blocks)
  for (let block = 0; block < blocks; block++) {
    let peak = ceiling
    const end = Math.min(plane.length, (block + 1) * CONTROL_SAMPLES)
    for (let n = block * CONTROL_SAMPLES; n < end; n++) peak = Math.max(peak, Math.abs(plane[n]!))
    allowed[block] = ceiling / peak
  }
  const gains = new Float32Array(blocks + 1)
  let held = 1
  for (let edge = 0; edge <= blocks; edge++) {
    let floor = 1
    for (let block = Math.max(0, edge - 1); block < Math.min(blocks, edge + LOOK_AHEAD_BLOCKS); block++)
      floor = Math.min(floor, allowed[block]!)
    held = Math.min(floor, held + perBlock(RELEASE_S) * (1 - held))
    gains[edge] = held
  }
  return gains
}

/** Compresses a mix, brings it to its loudness, rounds its peaks and limits it, in place; no sample passes the ceiling. */
export const masterTrack = (plane: Float32Array, shape: MasterShape, random: Random): void => {
  applyGains(plane, compressorGains(plane, shape.compressionRatio))
  const gain = toGain(shape.loudnessDb) / Math.sqrt(loudestPower(plane))
  const noiseGain = toGain(shape.noiseDb)
  const noise = whiteNoise(plane.length, random)
  for (let n = 0; n < plane.length; n++) plane[n] = softClip(gain * plane[n]! + noiseGain * noise[n]!)
  applyGains(plane, limiterGains(plane, toGain(shape.ceilingDb)))
}
