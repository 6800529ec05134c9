/**
 * @file The peaks of the sound and of its low, middle and high band, at several resolutions.
 * Method: second-order Butterworth filters (R. Bristow-Johnson, Audio EQ Cookbook, www.w3.org/TR/audio-eq-cookbook, read 2026-11); the
 * largest magnitude of each hop; coarser levels are the largest of four hops of the finer one, so no peak is ever lost.
 * Conventions: as in `waveform-peaks.ts`.
 */
import type { Hertz } from '../units/units.ts'
import type { MonoAudio } from './audio.ts'
import { createSeriesMemory, FLOAT_BYTES } from './series-kernels.ts'
import { BYTES_PER_PEAK, type PeakLevel, type WaveformPeaks } from './waveform-peaks.ts'

/** Kick and bass lie below, hats and air above; our choice, near the crossovers of three-band mixers. */
const LOW_BELOW_HZ: Hertz = 200
const HIGH_ABOVE_HZ: Hertz = 2000
/** Hops this short show a kick's attack at the closest zoom; at 22,050 Hz they are 147 samples exactly. */
const FINEST_PER_SECOND = 150
const LEVELS = 4
const HOPS_PER_COARSER = 4
/** Coefficients of a second-order section; b2 equals b0. */
type Filter = { readonly b0: number; readonly b1: number; readonly a1: number; readonly a2: number }

const butterworth = (kind: 'low' | 'high', cutoff: Hertz, sampleRate: Hertz): Filter => {
  const omega = (2 * Math.PI * cutoff) / sampleRate
  const cosine = Math.cos(omega)
  const alpha = Math.sin(omega) / Math.SQRT2
  const a0 = 1 + alpha
  const b1 = (kind === 'low' ? 1 - cosine : -(1 + cosine)) / a0
  return { b0: Math.abs(b1) / 2, b1, a1: (-2 * cosine) / a0, a2: (1 - alpha) / a0 }
}

/** As `filterBands` lays them out: the values remembered, the coefficients, the largest magnitudes that came out. */
const MEMORY_VALUES = 8
const LARGEST_AT = 24
const FILTERS_BYTES = 232
/** Samples filtered from one piece of memory: so many stay in the processor's cache. */
const PIECE_HOPS = 64

/** The two filters of a pair side by side, for b0, b1, a1 and a2. */
const sideBySide = (one: Filter, other: Filter): readonly number[] =>
  (['b0', 'b1', 'a1', 'a2'] as const).flatMap((name) => [one[name], other[name]])

const toByte = (magnitude: number): number => Math.min(255, Math.round(magnitude * 255))

const finestLevel = ({ samples, sampleRate }: MonoAudio): PeakLevel => {
  const hop = sampleRate / FINEST_PER_SECOND
  const count = Math.ceil(samples.length / hop)
  const values = new Uint8Array(count * BYTES_PER_PEAK)
  const { run, place, floats, buffer } = createSeriesMemory()
  const samplesAt = place((Math.ceil(PIECE_HOPS * hop) + 1) * FLOAT_BYTES)
  const filtersAt = place(FILTERS_BYTES)
  const filters = new Float64Array(buffer(), filtersAt, FILTERS_BYTES / Float64Array.BYTES_PER_ELEMENT)
  const whole = new Float32Array(buffer(), filtersAt + FILTERS_BYTES - Float64Array.BYTES_PER_ELEMENT, 1)
  const low = butterworth('low', LOW_BELOW_HZ, sampleRate)
  const aboveLow = butterworth('high', LOW_BELOW_HZ, sampleRate)
  const belowHigh = butterworth('low', HIGH_ABOVE_HZ, sampleRate)
  const high = butterworth('high', HIGH_ABOVE_HZ, sampleRate)
  filters.set([...sideBySide(low, aboveLow), ...sideBySide(high, belowHigh)], MEMORY_VALUES)
  const startOf = (peak: number): number => Math.round(peak * hop)
  for (let piece = 0; piece < count; piece += PIECE_HOPS) {
    const end = Math.min(count, piece + PIECE_HOPS)
    const pieceStart = startOf(piece)
    floats().set(samples.subarray(pieceStart, startOf(end)), samplesAt / FLOAT_BYTES)
    for (let peak = piece; peak < end; peak++) {
      const start = startOf(peak)
      const length = Math.min(samples.length, startOf(peak + 1)) - start
      run.filterBands(samplesAt + (start - pieceStart) * FLOAT_BYTES, length, filtersAt)
      const at = peak * BYTES_PER_PEAK
      values[at] = toByte(whole[0]!)
      values[at + 1] = toByte(filters[LARGEST_AT]!)
      values[at + 2] = toByte(filters[LARGEST_AT + 3]!)
      values[at + 3] = toByte(filters[LARGEST_AT + 2]!)
    }
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
