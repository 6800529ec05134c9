/**
 * @file Streaming mono mix and resampling to the analysis rate by a polyphase windowed-sinc FIR (Kaiser window; Crochiere and
 * Rabiner, "Multirate Digital Signal Processing", 1983). Flat to 9.5 kHz, 72 dB down from 12.55 kHz: what folds back lies above 9.5 kHz.
 * Zero net delay: output sample k is the input at time k / 22,050 s. Frames are interleaved.
 */
import type { Hertz } from '../units/units.ts'
import { ANALYSIS_SAMPLE_RATE_HZ } from './audio.ts'
import { createSampleRoom, PIECE_FRAMES, readPieces, type SampleRoom } from './sample-room.ts'

const PASS_HZ = 9500
const STOP_HZ = ANALYSIS_SAMPLE_RATE_HZ - PASS_HZ
const STOP_DB = 72
/** Kaiser's β and length for an attenuation (Oppenheim and Schafer, "Discrete-Time Signal Processing", §7.5.3). */
const KAISER_BETA = 0.1102 * (STOP_DB - 8.7)
const kaiserTaps = (transitionRadians: number): number => (STOP_DB - 8) / (2.285 * transitionRadians)

const SAMPLE_BYTES = 4
/** Numbers that the kernels process at once. */
const LANES = 4

export type Resampler = {
  /** Takes the next frames; returns the mono samples that became ready. */
  readonly push: (frames: Float32Array) => Float32Array
  /** The same for `count` frames that the room holds already; returns a view that the next call overwrites. */
  readonly take: (count: number) => Float32Array
  /** Returns the rest; the total is ceil(frames · 22,050 / rate) samples. */
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

export const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b))

type Design = {
  /** Taps on either side of a position; a row has twice as many. */
  readonly half: number
  /** Output k lies k · step / phases input samples from the start. */
  readonly step: number
  readonly phases: number
  /** Shape (phases, 2 · half); each row has unit gain at 0 Hz. */
  readonly rows: Float32Array
}

const designFilter = (sampleRate: Hertz): Design => {
  const divisor = greatestCommonDivisor(sampleRate, ANALYSIS_SAMPLE_RATE_HZ)
  const phases = ANALYSIS_SAMPLE_RATE_HZ / divisor
  const upsampling = sampleRate <= ANALYSIS_SAMPLE_RATE_HZ
  const pass = upsampling ? Math.min(PASS_HZ, sampleRate * 0.43) : PASS_HZ
  const stop = upsampling ? sampleRate - pass : STOP_HZ
  const cutoff = (pass + stop) / 2 / sampleRate
  const shortest = kaiserTaps((2 * Math.PI * (stop - pass)) / sampleRate)
  const half = (LANES / 2) * Math.ceil((shortest / 2 + 1) / (LANES / 2))
  const rows = new Float32Array(phases * 2 * half)
  const peak = besselI0(KAISER_BETA)
  for (let phase = 0; phase < phases; phase++) {
    const row = Float64Array.from({ length: 2 * half }, (_, tap) => {
      const distance = tap - (half - 1) - phase / phases
      const window = besselI0(KAISER_BETA * Math.sqrt(Math.max(0, 1 - (distance / half) ** 2))) / peak
      const angle = 2 * Math.PI * cutoff * distance
      return Math.abs(distance) >= half ? 0 : window * (distance === 0 ? 1 : Math.sin(angle) / angle)
    })
    const gain = row.reduce((sum, tap) => sum + tap, 0)
    rows.set(
      row.map((tap) => tap / gain),
      phase * 2 * half,
    )
  }
  return { half, step: sampleRate / divisor, phases, rows }
}

/** Writes the mono samples of one piece into `mono`; more than two channels are summed one frame at a time. */
const mixInto = (mono: Float32Array, frames: Float32Array, channels: number): void => {
  for (let n = 0, at = 0; at < frames.length; n++) {
    let sum = 0
    for (let channel = 0; channel < channels; channel++) sum += frames[at++]!
    mono[n] = sum / channels
  }
}

/**
 * A filter that halves the rate and cuts off at a quarter of it has no taps at even distances from its middle: the one for 44.1 kHz.
 * @returns the middle tap and those at 1, 3 …; null for all other filters
 */
const halfBandTaps = ({ half, step, phases, rows }: Design): Float32Array | null => {
  if (step !== 2 || phases !== 1) return null
  const middle = half - 1
  for (let distance = 2; distance < half; distance += 2) if (Math.abs(rows[middle + distance]!) > 1e-9) return null
  return Float32Array.from({ length: half / 2 + 1 }, (_, n) => rows[n === 0 ? middle : middle + 2 * n - 1]!)
}

/** @param sampleRate of the input, 1 kHz to 768 kHz, a whole number of hertz. */
export const createResampler = (
  sampleRate: Hertz,
  channels = 1,
  room: SampleRoom = createSampleRoom(channels),
): Resampler => {
  const design = designFilter(sampleRate)
  const { half, step, phases, rows } = design
  const halfBand = halfBandTaps(design)
  const passThrough = sampleRate === ANALYSIS_SAMPLE_RATE_HZ
  const mostOutputs = Math.ceil((PIECE_FRAMES * phases) / step) + 1
  const { run, samples, framesAt } = room
  const placeSamples = (count: number): number => room.place(count * SAMPLE_BYTES) / SAMPLE_BYTES
  // Indices in samples: taps, mono history and piece, every second sample of it, output.
  const tapsAt = placeSamples((halfBand ?? rows).length)
  const monoAt = placeSamples(3 * half + PIECE_FRAMES + 2 * LANES)
  const oddAt = placeSamples(mostOutputs + half + 2 * LANES)
  const outputAt = placeSamples(mostOutputs + LANES)
  samples().set(halfBand ?? rows, tapsAt)
  /** The mono buffer holds `held` samples, the first of which is input index `base`; half − 1 zeros come before the input. */
  let held = half - 1
  let base = 1 - half
  let received = 0
  let produced = 0

  const mix = (count: number, to: number): void => {
    const first = framesAt / SAMPLE_BYTES
    if (channels === 1) samples().copyWithin(to, first, first + count)
    else if (channels === 2) run.mixStereo(framesAt, to * SAMPLE_BYTES, Math.ceil(count / LANES))
    else mixInto(samples().subarray(to), samples().subarray(first, first + count * channels), channels)
  }

  /** @param middle index of the mono sample in the middle of the first output */
  const filterFrom = (middle: number, count: number): void => {
    const [taps, to] = [tapsAt * SAMPLE_BYTES, outputAt * SAMPLE_BYTES]
    if (halfBand !== null) {
      run.filterHalfBand(taps, halfBand.length - 1, middle * SAMPLE_BYTES, oddAt * SAMPLE_BYTES, to, count)
      return
    }
    const from = (middle - (half - 1)) * SAMPLE_BYTES
    const [advance, part] = [Math.floor(step / phases), step % phases]
    run.filterPhases(taps, (2 * half) / LANES, from, to, count, (produced * step) % phases, advance, part, phases)
  }

  /** Filters as much as the mono buffer allows, up to output index `limit`, and drops what no later output needs. */
  const filter = (limit: number): Float32Array => {
    const end = Math.min(limit, Math.ceil(((base + held - half) * phases) / step))
    const count = Math.max(0, end - produced)
    if (count > 0) {
      filterFrom(monoAt + Math.floor((produced * step) / phases) - base, count)
      produced += count
    }
    const needed = Math.floor((produced * step) / phases) - (half - 1)
    const dropped = Math.min(Math.max(needed - base, 0), held)
    samples().copyWithin(monoAt, monoAt + dropped, monoAt + held)
    held -= dropped
    base += dropped
    return samples().subarray(outputAt, outputAt + count)
  }

  const take = (count: number): Float32Array => {
    received += count
    if (passThrough) {
      mix(count, monoAt)
      return samples().subarray(monoAt, monoAt + count)
    }
    mix(count, monoAt + held)
    held += count
    return filter(Number.POSITIVE_INFINITY)
  }

  const push = (frames: Float32Array): Float32Array => {
    const parts: Float32Array[] = []
    readPieces(room, frames, (count) => void parts.push(take(count).slice()))
    return joinParts(parts)
  }

  const finish = (): Float32Array => {
    if (passThrough) return new Float32Array(0)
    samples().fill(0, monoAt + held, monoAt + held + half)
    held += half
    return filter(Math.ceil((received * phases) / step))
  }
  return { push, take, finish }
}

const joinParts = (parts: readonly Float32Array[]): Float32Array => {
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** @returns the whole mono signal at the analysis rate. */
export const resample = (samples: Float32Array, sampleRate: Hertz): Float32Array => {
  const resampler = createResampler(sampleRate)
  return joinParts([resampler.push(samples), resampler.finish()])
}
