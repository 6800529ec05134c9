import { ANALYSIS_SAMPLE_RATE_HZ, type Loudness, type MonoAudio, type SourceSignal } from '../../core/audio/audio.ts'
import { createLoudnessMeter } from '../../core/audio/loudness.ts'
import { createResampler } from '../../core/audio/resample.ts'
import { createSampleRoom, PIECE_FRAMES } from '../../core/audio/sample-room.ts'
import { createSourceSignalMeter } from '../../core/audio/source-signal.ts'
import { createTruePeakMeter } from '../../core/audio/true-peak.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Seconds } from '../../core/units/units.ts'
import { type SinkLimits, type SoundFormat, type SoundSink, tooLong } from './sound-sink.ts'

/** Only what the analysis needs: mono at 22,050 Hz, loudness and facts of the signal. */
export type AnalysedSound = {
  readonly mono: MonoAudio
  readonly durationSeconds: Seconds
  readonly loudness: Loudness
  readonly signal: SourceSignal
}

/** Most tracks fit into this, so their room need not grow. */
const STARTING_SECONDS = 600

/** Allocates memory that all threads share, so that no recording is copied. */
const shareSamples = (count: number): Float32Array =>
  new Float32Array(new SharedArrayBuffer(count * Float32Array.BYTES_PER_ELEMENT))

/** Makes room for the mono samples, which doubles when it is full. */
const createStore = (): { readonly append: (part: Float32Array) => void; readonly all: () => Float32Array } => {
  let room = shareSamples(STARTING_SECONDS * ANALYSIS_SAMPLE_RATE_HZ)
  let length = 0
  const append = (part: Float32Array): void => {
    if (length + part.length > room.length) {
      const larger = shareSamples(Math.max(2 * room.length, length + part.length))
      larger.set(room.subarray(0, length))
      room = larger
    }
    room.set(part, length)
    length += part.length
  }
  return { append, all: () => room.subarray(0, length) }
}

/** @throws UserError AUDIO_NOT_FINITE, AUDIO_TOO_LONG, AUDIO_NO_STREAM (no samples came) */
export const createAnalysisSink = (
  { sampleRate, channels }: SoundFormat,
  limits: SinkLimits,
): SoundSink<AnalysedSound> => {
  const room = createSampleRoom(channels)
  const resampler = createResampler(sampleRate, channels, room)
  const loudness = createLoudnessMeter(sampleRate, channels, room)
  const truePeak = createTruePeakMeter(channels, room)
  const signal = createSourceSignalMeter(sampleRate, channels, room)
  const mono = createStore()
  let count = 0

  const takePiece = (frames: number): void => {
    truePeak.take(frames)
    if (!Number.isFinite(truePeak.peak())) {
      const at = (count / sampleRate).toFixed(1)
      throw new UserError('AUDIO_NOT_FINITE', `${limits.path}: NaN or infinite samples near ${at} s`)
    }
    count += frames
    if (count / sampleRate > limits.maxDurationSeconds) throw tooLong(limits)
    loudness.take(frames)
    signal.take(frames)
    mono.append(resampler.take(frames))
  }
  const pieceSamples = PIECE_FRAMES * channels
  const push = (frames: Float32Array): void => {
    for (let at = 0; at < frames.length; at += pieceSamples) {
      const piece = frames.subarray(at, at + pieceSamples)
      room.load(piece)
      takePiece(piece.length / channels)
    }
  }
  const pushInt16 = (frames: Int16Array): void => {
    for (let at = 0; at < frames.length; at += pieceSamples) {
      const piece = frames.subarray(at, at + pieceSamples)
      room.loadInt16(piece)
      takePiece(piece.length / channels)
    }
  }

  const finish = (): AnalysedSound => {
    if (count === 0) throw new UserError('AUDIO_NO_STREAM', `${limits.path}: no sound could be decoded`)
    mono.append(resampler.finish())
    return {
      mono: { samples: mono.all(), sampleRate: ANALYSIS_SAMPLE_RATE_HZ },
      durationSeconds: count / sampleRate,
      loudness: { integratedLufs: loudness.integrated(), truePeakDb: truePeak.peakDb() },
      signal: signal.finish(),
    }
  }
  return { push, pushInt16, finish }
}
