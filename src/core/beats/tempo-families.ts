/**
 * @file Which metrical family a track belongs to, among the strongest one and those that are easily taken for it: 3:2 where the beat
 * is divided by three, 4:3, 7:4 and the like. Every candidate is described by how well the onsets repeat after one beat, its parts and
 * its multiples, and by the spectrum at multiples of its rate; a conditional logistic model says which one it is.
 * Conventions: a candidate's tempo is that of the fast octave, 110–220 BPM; correlations −1 to 1.
 */
import { realFft } from '../audio/fft.ts'
import type { Bpm } from '../units/units.ts'
import type { ObservedSound } from './observe-sound.ts'
import { type OnsetStrength, onsetStrength } from './onset-strength.ts'
import { type RotationModel, rotationProbabilities } from './rotation-model.ts'
import { beatSignal, strongestFamily, type TempoSpectrum, tempoSalience, tempoSpectrum } from './tempo-candidates.ts'
import shippedModel from './tempo-family.weights.json' with { type: 'json' }
import { MIN_TEMPO_BPM } from './tempo-range.ts'

/** Ratios to the strongest family, octaves apart from each other left out. */
const RATIOS = [1, 3 / 2, 4 / 3, 5 / 4, 8 / 5, 7 / 4, 8 / 7, 5 / 3, 6 / 5, 9 / 8, 16 / 9] as const
const LAGS = [1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 1, 4 / 3, 3 / 2, 2, 3, 4, 6, 8] as const
const MULTIPLES = [1 / 2, 1, 3 / 2, 2, 3, 4, 6, 8] as const
/** The exact tempo is sought this far around a ratio. */
const TUNING_REACH = 0.006
const TUNING_STEP = 0.0004
/** Every second frame is enough to see a beat. */
const DECIMATION = 2

export type FamilyCandidate = { readonly bpm: Bpm; readonly features: Float64Array }

/** How well the onsets repeat after a third of 1/2, 1, 2 and 4 fast beats, after two thirds and after all of them; the beat may be any of these. */
export type Thirds = {
  readonly one: readonly number[]
  readonly two: readonly number[]
  readonly whole: readonly number[]
}
/** Fast beats that `Thirds` are of. */
const THIRDS_OF = [1 / 2, 1, 2, 4] as const

export const measureThirds = (onsets: OnsetStrength, bpm: Bpm): Thirds => {
  const after = autocorrelate(smoothed(onsets.groups), longestLag(onsets))
  const frames = (60 / bpm) * (onsets.framesPerSecond / DECIMATION)
  return {
    one: THIRDS_OF.map((beats) => after((frames * beats) / 3)),
    two: THIRDS_OF.map((beats) => after((frames * 2 * beats) / 3)),
    whole: THIRDS_OF.map((beats) => after(frames * beats)),
  }
}

/** Eight beats of the slowest fast tempo, in frames of the decimated signal. */
const longestLag = ({ framesPerSecond }: OnsetStrength): number =>
  Math.ceil(((8 * 60) / (2 * MIN_TEMPO_BPM * (1 - 2 * TUNING_REACH))) * (framesPerSecond / DECIMATION))

const toFastOctave = (bpm: Bpm): Bpm => {
  let fast = bpm
  while (fast >= 4 * MIN_TEMPO_BPM) fast /= 2
  while (fast < 2 * MIN_TEMPO_BPM) fast *= 2
  return fast
}

export const familyCandidates = (onsets: OnsetStrength, spectrum: TempoSpectrum, strongest: Bpm): FamilyCandidate[] => {
  const repeats = [[onsets.groups[0]], [onsets.groups[1], onsets.groups[2]]].map((groups) =>
    autocorrelate(smoothed(groups), longestLag(onsets)),
  )
  const framesPerSecond = onsets.framesPerSecond / DECIMATION
  const total = MULTIPLES.reduce((sum, multiple) => sum + spectrum.amplitudeAt((strongest / 60) * multiple), 1e-9)
  return RATIOS.map((ratio) => {
    const bpm = tune(spectrum, toFastOctave(strongest * ratio))
    const frames = (60 / bpm) * framesPerSecond
    const features: number[] = []
    for (const after of repeats) {
      const at = LAGS.map((lag) => after(lag * frames))
      features.push(...at, Math.max(at[9]!, at[10]!, at[11]!), Math.min(at[5]!, at[8]!))
    }
    for (const multiple of MULTIPLES) features.push(spectrum.amplitudeAt((bpm / 60) * multiple) / total)
    features.push(Math.max(tempoSalience(spectrum, bpm / 2), tempoSalience(spectrum, bpm)) / total, ratio === 1 ? 1 : 0)
    return { bpm, features: Float64Array.from(features) }
  })
}

/** The nearest tempo whose multiples sound most. */
const tune = (spectrum: TempoSpectrum, bpm: Bpm): Bpm => {
  let best = bpm
  let highest = Number.NEGATIVE_INFINITY
  for (let off = -TUNING_REACH; off <= TUNING_REACH; off += TUNING_STEP) {
    const hertz = (bpm * (1 + off)) / 60
    let sum = 0
    for (const multiple of MULTIPLES) sum += spectrum.amplitudeAt(hertz * multiple)
    if (sum > highest) {
      highest = sum
      best = bpm * (1 + off)
    }
  }
  return best
}

const addNear = (sums: Float64Array, group: Float32Array): void => {
  const last = group.length - 1
  for (let n = 0; n < sums.length; n++) {
    const at = n * DECIMATION
    sums[n] =
      sums[n]! +
      group[Math.max(0, at - 1)]! +
      group[at]! +
      group[Math.min(last, at + 1)]! +
      group[Math.min(last, at + 2)]!
  }
}

/** Square roots of the groups' sum, three frames wide, decimated, without their mean. */
const smoothed = (groups: readonly Float32Array[]): Float32Array => {
  const sums = new Float64Array(Math.floor(groups[0]!.length / DECIMATION))
  for (const group of groups) addNear(sums, group)
  const signal = new Float32Array(sums.length)
  let mean = 0
  for (let n = 0; n < sums.length; n++) {
    signal[n] = Math.sqrt(sums[n]!)
    mean += signal[n]! / sums.length
  }
  for (let n = 0; n < sums.length; n++) signal[n] = signal[n]! - mean
  return signal
}

/** Correlation of a signal with itself some frames later; between two whole frames it is interpolated. */
type Autocorrelation = (lag: number) => number

/** By the power spectrum (Wiener–Khinchin): the transform of a symmetric sequence is real and is its own inverse but for the scale. */
const autocorrelate = (signal: Float32Array, longestLag: number): Autocorrelation => {
  let size = 2 ** 10
  while (size < signal.length + longestLag + 2) size *= 2
  const fft = realFft(size)
  const input = fft.input()
  input.fill(0)
  input.set(signal)
  const spectrum = fft.transform()
  const powers = new Float32Array(size)
  for (let bin = 1; bin < size / 2; bin++) {
    const power = spectrum[2 * bin]! ** 2 + spectrum[2 * bin + 1]! ** 2
    powers[bin] = power
    powers[size - bin] = power
  }
  fft.input().set(powers)
  const transformed = fft.transform()
  // The transform's own memory is used again by the next one.
  const correlations = Float64Array.from({ length: longestLag + 2 }, (_, lag) => transformed[2 * lag]!)
  // Fewer frames have a partner the longer the lag.
  const at = (lag: number): number => (correlations[lag]! * signal.length) / Math.max(1, signal.length - lag)
  const power = Math.max(1e-9, correlations[0]!)
  return (lag) => {
    const floor = Math.floor(lag)
    const share = lag - floor
    return ((1 - share) * at(floor) + share * at(floor + 1)) / power
  }
}

export type TempoFamilyChoice = { readonly bpm: Bpm; readonly probability: number }

/** Trained on generated tracks alone (`recipes/bar-phase/`), so that every corpus measures it. */
export const shippedFamilyModel: RotationModel = shippedModel

export const decideFamily = (candidates: readonly FamilyCandidate[], model: RotationModel): TempoFamilyChoice => {
  const probabilities = rotationProbabilities(
    model,
    candidates.map(({ features }) => features),
  )
  const probability = Math.max(...probabilities)
  return { bpm: candidates[probabilities.indexOf(probability)]!.bpm, probability }
}

/** For training: the candidates of a track; none where no pulse stands out. */
export const observeFamilies = ({ mel, sampleRate }: ObservedSound): FamilyCandidate[] => {
  const onsets = onsetStrength(mel, sampleRate)
  const spectrum = tempoSpectrum(beatSignal(onsets), onsets.framesPerSecond)
  const strongest = strongestFamily(spectrum)
  return strongest === null ? [] : familyCandidates(onsets, spectrum, strongest.bpm)
}
