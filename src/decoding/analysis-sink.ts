import { ANALYSIS_SAMPLE_RATE_HZ, type Loudness, type MonoAudio } from '../audio/audio.ts'
import { createLoudnessMeter } from '../audio/loudness.ts'
import { createResampler } from '../audio/resample.ts'
import { createTruePeakMeter } from '../audio/true-peak.ts'
import { UserError } from '../support/user-error.ts'
import type { Hertz, Seconds } from '../units/units.ts'

/** Takes decoded blocks at the source rate and keeps only what the analysis needs: mono at 22,050 Hz and loudness. */
export type AnalysisSink = {
  /** @param planes one per channel, of equal length; read before the call returns. */
  readonly push: (planes: readonly Float32Array[]) => void
  readonly finish: () => { readonly mono: MonoAudio; readonly durationSeconds: Seconds; readonly loudness: Loudness }
}

export type SinkLimits = { readonly path: string; readonly maxDurationSeconds: Seconds }

export const tooLong = ({ path, maxDurationSeconds }: SinkLimits): UserError =>
  new UserError('AUDIO_TOO_LONG', `${path}: longer than the limit of ${Math.round(maxDurationSeconds / 60)} minutes`)

const mixToMono = (planes: readonly Float32Array[]): Float32Array => {
  if (planes.length === 1) return planes[0]!
  const mono = new Float32Array(planes[0]!.length)
  if (planes.length === 2) {
    const [left, right] = planes as [Float32Array, Float32Array]
    for (let n = 0; n < mono.length; n++) mono[n] = 0.5 * (left[n]! + right[n]!)
    return mono
  }
  for (const plane of planes) for (let n = 0; n < mono.length; n++) mono[n]! += plane[n]! / planes.length
  return mono
}

/** NaN and ±Infinity survive a sum, so one sum tells of a whole block. */
const isFinitePlane = (plane: Float32Array): boolean => {
  let sum = 0
  for (let n = 0; n < plane.length; n++) sum += plane[n]! * 0
  return sum === 0
}

const join = (parts: readonly Float32Array[]): Float32Array => {
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** @throws UserError AUDIO_NOT_FINITE, AUDIO_TOO_LONG, AUDIO_NO_STREAM (nothing came) */
export const createAnalysisSink = (
  format: { readonly sampleRate: Hertz; readonly channels: number },
  limits: SinkLimits,
): AnalysisSink => {
  const { sampleRate, channels } = format
  const resampler = createResampler(sampleRate)
  const loudness = createLoudnessMeter(sampleRate, channels)
  const truePeak = createTruePeakMeter(channels)
  const parts: Float32Array[] = []
  let samples = 0

  const push = (planes: readonly Float32Array[]): void => {
    const at = (samples / sampleRate).toFixed(1)
    for (const [channel, plane] of planes.entries()) {
      if (!isFinitePlane(plane))
        throw new UserError('AUDIO_NOT_FINITE', `${limits.path}: NaN or infinite samples near ${at} s`)
      truePeak.push(channel, plane)
    }
    samples += planes[0]!.length
    if (samples / sampleRate > limits.maxDurationSeconds) throw tooLong(limits)
    loudness.push(planes)
    parts.push(resampler.push(mixToMono(planes)).slice())
  }

  const finish: AnalysisSink['finish'] = () => {
    if (samples === 0) throw new UserError('AUDIO_NO_STREAM', `${limits.path}: no sound could be decoded`)
    parts.push(resampler.finish().slice())
    return {
      mono: { samples: join(parts), sampleRate: ANALYSIS_SAMPLE_RATE_HZ },
      durationSeconds: samples / sampleRate,
      loudness: { integratedLufs: loudness.integrated(), truePeakDb: truePeak.peakDb() },
    }
  }
  return { push, finish }
}
