/**
 * @file Bass and the rest of a track, so that each has a gain of its own: together, at the same gain, they have the level of the track.
 * Method: a Linkwitz–Riley crossover of the fourth order (Linkwitz, "Active crossover networks for noncoincident drivers", 1976), each half
 * two Butterworth filters by the "Cookbook formulae for audio EQ biquad filter coefficients" (Bristow-Johnson), as in Web Audio.
 */
import type { Hertz } from '../units/units.ts'

/** Where the bass knob of a DJ mixer turns over. */
export const BASS_BELOW_HZ = 200

type Filter = (plane: Float32Array) => void

/** Butterworth, twice: filters a plane in place and remembers where it was. */
const createHalf = (kind: 'low' | 'high', sampleRate: Hertz): Filter => {
  const angle = (2 * Math.PI * BASS_BELOW_HZ) / sampleRate
  const [cosine, alpha] = [Math.cos(angle), Math.sin(angle) / Math.SQRT2]
  const a0 = 1 + alpha
  const [b1, b0] =
    kind === 'low' ? [(1 - cosine) / a0, (1 - cosine) / 2 / a0] : [-(1 + cosine) / a0, (1 + cosine) / 2 / a0]
  const [a1, a2] = [(-2 * cosine) / a0, (1 - alpha) / a0]
  const state = new Float64Array(4)
  return (plane) => {
    let [z1, z2, y1, y2] = [state[0]!, state[1]!, state[2]!, state[3]!]
    for (let n = 0; n < plane.length; n++) {
      const x = plane[n]!
      const once = b0 * x + z1
      z1 = b1 * x - a1 * once + z2
      z2 = b0 * x - a2 * once
      const twice = b0 * once + y1
      y1 = b1 * once - a1 * twice + y2
      y2 = b0 * once - a2 * twice
      plane[n] = twice
    }
    state.set([z1, z2, y1, y2])
  }
}

export type BandSplit = (plane: Float32Array) => { readonly bass: Float32Array; readonly rest: Float32Array }

/** Splits the planes of one channel, one after the other. */
export const createBandSplit = (sampleRate: Hertz): BandSplit => {
  const [low, high] = [createHalf('low', sampleRate), createHalf('high', sampleRate)]
  return (plane) => {
    const [bass, rest] = [plane.slice(), plane.slice()]
    low(bass)
    high(rest)
    return { bass, rest }
  }
}
