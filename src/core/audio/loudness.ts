/**
 * @file Integrated loudness by EBU R128 / ITU-R BS.1770-4: K-weighting, 400 ms blocks with 75 % overlap, absolute gate at
 * −70 LUFS and relative gate at −10 LU. The analogue prototypes of the standard's two filters give the K-weighting at any rate
 * (parameters as in De Man, "Evaluation of Implementations of the EBU R128 Loudness Measurement", AES 145, 2018). Frames are interleaved.
 */
import type { Decibels, Hertz } from '../units/units.ts'
import { createSampleRoom, readPieces, type SampleRoom } from './sample-room.ts'

type Biquad = {
  readonly b0: number
  readonly b1: number
  readonly b2: number
  readonly a1: number
  readonly a2: number
}

export type LoudnessMeter = {
  readonly push: (frames: Float32Array) => void
  /** The same for `count` frames that the room holds already. */
  readonly take: (count: number) => void
  /** Integrated loudness so far in LUFS; null when no block passes the absolute gate. */
  readonly integrated: () => Decibels | null
}

const STEPS_PER_BLOCK = 4
const ABSOLUTE_GATE_LUFS = -70
const RELATIVE_GATE_LU = -10

const highShelf = (sampleRate: Hertz): Biquad => {
  const gain = 10 ** (3.999843853973347 / 20)
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate)
  const q = 0.7071752369554196
  const vb = gain ** 0.4996667741545416
  const a0 = 1 + k / q + k * k
  return {
    b0: (gain + (vb * k) / q + k * k) / a0,
    b1: (2 * (k * k - gain)) / a0,
    b2: (gain - (vb * k) / q + k * k) / a0,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k / q + k * k) / a0,
  }
}

/** The numerator is 1 −2 1. */
const highPass = (sampleRate: Hertz): { readonly c1: number; readonly c2: number } => {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate)
  const q = 0.5003270373238773
  const a0 = 1 + k / q + k * k
  return { c1: (2 * (k * k - 1)) / a0, c2: (1 - k / q + k * k) / a0 }
}

/** Weights of BS.1770 for mono, stereo, and 5.1 in the order L R C LFE Ls Rs; further channels count as front ones. */
const channelWeight = (channel: number, channels: number): number => {
  if (channel >= channels) return 0
  if (channels < 5) return 1
  const lfe = channels === 5 ? -1 : 3
  if (channel === lfe) return 0
  return channel > 3 || (channels === 5 && channel > 2) ? 1.41 : 1
}

const SAMPLE_BYTES = 4
const DOUBLE_BYTES = 8
/** The kernel filters two channels at once; its record holds pairs: six states, the energy, seven coefficients. */
const PAIR = 2
const ENERGY_DOUBLE = PAIR * 6
const COEFFICIENTS_DOUBLE = PAIR * 7
const FILTER_DOUBLES = PAIR * 14
/** Filter states below this (−600 dB) are set to zero; otherwise they fade into slow, denormal numbers after a sound stops. */
const SILENT_STATE = 1e-30

type Weighting = {
  /** Reads `count` of the room's frames from `start` on. */
  readonly weigh: (start: number, count: number) => void
  /** Weighted sum of the squares of the K-weighted channels since the last call. */
  readonly takeEnergy: () => number
}

/** One filter record for each pair of channels; an odd last channel is paired with whatever lies behind it, at weight 0. */
const createWeighting = (sampleRate: Hertz, room: SampleRoom): Weighting => {
  const { channels, run, doubles } = room
  const pairs = Math.ceil(channels / PAIR)
  const filtersAt = room.place(pairs * FILTER_DOUBLES * DOUBLE_BYTES) / DOUBLE_BYTES
  const { b0, b1, b2, a1, a2 } = highShelf(sampleRate)
  const { c1, c2 } = highPass(sampleRate)
  const coefficients = [b0, b1, b2, a1, a2, c1, c2].flatMap((value) => [value, value])
  const records = Array.from({ length: pairs }, (_, pair) => filtersAt + pair * FILTER_DOUBLES)
  for (const record of records) doubles().set(coefficients, record + COEFFICIENTS_DOUBLE)
  const weights = Array.from({ length: pairs * PAIR }, (_, channel) => channelWeight(channel, channels))

  return {
    weigh: (start, count) => {
      for (const [pair, record] of records.entries()) {
        const from = room.framesAt + (start * channels + pair * PAIR) * SAMPLE_BYTES
        run.weighPair(from, count, channels * SAMPLE_BYTES, record * DOUBLE_BYTES)
      }
    },
    takeEnergy: () => {
      const memory = doubles()
      let energy = 0
      for (const [pair, record] of records.entries()) {
        const at = record + ENERGY_DOUBLE
        for (let lane = 0; lane < PAIR; lane++) {
          const weight = weights[pair * PAIR + lane]!
          if (weight > 0) energy += weight * memory[at + lane]!
        }
        memory.fill(0, at, at + PAIR)
        for (let n = record; n < at; n++) if (Math.abs(memory[n]!) < SILENT_STATE) memory[n] = 0
      }
      return energy
    },
  }
}

const toLufs = (power: number): number => -0.691 + 10 * Math.log10(power)
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

export const createLoudnessMeter = (
  sampleRate: Hertz,
  channels: number,
  room: SampleRoom = createSampleRoom(channels),
): LoudnessMeter => {
  const stepFrames = Math.round(sampleRate / 10)
  const weighting = createWeighting(sampleRate, room)
  /** Weighted energy of each finished 100 ms step. */
  const steps: number[] = []
  let stepFill = 0

  const take = (length: number): void => {
    for (let start = 0; start < length; ) {
      const count = Math.min(length - start, stepFrames - stepFill)
      weighting.weigh(start, count)
      start += count
      stepFill += count
      if (stepFill === stepFrames) {
        steps.push(weighting.takeEnergy())
        stepFill = 0
      }
    }
  }

  const integrated = (): Decibels | null => {
    const blocks: number[] = []
    for (let last = STEPS_PER_BLOCK - 1; last < steps.length; last++) {
      let energy = 0
      for (let step = last - STEPS_PER_BLOCK + 1; step <= last; step++) energy += steps[step]!
      blocks.push(energy / (STEPS_PER_BLOCK * stepFrames))
    }
    const audible = blocks.filter((power) => toLufs(power) > ABSOLUTE_GATE_LUFS)
    if (audible.length === 0) return null
    const gate = toLufs(mean(audible)) + RELATIVE_GATE_LU
    return toLufs(mean(audible.filter((power) => toLufs(power) > gate)))
  }

  return { push: (frames) => readPieces(room, frames, take), take, integrated }
}
