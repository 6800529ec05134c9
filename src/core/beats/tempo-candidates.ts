/**
 * @file How well each tempo explains the whole track: the Fourier sum of the onset strength at the beat rate, its double, fourfold,
 * eightfold and half, minus what a 3:2 or 4:3 misreading would show. The metrical family is sure, but its octave is not: it is
 * decided later (`bar-phase.ts`). After Alonso, David & Richard 2004 (spectral product/sum); weights measured, decision 0002.
 * Conventions: tempo in BPM on a grid of 0.01; salience is relative to white onsets (1 = chance).
 */
import { realFft } from '../audio/fft.ts'
import type { Bpm } from '../units/units.ts'
import type { OnsetStrength } from './onset-strength.ts'
import { MAX_TEMPO_BPM, MIN_TEMPO_BPM } from './tempo-range.ts'

const TEMPO_STEP_BPM = 0.01
/** Spectrum points: at 172 frames/s a step of 0.01 BPM, for up to 10 minutes at tenfold zero-padding. */
const SPECTRUM_SIZE = 2 ** 20
/** Only the middle of a signal longer than this part of the spectrum is used. */
const ZERO_PADDING = 10
/** Half width of the moving mean that is subtracted, 1 s: sections differ in level, beats do not. */
const TREND_HALF_SECONDS = 1
/** Multiples of the beat rate that sound when it is right. */
const SUPPORTING_MULTIPLES = [0.5, 1, 2, 4, 8] as const
/** Multiples that sound when 3:2 or 4:3 of it is the beat; those at half the weight sound when 5:4 of it is. */
const OPPOSING_MULTIPLES = [3 / 4, 3 / 2, 3, 4 / 3, 2 / 3, 8 / 3] as const
const FAINTLY_OPPOSING_MULTIPLES = [0.8, 1.6, 1.25] as const
/** Log-normal prior, wide because it only picks the family. */
const PRIOR_CENTRE_BPM = 120
const PRIOR_WIDTH_OCTAVES = 0.6
/** Tempi this close to an octave of the strongest one belong to its family. */
const FAMILY_TOLERANCE = 0.02

/** Sum of the groups' square roots (so that one loud hit does not count as many), minus its moving mean; shape (frames). */
export const beatSignal = (onsets: OnsetStrength): Float32Array => {
  const [low, middle, high] = onsets.groups
  const { frames } = onsets
  const total = new Float64Array(frames + 1)
  const signal = new Float32Array(frames)
  for (let n = 0; n < frames; n++) {
    signal[n] = Math.sqrt(low[n]!) + Math.sqrt(middle[n]!) + Math.sqrt(high[n]!)
    total[n + 1] = total[n]! + signal[n]!
  }
  const half = Math.round(TREND_HALF_SECONDS * onsets.framesPerSecond)
  for (let n = 0; n < frames; n++) {
    const from = Math.max(0, n - half)
    const to = Math.min(frames, n + half + 1)
    signal[n] = signal[n]! - (total[to]! - total[from]!) / (to - from)
  }
  return signal
}

export type TempoSpectrum = {
  /** Amplitude relative to white noise of the same power, at a frequency in Hz. */
  readonly amplitudeAt: (hertz: number) => number
}

export const tempoSpectrum = (
  signal: Float32Array,
  framesPerSecond: number,
  spectrumSize: number = SPECTRUM_SIZE,
): TempoSpectrum => {
  const used = Math.min(signal.length, Math.floor(spectrumSize / ZERO_PADDING))
  const first = (signal.length - used) >> 1
  const fft = realFft(spectrumSize)
  const input = fft.input()
  input.fill(0)
  input.set(signal.subarray(first, first + used))
  let power = 0
  for (let n = first; n < first + used; n++) power += signal[n]! ** 2
  const scale = power > 0 ? 1 / Math.sqrt(power) : 0
  const spectrum = fft.transform()
  const lastBin = Math.ceil((8 * MAX_TEMPO_BPM * spectrumSize) / (60 * framesPerSecond)) + 2
  const amplitudes = new Float32Array(lastBin)
  // Math.hypot takes ten times as long, and squares of this size neither overflow nor vanish.
  for (let bin = 1; bin < lastBin; bin++)
    amplitudes[bin] = Math.sqrt(spectrum[2 * bin]! ** 2 + spectrum[2 * bin + 1]! ** 2) * scale
  return {
    amplitudeAt: (hertz) => {
      const position = (hertz * spectrumSize) / framesPerSecond
      const bin = Math.floor(position)
      if (bin + 1 >= lastBin) return 0
      return amplitudes[bin]! + (position - bin) * (amplitudes[bin + 1]! - amplitudes[bin]!)
    },
  }
}

export type TempoFamily = {
  /** The family's strongest member; its octave is provisional. */
  readonly bpm: Bpm
  readonly salience: number
  /** Salience over that of the strongest tempo of another family, both after the prior; at least 1. */
  readonly margin: number
}

/** @returns how well one tempo explains the spectrum; may be negative. */
export const tempoSalience = (spectrum: TempoSpectrum, bpm: Bpm): number => {
  const hertz = bpm / 60
  let salience = 0
  for (const multiple of SUPPORTING_MULTIPLES) salience += spectrum.amplitudeAt(hertz * multiple)
  for (const multiple of OPPOSING_MULTIPLES) salience -= spectrum.amplitudeAt(hertz * multiple)
  for (const multiple of FAINTLY_OPPOSING_MULTIPLES) salience -= 0.5 * spectrum.amplitudeAt(hertz * multiple)
  return salience
}

const priorOf = (bpm: Bpm): number => Math.exp(-0.5 * (Math.log2(bpm / PRIOR_CENTRE_BPM) / PRIOR_WIDTH_OCTAVES) ** 2)

/** @returns the metrical family that explains the track best; null when nothing explains it. */
export const strongestFamily = (spectrum: TempoSpectrum): TempoFamily | null => {
  const steps = Math.round((MAX_TEMPO_BPM - MIN_TEMPO_BPM) / TEMPO_STEP_BPM)
  const bpmOf = (step: number): Bpm => MIN_TEMPO_BPM + step * TEMPO_STEP_BPM
  const weighted = Float64Array.from({ length: steps + 1 }, (_, step) => {
    const bpm = bpmOf(step)
    return tempoSalience(spectrum, bpm) * priorOf(bpm)
  })
  let best = 0
  for (let step = 1; step <= steps; step++) if (weighted[step]! > weighted[best]!) best = step
  if (weighted[best]! <= 0) return null
  let rival = 0
  for (let step = 0; step <= steps; step++)
    if (weighted[step]! > rival && !isSameFamily(bpmOf(step), bpmOf(best))) rival = weighted[step]!
  const bpm = bpmOf(best)
  return { bpm, salience: tempoSalience(spectrum, bpm), margin: rival > 0 ? weighted[best]! / rival : MAX_MARGIN }
}
const MAX_MARGIN = 100

const isSameFamily = (a: Bpm, b: Bpm): boolean => {
  const octaves = Math.log2(a / b)
  return Math.abs(octaves - Math.round(octaves)) < Math.log2(1 + FAMILY_TOLERANCE)
}
