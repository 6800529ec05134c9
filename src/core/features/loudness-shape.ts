/**
 * @file Loudness of the beat and how it moves: RMS level, crest, the range between loud and soft frames, and pumping (how far
 * the level dips right after the beat, as in a side-chained mix).
 * Conventions: dB.
 */
import { amplitudeToDecibels, powerToDecibels } from '../units/units.ts'
import { beatMaxima, beatMeans, beatQuantiles, framesBetween, joinColumns } from './aggregate-beats.ts'
import type { FeatureExtractor } from './feature-extractor.ts'
import { POWER_FLOOR } from './track-frames.ts'

const RANGE_SHARES = [0.1, 0.9] as const

export const loudnessShape: FeatureExtractor = {
  columns: [
    { name: 'rms', group: 'how full it sounds', roles: ['presence', 'beat'] },
    { name: 'crest', group: 'the tone colour', roles: ['sound', 'beat', 'vector'] },
    { name: 'dynamic range', group: 'the tone colour', roles: ['sound', 'beat', 'vector'] },
    { name: 'second half over first', group: 'the tone colour', roles: ['beat', 'vector'] },
  ],
  parameters: { rangeShares: RANGE_SHARES },
  extract: (track) => {
    const rms = beatMeans(track, track.meanSquare).map((power) => powerToDecibels(power + POWER_FLOOR))
    const crest = beatMaxima(track, track.peak).map((peak, beat) => amplitudeToDecibels(peak + 1e-5) - rms[beat]!)
    const levels = track.meanSquare.map((power) => powerToDecibels(power + POWER_FLOOR))
    const high = beatQuantiles(track, levels, RANGE_SHARES[1])
    const low = beatQuantiles(track, levels, RANGE_SHARES[0])
    const part = (beat: number, range: readonly [number, number]): number => {
      const [first, end] = framesBetween(track, beat, range)
      let sum = 0
      for (let frame = first; frame < end; frame++) sum += track.meanSquare[frame]!
      return powerToDecibels(sum / (end - first) + POWER_FLOOR)
    }
    const halves = rms.map((_, beat) => part(beat, [0.5, 1]) - part(beat, [0, 0.5]))
    return joinColumns([rms, crest, high.map((value, beat) => value - low[beat]!), halves])
  },
}
