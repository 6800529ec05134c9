/**
 * @file Integrated loudness by EBU R128 / ITU-R BS.1770-4: K-weighting, 400 ms blocks with 75 % overlap, absolute gate at
 * −70 LUFS and relative gate at −10 LU. K-weighting at any rate by the analogue prototypes of the standard's two filters
 * (parameters as in De Man, "Evaluation of Implementations of the EBU R128 Loudness Measurement", AES 145, 2018).
 */
import type { Decibels, Hertz } from '../units/units.ts'

type Biquad = {
  readonly b0: number
  readonly b1: number
  readonly b2: number
  readonly a1: number
  readonly a2: number
}

export type LoudnessMeter = {
  /** Takes the next block of all channels, planes of equal length. */
  readonly push: (planes: readonly Float32Array[]) => void
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

const highPass = (sampleRate: Hertz): Biquad => {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate)
  const q = 0.5003270373238773
  const a0 = 1 + k / q + k * k
  return { b0: 1, b1: -2, b2: 1, a1: (2 * (k * k - 1)) / a0, a2: (1 - k / q + k * k) / a0 }
}

/** Weights of BS.1770 for mono, stereo, and 5.1 in the order L R C LFE Ls Rs; further channels count as front ones. */
const channelWeight = (channel: number, channels: number): number => {
  if (channels < 5) return 1
  const lfe = channels === 5 ? -1 : 3
  if (channel === lfe) return 0
  return channel > 3 || (channels === 5 && channel > 2) ? 1.41 : 1
}

/** Sum of squares of the K-weighted samples from `start` to `end`; `state` holds the two filters' delays. */
const weightedEnergy = (
  plane: Float32Array,
  range: { readonly start: number; readonly end: number },
  filter: { readonly shelf: Biquad; readonly pass: Biquad; readonly state: Float64Array },
): number => {
  const { b0, b1, b2, a1, a2 } = filter.shelf
  const { a1: c1, a2: c2 } = filter.pass
  const { state } = filter
  let s1 = state[0]!
  let s2 = state[1]!
  let p1 = state[2]!
  let p2 = state[3]!
  let energy = 0
  for (let n = range.start; n < range.end; n++) {
    const x = plane[n]!
    const y = b0 * x + s1
    s1 = b1 * x - a1 * y + s2
    s2 = b2 * x - a2 * y
    const z = y + p1
    p1 = -2 * y - c1 * z + p2
    p2 = y - c2 * z
    energy += z * z
  }
  state[0] = s1
  state[1] = s2
  state[2] = p1
  state[3] = p2
  return energy
}

const toLufs = (power: number): number => -0.691 + 10 * Math.log10(power)
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

export const createLoudnessMeter = (sampleRate: Hertz, channels: number): LoudnessMeter => {
  const stepSamples = Math.round(sampleRate / 10)
  const filters = Array.from({ length: channels }, () => ({
    shelf: highShelf(sampleRate),
    pass: highPass(sampleRate),
    state: new Float64Array(4),
  }))
  /** Weighted energy of each finished 100 ms step. */
  const steps: number[] = []
  let stepEnergy = 0
  let stepFill = 0

  const push = (planes: readonly Float32Array[]): void => {
    const length = planes[0]?.length ?? 0
    for (let start = 0; start < length; ) {
      const end = Math.min(length, start + stepSamples - stepFill)
      for (let channel = 0; channel < channels; channel++) {
        const weight = channelWeight(channel, channels)
        if (weight > 0) stepEnergy += weight * weightedEnergy(planes[channel]!, { start, end }, filters[channel]!)
      }
      stepFill += end - start
      start = end
      if (stepFill === stepSamples) {
        steps.push(stepEnergy)
        stepEnergy = 0
        stepFill = 0
      }
    }
  }

  const integrated = (): Decibels | null => {
    const blocks: number[] = []
    for (let last = STEPS_PER_BLOCK - 1; last < steps.length; last++) {
      let energy = 0
      for (let step = last - STEPS_PER_BLOCK + 1; step <= last; step++) energy += steps[step]!
      blocks.push(energy / (STEPS_PER_BLOCK * stepSamples))
    }
    const audible = blocks.filter((power) => toLufs(power) > ABSOLUTE_GATE_LUFS)
    if (audible.length === 0) return null
    const gate = toLufs(mean(audible)) + RELATIVE_GATE_LU
    return toLufs(mean(audible.filter((power) => toLufs(power) > gate)))
  }

  return { push, integrated }
}
