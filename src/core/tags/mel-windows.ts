import type { MonoAudio } from '../audio/audio.ts'
import { scaleToLogarithms } from '../audio/logarithms.ts'
import { hertzToMel, melToHertz } from '../audio/mel.ts'
import { resampleMono } from '../audio/resample-mono.ts'
import { type MelPowers, melSpectrogram, type Spectrogram } from '../audio/spectrogram.ts'
import type { Progress } from '../support/progress.ts'
import type { Seconds } from '../units/units.ts'
import type { EarsCard } from './ears-card.ts'

/** A recording, with mel powers where they were measured already. */
export type HearableAudio = MonoAudio & { readonly mel?: MelPowers }

export type MelWindows = {
  readonly count: number
  /** Seconds from one window to the next; window i describes `[i, i + 1)` times this. */
  readonly seconds: Seconds
  /** How many numbers make a window. */
  readonly size: number
  /** Writes windows `first` … `first + count − 1`, shape (count, frames, bands), on the logarithmic scale of the card. */
  readonly write: (first: number, count: number, to: Float32Array) => void
}

/** Factor for the mean power of each band: its triangle's area in bins, or that over half its width in hertz. */
const bandWeights = ({ bands, minHz, maxHz, sampleRate, frameSize, weights }: EarsCard['mel']): Float64Array => {
  const lowest = hertzToMel(minHz)
  const step = (hertzToMel(maxHz) - lowest) / (bands + 1)
  return Float64Array.from({ length: bands }, (_, band) => {
    const halfWidthHz = (melToHertz(lowest + step * (band + 2)) - melToHertz(lowest + step * band)) / 2
    const bins = halfWidthHz / (sampleRate / frameSize)
    return weights === 'peak' ? bins : bins / halfWidthHz
  })
}

const weighBands = (values: Float32Array, weights: Float64Array): void => {
  for (let at = 0; at < values.length; at++) values[at]! *= weights[at % weights.length]!
}

/** The powers measured already, where they are the ones that the network takes. @returns values of its own */
const powersOf = (audio: HearableAudio, mel: EarsCard['mel'], options: Progress): Spectrogram => {
  const { sampleRate, frameSize, hopSamples, bands, minHz, maxHz } = mel
  const wanted = { sampleRate, frameSize, hopSamples, bands, minHz, maxHz }
  const { mel: measured } = audio
  const isWanted = Object.entries(wanted).every(([name, value]) => measured?.[name as keyof typeof wanted] === value)
  if (measured && isWanted) return { ...measured, values: measured.values.slice() }
  return melSpectrogram(resampleMono(audio, sampleRate), { ...wanted, ...options })
}

/**
 * Cuts a recording into the overlapping windows that a network takes. Each sees as much before the part it describes as after it;
 * windows at the edges see what there is; a recording shorter than a window is followed by silence.
 */
export const cutMelWindows = (
  audio: HearableAudio,
  { mel }: Pick<EarsCard, 'mel'>,
  options: Progress = {},
): MelWindows => {
  const { bands, windowFrames, hopFrames, hopSamples } = mel
  const { values, frames } = powersOf(audio, mel, options)
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
  return { count: Math.ceil(frames / hopFrames), seconds: (hopFrames * hopSamples) / mel.sampleRate, size, write }
}
