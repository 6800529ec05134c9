import type { MonoAudio } from '../audio/audio.ts'
import { powersToDecibels, scaleToLogarithms } from '../audio/logarithms.ts'
import { melSpectrogram } from '../audio/spectrogram.ts'
import type { Progress } from '../support/progress.ts'
import type { Seconds } from '../units/units.ts'
import type { EarsCard } from './ears-card.ts'

/** −100 dB: the floor that the card of every network names. */
const POWER_FLOOR = 1e-10
const FLOOR_DB = -100

export type MelWindows = {
  readonly count: number
  /** Seconds from one window to the next; window i describes `[i, i + 1)` of them. */
  readonly seconds: Seconds
  /** Numbers of one window. */
  readonly size: number
  /** Writes windows `first` … `first + count − 1`, shape (count, frames, bands), dB re full scale. */
  readonly write: (first: number, count: number, to: Float32Array) => void
}

/**
 * Cuts a recording into the overlapping windows that a network reads: each sees as much before the part it describes as after it, those at the
 * edges what there is; a recording shorter than a window is followed by silence.
 */
export const cutMelWindows = (mono: MonoAudio, { mel }: Pick<EarsCard, 'mel'>, options: Progress = {}): MelWindows => {
  const { bands, window_frames: windowFrames, hop_frames: hopFrames, hop_samples: hopSamples } = mel
  const shape = { frameSize: mel.frame_size, hopSamples, bands, minHz: mel.min_hz, maxHz: mel.max_hz }
  const { values, frames } = melSpectrogram(mono, { ...shape, ...options })
  scaleToLogarithms(values, powersToDecibels(POWER_FLOOR))
  const size = windowFrames * bands
  const context = Math.floor((windowFrames - hopFrames) / 2)
  const write = (first: number, count: number, to: Float32Array): void => {
    for (let n = 0; n < count; n++) {
      const start = Math.max(0, Math.min((first + n) * hopFrames - context, frames - windowFrames))
      const held = values.subarray(start * bands, Math.min(frames, start + windowFrames) * bands)
      to.set(held, n * size)
      to.fill(FLOOR_DB, n * size + held.length, (n + 1) * size)
    }
  }
  return { count: Math.ceil(frames / hopFrames), seconds: (hopFrames * hopSamples) / mel.sample_rate, size, write }
}
