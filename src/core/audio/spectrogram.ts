/**
 * @file Short-time power spectrum, frame by frame: several consumers share one transform, and memory stays small.
 * Conventions: Hann window; frames as in framing.ts; power is scaled so that a full-scale sine at a bin's centre gives 1 (0 dB).
 */
import type { Progress } from '../support/progress.ts'
import type { Hertz } from '../units/units.ts'
import type { MonoAudio } from './audio.ts'
import { createFourFrames, FOUR, type FourFrames } from './four-frames.ts'
import { countFrames, type FrameShape } from './framing.ts'
import { createMelFilterbank, type MelFilterbank } from './mel.ts'

/** Receives one frame's power, shape (frameSize / 2 + 1), and its bands, shape (bands); both are reused for later frames. */
export type VisitPowerFrame = (power: Float32Array, frame: number, bands: Float32Array) => void

/** With a filterbank, the mean power of its bands is measured too. `frameSize` is a power of two. */
export type PowerShape = FrameShape & Progress & { readonly filterbank?: MelFilterbank }

/** Frames between two reports of progress and checks for abort (a few milliseconds of work). */
const FRAMES_PER_CHECK = 1024

/** Visits the frames in fours; `count` of each four lie within the signal. */
const eachFourFrames = (
  audio: MonoAudio,
  { onProgress, signal, ...shape }: PowerShape,
  visit: (four: FourFrames, first: number, count: number) => void,
): void => {
  const frames = countFrames(audio.samples.length, shape.hopSamples)
  const four = createFourFrames(audio.samples, shape)
  for (let first = 0; first < frames; first += FRAMES_PER_CHECK) {
    signal?.throwIfAborted()
    onProgress?.(first / frames)
    measureStretch(four, [first, Math.min(frames, first + FRAMES_PER_CHECK)], visit)
  }
  onProgress?.(1)
}

const measureStretch = (
  four: FourFrames,
  [start, end]: readonly [number, number],
  visit: (four: FourFrames, first: number, count: number) => void,
): void => {
  for (let first = start; first < end; first += FOUR) {
    four.measure(first)
    visit(four, first, Math.min(FOUR, end - first))
  }
}

export const eachPowerFrame = (audio: MonoAudio, shape: PowerShape, visit: VisitPowerFrame): void =>
  eachFourFrames(audio, shape, (four, first, count) => {
    const powers = four.readPowers()
    const bands = four.readBands()
    for (let lane = 0; lane < count; lane++) visit(powers[lane]!, first + lane, bands[lane]!)
  })

/** Values in row-major order, shape (frames, bands). */
export type Spectrogram = {
  readonly values: Float32Array
  readonly frames: number
  readonly bands: number
  readonly hopSamples: number
}

export type MelShape = FrameShape & { readonly bands: number; readonly minHz: number; readonly maxHz: number }

/** Mean power per mel band and frame, linear, with the shape and rate it was measured at. */
export type MelPowers = Spectrogram & MelShape & { readonly sampleRate: Hertz }

/** @returns mean power per mel band and frame, linear. */
export const melSpectrogram = (audio: MonoAudio, shape: MelShape & Progress): Spectrogram => {
  const { hopSamples, bands } = shape
  const filterbank = createMelFilterbank({ ...shape, sampleRate: audio.sampleRate })
  const frames = countFrames(audio.samples.length, hopSamples)
  const values = new Float32Array(frames * bands)
  eachFourFrames(audio, { ...shape, filterbank }, (four, first, count) => {
    const rows = four.readBands()
    for (let lane = 0; lane < count; lane++) values.set(rows[lane]!, (first + lane) * bands)
  })
  return { values, frames, bands, hopSamples }
}
