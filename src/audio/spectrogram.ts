/**
 * @file Short-time power spectrum, frame by frame, so that several consumers share one transform and memory stays small.
 * Conventions: Hann window; frames as in framing.ts; power is scaled so that a full-scale sine at a bin's centre gives 1 (0 dB).
 */
import type { Progress } from '../support/progress.ts'
import type { MonoAudio } from './audio.ts'
import { realFft } from './fft.ts'
import { countFrames, type FrameShape, hannWindow, writeFrame } from './framing.ts'
import { applyMel, createMelFilterbank } from './mel.ts'

/** Receives one frame's power, shape (frameSize / 2 + 1); the array is reused for the next frame. */
export type VisitPowerFrame = (power: Float32Array, frame: number) => void

/** Progress is reported and abort is checked once per so many frames (a few milliseconds of work). */
const FRAMES_PER_CHECK = 1024

export const eachPowerFrame = (audio: MonoAudio, shape: FrameShape & Progress, visit: VisitPowerFrame): void => {
  const { frameSize, hopSamples, onProgress, signal } = shape
  const { samples } = audio
  const frames = countFrames(samples.length, hopSamples)
  const fft = realFft(frameSize)
  const window = hannWindow(frameSize)
  const scale = (4 / frameSize) ** 2
  const half = frameSize >> 1
  const power = new Float32Array(half + 1)
  for (let frame = 0; frame < frames; frame++) {
    if (frame % FRAMES_PER_CHECK === 0) {
      signal?.throwIfAborted()
      onProgress?.(frame / frames)
    }
    writeFrame(fft.input(), { samples, window, centre: frame * hopSamples })
    const spectrum = fft.transform()
    power[0] = spectrum[0]! ** 2 * scale
    power[half] = spectrum[1]! ** 2 * scale
    for (let bin = 1; bin < half; bin++) {
      const real = spectrum[2 * bin]!
      const imaginary = spectrum[2 * bin + 1]!
      power[bin] = (real * real + imaginary * imaginary) * scale
    }
    visit(power, frame)
  }
  onProgress?.(1)
}

/** Values in row-major order, shape (frames, bands). */
export type Spectrogram = {
  readonly values: Float32Array
  readonly frames: number
  readonly bands: number
  readonly hopSamples: number
}

export type MelShape = FrameShape & { readonly bands: number; readonly minHz: number; readonly maxHz: number }

/** @returns mean power per mel band and frame, linear. */
export const melSpectrogram = (audio: MonoAudio, shape: MelShape & Progress): Spectrogram => {
  const { frameSize, hopSamples, bands } = shape
  const filterbank = createMelFilterbank({ ...shape, sampleRate: audio.sampleRate })
  const frames = countFrames(audio.samples.length, hopSamples)
  const values = new Float32Array(frames * bands)
  eachPowerFrame(audio, { ...shape, frameSize }, (power, frame) =>
    applyMel(filterbank, power, values.subarray(frame * bands, (frame + 1) * bands)),
  )
  return { values, frames, bands, hopSamples }
}
