import type { Hertz } from '../core/units/units.ts'

/** The rate everything is generated at. */
export const DEMO_SAMPLE_RATE_HZ = 44100

const TABLE_SIZE = 2048
const HIGHEST_PARTIAL_HZ = 19000

/** Amplitude of partial n (1 = fundamental); the sign is its phase. */
type Spectrum = (partial: number) => number

const spectra = {
  saw: (partial) => (partial % 2 === 0 ? -1 : 1) / partial,
  square: (partial) => (partial % 2 === 0 ? 0 : 1 / partial),
  triangle: (partial) => (partial % 2 === 0 ? 0 : (partial % 4 === 1 ? 1 : -1) / (partial * partial)),
  /** Drawbar-like: fundamental, octave, twelfth, double octave. */
  organ: (partial) => ({ 1: 1, 2: 0.7, 3: 0.45, 4: 0.35, 6: 0.18, 8: 0.12 })[partial] ?? 0,
  /** Falls 12 dB an octave above the third partial, as the larynx does. */
  voice: (partial) => 1 / (partial * Math.max(1, partial / 3)),
} as const satisfies Record<string, Spectrum>

export type Waveform = keyof typeof spectra

const tables = new Map<string, Float32Array>()

/** One cycle (and one sample more, for interpolation) with all partials below the limit: no aliasing within the octave. */
const wavetable = (waveform: Waveform, frequency: Hertz): Float32Array => {
  const octave = Math.ceil(Math.log2(Math.max(frequency, 20)))
  const name = `${waveform} ${octave}`
  const known = tables.get(name)
  if (known !== undefined) return known
  const table = new Float32Array(TABLE_SIZE + 1)
  const partials = Math.max(1, Math.min(TABLE_SIZE / 4, Math.floor(HIGHEST_PARTIAL_HZ / 2 ** octave)))
  for (let partial = 1; partial <= partials; partial++) {
    const amplitude = spectra[waveform](partial)
    if (amplitude === 0) continue
    for (let n = 0; n <= TABLE_SIZE; n++) table[n]! += amplitude * Math.sin((2 * Math.PI * partial * n) / TABLE_SIZE)
  }
  const peak = table.reduce((high, value) => Math.max(high, Math.abs(value)), 0)
  for (let n = 0; n <= TABLE_SIZE; n++) table[n]! /= peak
  tables.set(name, table)
  return table
}

export type Tone = {
  readonly waveform: Waveform
  readonly frequency: Hertz
  readonly gain: number
  /** Start phase in cycles, 0 to 1. */
  readonly phase: number
  /** Frequency factor at each sample (vibrato, glide); absent means constant. */
  readonly bend?: Float32Array
}

/** Adds a band-limited periodic tone to a plane. */
export const addTone = (plane: Float32Array, { waveform, frequency, gain, phase, bend }: Tone): void => {
  const table = wavetable(waveform, frequency)
  const step = (frequency * TABLE_SIZE) / DEMO_SAMPLE_RATE_HZ
  let position = phase * TABLE_SIZE
  for (let n = 0; n < plane.length; n++) {
    const index = position | 0
    const low = table[index]!
    plane[n]! += gain * (low + (table[index + 1]! - low) * (position - index))
    position += bend === undefined ? step : step * bend[n]!
    if (position >= TABLE_SIZE) position -= TABLE_SIZE
  }
}

export const midiToHertz = (midi: number, tuningCents = 0): Hertz => 440 * 2 ** ((midi - 69 + tuningCents / 100) / 12)
