/**
 * @file One pass over the audio that measures everything that the extractors need: a short-time power spectrum at 2048 / 512
 * samples (43 frames a second, bins of 10.8 Hz) condensed to mel levels, band powers and spectral shape, and the pitch
 * peaks of a second, finer one. The extractors of this folder turn these frames into columns with a value per beat.
 * Conventions: frame t is centred on sample t · hop; beat b covers the frames from `beatFrames[b]` to `beatFrames[b + 1]`.
 */
import { ANALYSIS_SAMPLE_RATE_HZ, type MonoAudio } from '../audio/audio.ts'
import { countFrames } from '../audio/framing.ts'
import { powersToDecibels, scaleToLogarithms } from '../audio/logarithms.ts'
import { createMelFilterbank, joinFilterbanks } from '../audio/mel.ts'
import { measureHops } from '../audio/sample-hops.ts'
import { eachPowerFrame, type MelPowers } from '../audio/spectrogram.ts'
import { type BeatGrid, beatsToSeconds } from '../beats/beat-grid.ts'
import type { Progress } from '../support/progress.ts'
import { estimateTuning } from './estimate-tuning.ts'
import { GlideCollector, type Glides } from './partial-glides.ts'
import { findPitchPeaks, type PitchPeaks } from './pitch-peaks.ts'

export const FRAME_SHAPE = {
  sampleRateHz: ANALYSIS_SAMPLE_RATE_HZ,
  frameSize: 2048,
  hopSamples: 512,
  melBands: 32,
  melMinHz: 30,
  melMaxHz: 10500,
  /** Edges of the wide bands: sub, bass, low-mid, mid, high, air. */
  bandEdgesHz: [20, 60, 150, 500, 2000, 6000, 11000],
  rolloffShare: 0.85,
} as const

/** The bands that the shipped network takes, from the same transform; a test compares them with its card. */
const HEARD_MEL = { bands: 96, minHz: 30, maxHz: 10500 } as const

export const BAND_NAMES = ['sub', 'bass', 'low-mid', 'mid', 'high', 'air'] as const

/** Added to every power before a logarithm: −100 dB re full scale, below the noise of 16 bits in a band. */
export const POWER_FLOOR = 1e-10

/** Measured on the short-time spectra. */
export type SpectralFrames = {
  readonly frames: number
  readonly framesPerSecond: number
  /** Shape (frames, melBands), dB re full scale. */
  readonly melDb: Float32Array
  readonly melCentresHz: Float32Array
  /** Shape (frames, 6): summed power of each wide band. */
  readonly bandPower: Float32Array
  /** Shape (frames): power-weighted mean frequency, and the frequency below which 85 % of the power lies. */
  readonly centroidHz: Float32Array
  readonly rolloffHz: Float32Array
  /** Shape (frames): mean square, largest magnitude and share of sign changes of the hop around the frame's centre. */
  readonly meanSquare: Float32Array
  readonly peak: Float32Array
  readonly zeroCrossings: Float32Array
  readonly glides: Glides
  /** For networks that hear; in memory that threads share. */
  readonly heardMel: MelPowers
}

/** Measured on the finer spectra. */
export type TrackPitches = { readonly pitches: PitchPeaks; readonly tuningCents: number }

/** Everything that is measured without knowing the beats. */
export type AudioFrames = SpectralFrames & TrackPitches

export type TrackFrames = AudioFrames & {
  readonly beats: number
  readonly beatsPerBar: number
  /** Shape (beats + 1): positions of the beats in frames, fractional, the last one within the track. */
  readonly beatFrames: Float64Array
}

export const alignFrames = (frames: AudioFrames, grid: BeatGrid): TrackFrames => ({
  ...frames,
  beats: grid.beatCount,
  beatsPerBar: grid.beatsPerBar,
  beatFrames: Float64Array.from({ length: grid.beatCount + 1 }, (_, beat) =>
    Math.max(0, Math.min(frames.frames, beatsToSeconds(grid, beat) * frames.framesPerSecond)),
  ),
})

/** Power of a Hann-windowed frame's bins sums to 1.5 times the mean square of a sine, whose power is 1 by eachPowerFrame's scale. */
const HANN_POWER_SUM = 1.5

type SpectrumShape = Pick<SpectralFrames, 'bandPower' | 'centroidHz' | 'rolloffHz'> & {
  readonly edgeBins: Int32Array
  readonly binHz: number
}

/** Writes the wide bands of a frame and its centroid and rolloff; a function of its own is compiled once for all tracks. */
const measureShape = (
  power: Float32Array,
  frame: number,
  { edgeBins, binHz, bandPower, centroidHz, rolloffHz }: SpectrumShape,
): void => {
  const bands = edgeBins.length - 1
  let total = 0
  let weighted = 0
  for (let band = 0; band < bands; band++) {
    const end = edgeBins[band + 1]!
    let sum = 0
    for (let bin = edgeBins[band]!; bin < end; bin++) {
      sum += power[bin]!
      weighted += bin * power[bin]!
    }
    bandPower[frame * bands + band] = sum / HANN_POWER_SUM
    total += sum
  }
  const isHeard = total > POWER_FLOOR
  const limit = FRAME_SHAPE.rolloffShare * total
  const highest = edgeBins[bands]!
  let bin = edgeBins[0]!
  let below = 0
  while (isHeard && bin < highest && below + power[bin]! < limit) below += power[bin++]!
  centroidHz[frame] = isHeard ? (weighted / total) * binHz : 0
  rolloffHz[frame] = isHeard ? bin * binHz : 0
}

export const measureSpectra = (mono: MonoAudio, options: Progress = {}): SpectralFrames => {
  const { frameSize, hopSamples, melBands, bandEdgesHz } = FRAME_SHAPE
  const frames = countFrames(mono.samples.length, hopSamples)
  const framesPerSecond = mono.sampleRate / hopSamples
  const binHz = mono.sampleRate / frameSize
  const bands = BAND_NAMES.length
  const edgeBins = Int32Array.from(bandEdgesHz, (hertz) => Math.min((frameSize >> 1) + 1, Math.round(hertz / binHz)))
  const { sampleRate } = mono
  const own = { sampleRate, frameSize, bands: melBands, minHz: FRAME_SHAPE.melMinHz, maxHz: FRAME_SHAPE.melMaxHz }
  const heard = { sampleRate, frameSize, hopSamples, ...HEARD_MEL }
  const ownBands = createMelFilterbank(own)
  const filterbank = joinFilterbanks(ownBands, createMelFilterbank(heard))
  const heardPowers = new Float32Array(new SharedArrayBuffer(frames * heard.bands * Float32Array.BYTES_PER_ELEMENT))
  const melDb = new Float32Array(frames * melBands)
  const bandPower = new Float32Array(frames * bands)
  const centroidHz = new Float32Array(frames)
  const rolloffHz = new Float32Array(frames)
  const shape = { edgeBins, binHz, bandPower, centroidHz, rolloffHz }
  const glides = new GlideCollector(frames, binHz)
  eachPowerFrame(mono, { frameSize, hopSamples, filterbank, ...options }, (power, frame, mel) => {
    melDb.set(mel.subarray(0, melBands), frame * melBands)
    heardPowers.set(mel.subarray(melBands), frame * heard.bands)
    measureShape(power, frame, shape)
    glides.visit(power, frame)
  })
  scaleToLogarithms(melDb, powersToDecibels(POWER_FLOOR))
  return {
    frames,
    framesPerSecond,
    melDb,
    melCentresHz: ownBands.centresHz,
    bandPower,
    centroidHz,
    rolloffHz,
    ...measureHops(mono.samples, hopSamples),
    glides: glides.glides,
    heardMel: { ...heard, frames, values: heardPowers },
  }
}

export const measurePitches = (mono: MonoAudio, options: Progress = {}): TrackPitches => {
  const pitches = findPitchPeaks(mono, options)
  return { pitches, tuningCents: estimateTuning(pitches) }
}

export const measureFrames = (mono: MonoAudio, options: Progress = {}): AudioFrames => {
  const share = (from: number, part: number): Progress => ({
    ...options,
    onProgress: (fraction) => options.onProgress?.(from + part * fraction),
  })
  return { ...measureSpectra(mono, share(0, 0.6)), ...measurePitches(mono, share(0.6, 0.3)) }
}
