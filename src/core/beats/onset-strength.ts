/**
 * @file How strongly something starts, per frame and frequency range: half-wave rectified rise of the compressed power in 36 mel
 * bands (spectral flux, Bello et al. 2005), summed in three groups. A kick or snare strikes in all three at once, an off-beat bass
 * or a hat in only one; that tells a beat from a half-beat.
 * Conventions: hop 128 (172 frames/s at 22,050 Hz); frame t stands for sample t · 128; each group is scaled to a mean of 1.
 */
import type { MonoAudio } from '../audio/audio.ts'
import { scaleToLogarithms } from '../audio/logarithms.ts'
import { melSpectrogram, type Spectrogram } from '../audio/spectrogram.ts'
import type { Progress } from '../support/progress.ts'

const ONSET_HOP_SAMPLES = 128
const ONSET_FRAME_SAMPLES = 512
const ONSET_BANDS = 36
/** Bands below `GROUP_FIRST_BANDS[1]` are low (under about 230 Hz), below `[2]` middle (under about 2.4 kHz), the rest high. */
const GROUP_FIRST_BANDS = [0, 4, 20, ONSET_BANDS] as const
/** Power at this level below the track's mean is half compressed: chosen so that quiet hats count and noise does not. */
const COMPRESSION_GAIN = 1000
/** The rise is taken over this many frames (12 ms): less than the window, so that attacks stay narrow. */
const RISE_FRAMES = 2
/** Smaller rises come from rounding and from steady tones beating against each other; they are not onsets. */
const MIN_RISE = 0.01

export type OnsetStrength = {
  /** Low, middle, high; each of shape (frames), mean 1 (or all zero). */
  readonly groups: readonly [Float32Array, Float32Array, Float32Array]
  readonly frames: number
  readonly framesPerSecond: number
}

/** @returns natural log of 1 + compressed power, shape (frames, 36); the whole grid is derived from it. */
export const compressedMel = (audio: MonoAudio, progress: Progress = {}): Spectrogram => {
  const mel = melSpectrogram(audio, {
    ...progress,
    frameSize: ONSET_FRAME_SAMPLES,
    hopSamples: ONSET_HOP_SAMPLES,
    bands: ONSET_BANDS,
    minHz: 30,
    maxHz: 10_000,
  })
  const { values } = mel
  let sum = 0
  for (let n = 0; n < values.length; n++) sum += values[n]!
  const gain = sum > 0 ? (COMPRESSION_GAIN * values.length) / sum : 0
  scaleToLogarithms(values, { gain, offset: 1, factor: 1 })
  return mel
}

const scaleToMeanOne = (values: Float32Array): Float32Array => {
  let sum = 0
  for (let n = 0; n < values.length; n++) sum += values[n]!
  if (sum > 0) for (let n = 0; n < values.length; n++) values[n] = (values[n]! * values.length) / sum
  return values
}

/** Rise of one frame's bands from the row `before` to the row `now`. */
const riseBetween = (values: Float32Array, before: number, now: number, bands: number): number => {
  let rise = 0
  // Twice as fast as a comparison, whose outcome no processor foresees.
  for (let band = 0; band < bands; band++) rise += Math.max(0, values[now + band]! - values[before + band]! - MIN_RISE)
  return rise
}

/** Frames that are measured by one call: what is called often is compiled once for all tracks. */
const STRETCH_FRAMES = 256

/** All groups of a frame while it is at hand: the whole is too large to be read three times. */
const measureRises = (
  groups: OnsetStrength['groups'],
  { values, bands }: Spectrogram,
  [start, end]: readonly [number, number],
): void => {
  for (let frame = start; frame < end; frame++)
    for (let group = 0; group < groups.length; group++) {
      const first = GROUP_FIRST_BANDS[group]!
      const now = frame * bands + first
      // The rise between t − 2 and t stands for t − 1.
      groups[group]![frame - (RISE_FRAMES >> 1)] = riseBetween(
        values,
        now - RISE_FRAMES * bands,
        now,
        GROUP_FIRST_BANDS[group + 1]! - first,
      )
    }
}

export const onsetStrength = (mel: Spectrogram, sampleRate: number): OnsetStrength => {
  const { frames, hopSamples } = mel
  const groups: OnsetStrength['groups'] = [new Float32Array(frames), new Float32Array(frames), new Float32Array(frames)]
  for (let first = RISE_FRAMES; first < frames; first += STRETCH_FRAMES)
    measureRises(groups, mel, [first, Math.min(frames, first + STRETCH_FRAMES)])
  for (const group of groups) scaleToMeanOne(group)
  return { groups, frames, framesPerSecond: sampleRate / hopSamples }
}
