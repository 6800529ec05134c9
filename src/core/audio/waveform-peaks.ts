/**
 * @file What a waveform display draws: the peak of the sound and of its low, middle and high band, at several resolutions.
 * Method: second-order Butterworth filters (R. Bristow-Johnson, Audio EQ Cookbook, www.w3.org/TR/audio-eq-cookbook, read 2026-11); the
 * largest magnitude of each hop; coarser levels are the largest of four hops of the finer one, so no peak is ever lost.
 * Conventions: one byte a value, 255 = full scale and above; a peak is four bytes: whole, low, middle, high; peak n covers
 * [n, n + 1) / peaksPerSecond; the last peak may be cut short.
 */
import type { Hertz } from '../units/units.ts'
import type { MonoAudio } from './audio.ts'

/** Kick and bass lie below, hats and air above; our choice, near the crossovers of three-band mixers. */
const LOW_BELOW_HZ: Hertz = 200
const HIGH_ABOVE_HZ: Hertz = 2000
/** Hops this short show a kick's attack at the closest zoom; at 22,050 Hz they are 147 samples exactly. */
const FINEST_PER_SECOND = 150
const LEVELS = 4
const HOPS_PER_COARSER = 4
export const BYTES_PER_PEAK = 4
/** Raise it when the bytes or the measurement change; peaks of the same sound are then made and fetched anew. */
export const PEAKS_FORMAT = 1

type PeakLevel = {
  readonly peaksPerSecond: number
  /** Shape (peaks, BYTES_PER_PEAK). */
  readonly values: Uint8Array
}

/** Finest level first. */
export type WaveformPeaks = { readonly durationSeconds: number; readonly levels: readonly PeakLevel[] }

/** Second-order section, direct form II transposed: its coefficients and the two values it remembers. */
type Filter = {
  readonly b0: number
  readonly b1: number
  readonly a1: number
  readonly a2: number
  readonly state: Float64Array
}

const butterworth = (kind: 'low' | 'high', cutoff: Hertz, sampleRate: Hertz): Filter => {
  const omega = (2 * Math.PI * cutoff) / sampleRate
  const cosine = Math.cos(omega)
  const alpha = Math.sin(omega) / Math.SQRT2
  const a0 = 1 + alpha
  const b1 = (kind === 'low' ? 1 - cosine : -(1 + cosine)) / a0
  // b2 equals b0.
  return { b0: Math.abs(b1) / 2, b1, a1: (-2 * cosine) / a0, a2: (1 - alpha) / a0, state: new Float64Array(2) }
}

/** Smaller values become zero, because arithmetic on denormal numbers takes many times as long. */
const SILENCE = 1e-30

/** Filters a stretch into `output` of the same length. @returns the largest magnitude that came out */
const filterStretch = ({ b0, b1, a1, a2, state }: Filter, input: Float32Array, output: Float32Array): number => {
  let [first, second] = state as unknown as [number, number]
  let peak = 0
  for (let index = 0; index < input.length; index++) {
    const sample = input[index]!
    const filtered = b0 * sample + first
    first = b1 * sample - a1 * filtered + second
    second = b0 * sample - a2 * filtered
    output[index] = filtered
    const magnitude = filtered < 0 ? -filtered : filtered
    if (magnitude > peak) peak = magnitude
  }
  state[0] = Math.abs(first) < SILENCE ? 0 : first
  state[1] = Math.abs(second) < SILENCE ? 0 : second
  return peak
}

const peakOf = (samples: Float32Array): number => {
  let peak = 0
  for (let index = 0; index < samples.length; index++) {
    const magnitude = Math.abs(samples[index]!)
    if (magnitude > peak) peak = magnitude
  }
  return peak
}

const toByte = (magnitude: number): number => Math.min(255, Math.round(magnitude * 255))

const finestLevel = ({ samples, sampleRate }: MonoAudio): PeakLevel => {
  const hop = sampleRate / FINEST_PER_SECOND
  const count = Math.ceil(samples.length / hop)
  const values = new Uint8Array(count * BYTES_PER_PEAK)
  const low = butterworth('low', LOW_BELOW_HZ, sampleRate)
  const aboveLow = butterworth('high', LOW_BELOW_HZ, sampleRate)
  const belowHigh = butterworth('low', HIGH_ABOVE_HZ, sampleRate)
  const high = butterworth('high', HIGH_ABOVE_HZ, sampleRate)
  const scratch = new Float32Array(Math.ceil(hop) + 1)
  for (let peak = 0; peak < count; peak++) {
    const stretch = samples.subarray(Math.round(peak * hop), Math.round((peak + 1) * hop))
    const at = peak * BYTES_PER_PEAK
    values[at] = toByte(peakOf(stretch))
    values[at + 1] = toByte(filterStretch(low, stretch, scratch))
    filterStretch(aboveLow, stretch, scratch)
    const middle = scratch.subarray(0, stretch.length)
    values[at + 2] = toByte(filterStretch(belowHigh, middle, middle))
    values[at + 3] = toByte(filterStretch(high, stretch, scratch))
  }
  return { peaksPerSecond: FINEST_PER_SECOND, values }
}

const coarser = ({ peaksPerSecond, values }: PeakLevel): PeakLevel => {
  const count = Math.ceil(values.length / BYTES_PER_PEAK / HOPS_PER_COARSER)
  const larger = new Uint8Array(count * BYTES_PER_PEAK)
  for (let index = 0; index < values.length; index++) {
    const at = Math.floor(index / BYTES_PER_PEAK / HOPS_PER_COARSER) * BYTES_PER_PEAK + (index % BYTES_PER_PEAK)
    larger[at] = Math.max(larger[at]!, values[index]!)
  }
  return { peaksPerSecond: peaksPerSecond / HOPS_PER_COARSER, values: larger }
}

export const waveformPeaks = (audio: MonoAudio): WaveformPeaks => {
  const levels = [finestLevel(audio)]
  while (levels.length < LEVELS) levels.push(coarser(levels.at(-1)!))
  return { durationSeconds: audio.samples.length / audio.sampleRate, levels }
}

type Header = {
  readonly version: number
  readonly duration_seconds: number
  readonly bands: readonly string[]
  readonly levels: readonly { readonly peaks_per_second: number; readonly peaks: number }[]
}

/** The form in files and on the API: a line of JSON (`Header`), then the values of the levels one after the other. */
export const encodePeaks = ({ durationSeconds, levels }: WaveformPeaks): Uint8Array => {
  const header: Header = {
    version: PEAKS_FORMAT,
    duration_seconds: durationSeconds,
    bands: ['whole', 'low', 'middle', 'high'],
    levels: levels.map(({ peaksPerSecond, values }) => ({
      peaks_per_second: peaksPerSecond,
      peaks: values.length / BYTES_PER_PEAK,
    })),
  }
  const line = new TextEncoder().encode(`${JSON.stringify(header)}\n`)
  const bytes = new Uint8Array(line.length + levels.reduce((sum, { values }) => sum + values.length, 0))
  bytes.set(line)
  let offset = line.length
  for (const { values } of levels) {
    bytes.set(values, offset)
    offset += values.length
  }
  return bytes
}

/** @returns null for bytes that `encodePeaks` did not write */
export const decodePeaks = (bytes: Uint8Array): WaveformPeaks | null => {
  const end = bytes.indexOf(0x0a)
  const header = end < 0 ? null : parseHeader(new TextDecoder().decode(bytes.subarray(0, end)))
  if (header === null) return null
  let offset = end + 1
  const levels = header.levels.map(({ peaks_per_second, peaks }) => {
    const start = offset
    offset += peaks * BYTES_PER_PEAK
    return { peaksPerSecond: peaks_per_second, values: bytes.subarray(start, offset) }
  })
  return offset === bytes.length ? { durationSeconds: header.duration_seconds, levels } : null
}

const parseHeader = (line: string): Header | null => {
  try {
    const header = JSON.parse(line) as Header
    return header.version === PEAKS_FORMAT ? header : null
  } catch {
    // Bytes of something else: the answer is null.
    return null
  }
}
