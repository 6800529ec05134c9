import type { MonoAudio } from '../audio/audio.ts'
import { scaleToLogarithms } from '../audio/logarithms.ts'
import { hertzToMel, melToHertz } from '../audio/mel.ts'
import { resampleMono } from '../audio/resample-mono.ts'
import { melSpectrogram } from '../audio/spectrogram.ts'
import type { Progress } from '../support/progress.ts'
import type { Seconds } from '../units/units.ts'
import type { EarsCard } from './ears-card.ts'

export type MelWindows = {
  readonly count: number
  /** Seconds from one window to the next; window i describes `[i, i + 1)` of them. */
  readonly seconds: Seconds
  /** Numbers of one window. */
  readonly size: number
  /** Writes windows `first` … `first + count − 1`, shape (count, frames, bands), on the logarithmic scale of the card. */
  readonly write: (first: number, count: number, to: Float32Array) => void
}

/** What the mean power of each band is multiplied by: its triangle's area in bins, or that over half its width in hertz. */
const bandWeights = ({ bands, min_hz, max_hz, sample_rate, frame_size, weights }: EarsCard['mel']): Float64Array => {
  const lowest = hertzToMel(min_hz)
  const step = (hertzToMel(max_hz) - lowest) / (bands + 1)
  return Float64Array.from({ length: bands }, (_, band) => {
    const halfWidthHz = (melToHertz(lowest + step * (band + 2)) - melToHertz(lowest + step * band)) / 2
    const bins = halfWidthHz / (sample_rate / frame_size)
    return weights === 'peak' ? bins : bins / halfWidthHz
  })
}

const weighBands = (values: Float32Array, weights: Float64Array): void => {
  for (let at = 0; at < values.length; at++) values[at]! *= weights[at % weights.length]!
}

/**
 * Cuts a recording into the overlapping windows that a network reads: each sees as much before the part it describes as after it, those at the
 * edges what there is; a recording shorter than a window is followed by silence.
 */
export const cutMelWindows = (mono: MonoAudio, { mel }: Pick<EarsCard, 'mel'>, options: Progress = {}): MelWindows => {
  const { bands, window_frames: windowFrames, hop_frames: hopFrames, hop_samples: hopSamples } = mel
  const shape = { frameSize: mel.frame_size, hopSamples, bands, minHz: mel.min_hz, maxHz: mel.max_hz }
  const audio = resampleMono(mono, mel.sample_rate)
  const { values, frames } = melSpectrogram(audio, { ...shape, ...options })
  if (mel.weights !== 'mean') weighBands(values, bandWeights(mel))
  scaleToLogarithms(values, mel.log)
  const floor = mel.log.factor * Math.log(mel.log.offset)
  const size = windowFrames * bands
  const context = Math.floor((windowFrames - hopFrames) / 2)
  const write = (first: number, count: number, to: Float32Array): void => {
    for (let n = 0; n < count; n++) {
      const start = Math.max(0, Math.min((first + n) * hopFrames - context, frames - windowFrames))
      const held = values.subarray(start * bands, Math.min(frames, start + windowFrames) * bands)
      to.set(held, n * size)
      to.fill(floor, n * size + held.length, (n + 1) * size)
    }
  }
  return { count: Math.ceil(frames / hopFrames), seconds: (hopFrames * hopSamples) / mel.sample_rate, size, write }
}
