/**
 * @file Noise sweeps and risers: the quiet floor above 1 kHz (what is left between the hits), its brightness, and how both
 * climb over the last 8 beats. A riser steadily lifts the floor and its centroid; hats and snares leave the floor alone.
 * Method: the floor of a mel band is the 20 % quantile of its levels within the beat; slopes by regression.
 * Conventions: dB; brightness in mel bands above the first one of 1 kHz; slopes a beat, over beats b − 7 … b.
 */
import { framesBetween, joinColumns, quantileOf } from './aggregate-beats.ts'
import { columnsNamed } from './column.ts'
import type { FeatureExtractor } from './feature-extractor.ts'
import { FRAME_SHAPE } from './track-frames.ts'

const FLOOR_SHARE = 0.2
const LOWEST_HZ = 1000
const SLOPE_BEATS = 8

/** Regression slope of each value with those of the 7 beats before it; shorter at the start, 0 at the first. */
const trailingSlopes = (values: Float32Array): Float32Array =>
  values.map((_, beat) => {
    const first = Math.max(0, beat - SLOPE_BEATS + 1)
    const count = beat - first + 1
    if (count < 2) return 0
    const centre = (first + beat) / 2
    let moment = 0
    for (let at = first; at <= beat; at++) moment += (at - centre) * values[at]!
    return (moment * 12) / (count * (count * count - 1))
  })

export const noiseSweep: FeatureExtractor = {
  columns: columnsNamed(['floor level', 'floor brightness', 'floor level slope', 'floor brightness slope'], {
    group: 'rising or falling noise',
    roles: ['compared', 'beat'],
  }),
  parameters: { floorShare: FLOOR_SHARE, slopeBeats: SLOPE_BEATS, lowestHz: LOWEST_HZ },
  extract: (track) => {
    const bands = FRAME_SHAPE.melBands
    const firstBand = track.melCentresHz.findIndex((hertz) => hertz >= LOWEST_HZ)
    const level = new Float32Array(track.beats)
    const brightness = new Float32Array(track.beats)
    for (let beat = 0; beat < track.beats; beat++) {
      const [first, end] = framesBetween(track, beat)
      const heights = new Float32Array(end - first)
      let [sum, weighted, powers] = [0, 0, 0]
      for (let band = firstBand; band < bands; band++) {
        for (let frame = first; frame < end; frame++) heights[frame - first] = track.melDb[frame * bands + band]!
        const floor = quantileOf(heights, FLOOR_SHARE)
        // Weights are amplitudes, because with powers the loudest band alone would decide.
        const amplitude = 10 ** (floor / 20)
        sum += floor
        powers += amplitude
        weighted += amplitude * (band - firstBand)
      }
      level[beat] = sum / (bands - firstBand)
      brightness[beat] = weighted / powers
    }
    return joinColumns([level, brightness, trailingSlopes(level), trailingSlopes(brightness)])
  },
}
