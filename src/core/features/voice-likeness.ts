/**
 * @file Signs of a singing voice in a mono mix: partials that glide instead of standing still, tones in the middle band, a
 * timbre that changes from syllable to syllable (vocal variance: Lehner et al., ICASSP 2014), and the level of the band that
 * carries speech. These are proxies, not a voice detector: strings with vibrato and lead synths with portamento raise them too.
 * Conventions: shares 0 to 1; levels in dB.
 */
import { beatMeans, joinColumns } from './aggregate-beats.ts'
import { cepstrum } from './cepstrum.ts'
import { columnsNamed } from './column.ts'
import type { FeatureExtractor } from './feature-extractor.ts'
import { FRAME_SHAPE, type TrackFrames } from './track-frames.ts'

const VARIANCE_COEFFICIENTS = 5
const VARIANCE_REACH_FRAMES = 5
const SPEECH_HZ = [300, 3400] as const

/** Writes the variance of a frame; a function of its own is compiled once for all tracks. */
const measureVariance = (variance: Float32Array, frame: number, coefficients: Float32Array): void => {
  const width = VARIANCE_COEFFICIENTS
  const first = Math.max(0, frame - VARIANCE_REACH_FRAMES)
  const end = Math.min(variance.length, frame + VARIANCE_REACH_FRAMES + 1)
  let total = 0
  for (let coefficient = 0; coefficient < width; coefficient++) {
    let sum = 0
    let squares = 0
    for (let at = first; at < end; at++) {
      const value = coefficients[at * width + coefficient]!
      sum += value
      squares += value * value
    }
    total += Math.sqrt(Math.max(0, squares / (end - first) - (sum / (end - first)) ** 2))
  }
  variance[frame] = total
}

/** Summed standard deviation of the first five MFCCs over 11 frames (0.26 s), shape (frames). */
const timbreVariance = (track: Pick<TrackFrames, 'melDb' | 'frames'>): Float32Array => {
  const coefficients = cepstrum(track.melDb, FRAME_SHAPE.melBands, VARIANCE_COEFFICIENTS)
  const variance = new Float32Array(track.frames)
  for (let frame = 0; frame < track.frames; frame++) measureVariance(variance, frame, coefficients)
  return variance
}

/** Writes the mean of the bands from `first` to before `end` of a frame. */
const measureMean = (
  means: Float32Array,
  frame: number,
  { melDb, first, end }: Pick<TrackFrames, 'melDb'> & { readonly first: number; readonly end: number },
): void => {
  const row = frame * FRAME_SHAPE.melBands
  let sum = 0
  for (let band = first; band < end; band++) sum += melDb[row + band]!
  means[frame] = sum / (end - first)
}

const meanBands = ({ melDb, melCentresHz, frames }: TrackFrames, low: number, high: number): Float32Array => {
  const first = melCentresHz.findIndex((hertz) => hertz >= low)
  const after = melCentresHz.findIndex((hertz) => hertz >= high)
  const range = { melDb, first, end: after < 0 ? melCentresHz.length : after }
  const means = new Float32Array(frames)
  for (let frame = 0; frame < frames; frame++) measureMean(means, frame, range)
  return means
}

export const voiceLikeness: FeatureExtractor = {
  columns: [
    { name: 'voice common glide', group: 'the voice', roles: ['compared', 'beat'] },
    ...columnsNamed(
      ['voice gliding', 'voice steady', 'voice tonal', 'voice variance', 'voice band', 'voice modulation'],
      { group: 'the voice', roles: ['compared', 'sound', 'beat'] },
    ),
  ],
  parameters: { coefficients: VARIANCE_COEFFICIENTS, reachFrames: VARIANCE_REACH_FRAMES, speechHz: SPEECH_HZ },
  extract: (track) => {
    const speech = meanBands(track, ...SPEECH_HZ)
    const others = meanBands(track, 0, 20000)
    const relative = speech.map((level, frame) => level - others[frame]!)
    const squares = beatMeans(
      track,
      speech.map((level) => level * level),
    )
    const means = beatMeans(track, speech)
    return joinColumns([
      beatMeans(track, track.glides.commonGlide),
      beatMeans(track, track.glides.glidingShare),
      beatMeans(track, track.glides.steadyShare),
      beatMeans(track, track.glides.tonalShare),
      beatMeans(track, timbreVariance(track)),
      beatMeans(track, relative),
      squares.map((square, beat) => Math.sqrt(Math.max(0, square - means[beat]! ** 2))),
    ])
  },
}
