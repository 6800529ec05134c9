/**
 * @file What the beats of a recording are found from: compressed power in mel bands, chroma, and when the first sound starts.
 * It takes nearly all the time that a grid takes; what follows never looks at the samples again.
 */
import type { MonoAudio } from '../audio/audio.ts'
import { findExtremes, type SampleExtremes } from '../audio/sample-extremes.ts'
import type { Spectrogram } from '../audio/spectrogram.ts'
import type { Progress } from '../support/progress.ts'
import { UserError } from '../support/user-error.ts'
import type { Seconds } from '../units/units.ts'
import { chromaFrames } from './beat-raster.ts'
import { compressedMel } from './onset-strength.ts'

const MIN_SECONDS = 5
/** A signal below −80 dBFS after its mean is subtracted is silence or a constant offset. */
const SILENCE_AMPLITUDE = 1e-4

export type ObservedSound = {
  readonly durationSeconds: Seconds
  readonly sampleRate: number
  readonly mel: Spectrogram
  readonly chroma: Float32Array
  /** When the first sound starts; null when the recording starts in the middle of a sound. */
  readonly soundStartSeconds: Seconds | null
}

/** @throws UserError AUDIO_TOO_SHORT or AUDIO_SILENT. */
export const observeSound = (audio: MonoAudio, { onProgress, signal }: Progress = {}): ObservedSound => {
  const durationSeconds = audio.samples.length / audio.sampleRate
  if (durationSeconds < MIN_SECONDS)
    throw new UserError('AUDIO_TOO_SHORT', `The audio lasts ${durationSeconds.toFixed(1)} s.`, { durationSeconds })
  const extremes = findExtremes(audio.samples)
  refuseSilence(extremes)
  const share = (from: number, to: number): Progress => ({
    ...(signal && { signal }),
    ...(onProgress && { onProgress: (fraction: number) => onProgress(from + (to - from) * fraction) }),
  })
  const mel = compressedMel(audio, share(0, 0.6))
  const chroma = chromaFrames(audio, share(0.6, 0.9))
  const soundStartSeconds = findSoundStart(audio, extremes)
  return { durationSeconds, sampleRate: audio.sampleRate, mel, chroma, soundStartSeconds }
}

const refuseSilence = ({ lowest, highest, mean }: SampleExtremes): void => {
  if (Math.max(highest - mean, mean - lowest) < SILENCE_AMPLITUDE)
    throw new UserError('AUDIO_SILENT', `No sample is above ${20 * Math.log10(SILENCE_AMPLITUDE)} dBFS.`)
}

/** The sound starts with the first sample above 40 dB below the peak; the time before it must be quiet or absent. */
const START_SHARE_OF_PEAK = 0.01

const findSoundStart = ({ samples, sampleRate }: MonoAudio, { lowest, highest }: SampleExtremes): Seconds => {
  const audible = START_SHARE_OF_PEAK * Math.max(highest, -lowest)
  return (
    Math.max(
      0,
      samples.findIndex((sample) => Math.abs(sample) >= audible),
    ) / sampleRate
  )
}
