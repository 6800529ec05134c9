/**
 * @file What a waveform display draws: the peak of the sound and of its low, middle and high band, at several resolutions.
 * Method: second-order Butterworth filters (R. Bristow-Johnson, Audio EQ Cookbook, www.w3.org/TR/audio-eq-cookbook, read 2026-11); the
 * largest magnitude of each hop; coarser levels are the largest of four hops of the finer one, so no peak is ever lost.
 * Conventions: one byte a value, 255 = full scale and above; a peak is four bytes: whole, low, middle, high; peak n covers
 * [n, n + 1) / peaksPerSecond; the last may be cut short.
 */
import type { Hertz } from '../units/units.ts'
import type { MonoAudio } from './audio.ts'

/** Below lie kick and bass, above hats and air: own choice, near the crossovers of three-band mixers. */
const LOW_BELOW_HZ: Hertz = 200
const HIGH_ABOVE_HZ: Hertz = 2000
/** Hops this short show a kick's attack at the closest zoom; at 22,050 Hz they are 147 samples exactly. */
const FINEST_PER_SECOND = 150
const LEVELS = 4
const HOPS_PER_COARSER = 4
export const BYTES_PER_PEAK = 4
const FORMAT_VERSION = 1

type PeakLevel = {
  readonly peaksPerSecond: number
  /** Shape (peaks, BYTES_PER_PEAK). */
  readonly values: Uint8Array
}

/** Finest level first. */
export type WaveformPeaks = { readonly durationSeconds: number; readonly levels: readonly PeakLevel[] }

type Filter = (sample: number) => number

/** Second-order section, direct form II transposed. */
const butterworth = (kind: 'low' | 'high', cutoff: Hertz, sampleRate: Hertz): Filter => {
  const omega = (2 * Math.PI * cutoff) / sampleRate
  const cosine = Math.cos(omega)
  const alpha = Math.sin(omega) / Math.SQRT2
  const a0 = 1 + alpha
  const a1 = (-2 * cosine) / a0
  const a2 = (1 - alpha) / a0
  const b1 = (kind === 'low' ? 1 - cosine : -(1 + cosine)) / a0
  const b0 = Math.abs(b1) / 2
  let first = 0
  let second = 0
  return (sample) => {
    const output = b0 * sample + first
    first = b1 * sample - a1 * output + second
    second = b0 * sample - a2 * output
    return output
  }
}

const toByte = (magnitude: number): number => Math.min(255, Math.round(magnitude * 255))

const finestLevel = ({ samples, sampleRate }: MonoAudio): PeakLevel => {
  const hop = sampleRate / FINEST_PER_SECOND
  const values = new Uint8Array(Math.ceil(samples.length / hop) * BYTES_PER_PEAK)
  const low = butterworth('low', LOW_BELOW_HZ, sampleRate)
  const aboveLow = butterworth('high', LOW_BELOW_HZ, sampleRate)
  const belowHigh = butterworth('low', HIGH_ABOVE_HZ, sampleRate)
  const high = butterworth('high', HIGH_ABOVE_HZ, sampleRate)
  for (let peak = 0, index = 0; index < samples.length; peak++) {
    const end = Math.min(samples.length, Math.round((peak + 1) * hop))
    let [whole, lows, middles, highs] = [0, 0, 0, 0]
    for (; index < end; index++) {
      const sample = samples[index]!
      whole = Math.max(whole, Math.abs(sample))
      lows = Math.max(lows, Math.abs(low(sample)))
      middles = Math.max(middles, Math.abs(belowHigh(aboveLow(sample))))
      highs = Math.max(highs, Math.abs(high(sample)))
    }
    const at = peak * BYTES_PER_PEAK
    values[at] = toByte(whole)
    values[at + 1] = toByte(lows)
    values[at + 2] = toByte(middles)
    values[at + 3] = toByte(highs)
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

/** As files and the API carry it: a line of JSON (`Header`), then the values of the levels one after the other. */
export const encodePeaks = ({ durationSeconds, levels }: WaveformPeaks): Uint8Array => {
  const header: Header = {
    version: FORMAT_VERSION,
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

/** @returns null for what is not written by `encodePeaks` */
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
    return header.version === FORMAT_VERSION ? header : null
  } catch {
    return null
  }
}
