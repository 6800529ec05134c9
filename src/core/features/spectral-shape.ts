/**
 * @file Shape of the spectrum within the beat: centroid and its slope, rolloff (85 % of the power), flatness over the mel
 * bands (geometric over arithmetic mean, in dB; Peeters 2004) overall and above 2 kHz, and the rate of zero crossings.
 * Conventions: frequencies in octaves above 100 Hz, which suits the ear and a tree's thresholds; slope in octaves per beat.
 */
import { beatMeans, framesBetween, joinColumns } from './aggregate-beats.ts'
import type { FeatureExtractor } from './feature-extractor.ts'
import { FRAME_SHAPE, type TrackFrames } from './track-frames.ts'

const HIGH_HZ = 2000

const octaves = (hertz: Float32Array): Float32Array => hertz.map((value) => Math.log2(Math.max(value, 20) / 100))

/** Regression slope of the values over each beat, in units per beat. */
const beatSlopes = (track: TrackFrames, values: Float32Array): Float32Array =>
  Float32Array.from({ length: track.beats }, (_, beat) => {
    const [first, end] = framesBetween(track, beat)
    const count = end - first
    if (count < 2) return 0
    const centre = (first + end - 1) / 2
    let moment = 0
    for (let frame = first; frame < end; frame++) moment += (frame - centre) * values[frame]!
    return ((moment * 12) / (count * (count * count - 1))) * count
  })

/** Of all bands, and of those from `firstHigh` on; shape (frames) each, 0 dB for equal levels, otherwise below. */
type MelFlatness = { readonly all: Float32Array; readonly high: Float32Array; readonly firstHigh: number }

/** Writes the flatness of a frame; a function of its own is compiled once for all tracks. */
const measureFlatness = (melDb: Float32Array, frame: number, { all, high, firstHigh }: MelFlatness): void => {
  const bands = FRAME_SHAPE.melBands
  let logs = 0
  let powers = 0
  let highLogs = 0
  let highPowers = 0
  for (let band = 0; band < bands; band++) {
    const level = melDb[frame * bands + band]!
    const power = Math.exp(level * (Math.LN10 / 10))
    logs += level
    powers += power
    if (band < firstHigh) continue
    highLogs += level
    highPowers += power
  }
  all[frame] = logs / bands - 10 * Math.log10(powers / bands)
  high[frame] = highLogs / (bands - firstHigh) - 10 * Math.log10(highPowers / (bands - firstHigh))
}

const melFlatness = ({ melDb, frames }: TrackFrames, firstHigh: number): MelFlatness => {
  const flatness = { all: new Float32Array(frames), high: new Float32Array(frames), firstHigh }
  for (let frame = 0; frame < frames; frame++) measureFlatness(melDb, frame, flatness)
  return flatness
}

export const spectralShape: FeatureExtractor = {
  columns: [
    { name: 'centroid', group: 'the tone colour', roles: ['compared', 'beat', 'vector'] },
    { name: 'centroid slope', group: 'the tone colour', roles: ['compared', 'beat'] },
    { name: 'rolloff', group: 'the tone colour', roles: ['beat', 'vector'] },
    { name: 'flatness', group: 'the tone colour', roles: ['compared', 'sound', 'beat', 'vector'] },
    { name: 'flatness high', group: 'the tone colour', roles: ['compared', 'beat', 'vector'] },
    { name: 'zero crossings', group: 'the tone colour', roles: ['beat'] },
  ],
  parameters: { highHz: HIGH_HZ },
  extract: (track) => {
    const centroid = octaves(track.centroidHz)
    const firstHigh = track.melCentresHz.findIndex((hertz) => hertz >= HIGH_HZ)
    const flatness = melFlatness(track, firstHigh)
    return joinColumns([
      beatMeans(track, centroid),
      beatSlopes(track, centroid),
      beatMeans(track, octaves(track.rolloffHz)),
      beatMeans(track, flatness.all),
      beatMeans(track, flatness.high),
      beatMeans(track, track.zeroCrossings),
    ])
  },
}
