/**
 * @file How much of the sound is struck rather than held, below 200 Hz, up to 2 kHz and above.
 * Method: median filtering (Fitzgerald, DAFx 2010) on the mel levels: the median over 15 frames (0.35 s) is the held part, the
 * median over 7 bands the struck part; their power ratio is the soft mask.
 * Conventions: shares 0 to 1, weighted by power; held level in dB.
 */
import { beatMeans, joinColumns } from './aggregate-beats.ts'
import type { FeatureExtractor } from './feature-extractor.ts'
import { FRAME_SHAPE, type TrackFrames } from './track-frames.ts'

const TIME_FRAMES = 15
const FREQUENCY_BANDS = 7
const GROUP_EDGES_HZ = [0, 200, 2000, 20000] as const
const GROUP_NAMES = ['low', 'mid', 'high'] as const

/** Median over a sliding window along one line of values, the window shrinking at the ends. */
export const slidingMedian = (
  values: Float32Array,
  line: { readonly offset: number; readonly stride: number; readonly length: number; readonly window: number },
  into: Float32Array,
): void => {
  const { offset, stride, length, window } = line
  const half = window >> 1
  const sorted = new Float64Array(window)
  let count = 0
  for (let at = -half; at < length; at++) {
    const leaves = at - half - 1
    if (leaves >= 0) {
      const value = values[offset + leaves * stride]!
      let place = 0
      while (sorted[place] !== value) place++
      for (count--; place < count; place++) sorted[place] = sorted[place + 1]!
    }
    const enters = at + half
    if (enters >= 0 && enters < length) {
      const value = values[offset + enters * stride]!
      let place = count++
      for (; place > 0 && sorted[place - 1]! > value; place--) sorted[place] = sorted[place - 1]!
      sorted[place] = value
    }
    if (at >= 0) into[offset + at * stride] = sorted[count >> 1]!
  }
}

/** Held and struck levels of each mel band and frame, both of shape (frames, melBands), dB. */
const separateHeldAndStruck = (
  track: Pick<TrackFrames, 'melDb' | 'frames'>,
): { readonly held: Float32Array; readonly struck: Float32Array } => {
  const bands = FRAME_SHAPE.melBands
  const held = new Float32Array(track.melDb.length)
  const struck = new Float32Array(track.melDb.length)
  for (let band = 0; band < bands; band++)
    slidingMedian(track.melDb, { offset: band, stride: bands, length: track.frames, window: TIME_FRAMES }, held)
  for (let frame = 0; frame < track.frames; frame++)
    slidingMedian(track.melDb, { offset: frame * bands, stride: 1, length: bands, window: FREQUENCY_BANDS }, struck)
  return { held, struck }
}

export const percussiveShare: FeatureExtractor = {
  columns: [...GROUP_NAMES.map((name) => `struck share ${name}`), ...GROUP_NAMES.map((name) => `struck level ${name}`)],
  parameters: { timeFrames: TIME_FRAMES, frequencyBands: FREQUENCY_BANDS, groupEdgesHz: GROUP_EDGES_HZ },
  extract: (track) => {
    const bands = FRAME_SHAPE.melBands
    const { held, struck } = separateHeldAndStruck(track)
    const groups = GROUP_NAMES.map((_, group) => {
      const first = track.melCentresHz.findIndex((hertz) => hertz >= GROUP_EDGES_HZ[group]!)
      const after = track.melCentresHz.findIndex((hertz) => hertz >= GROUP_EDGES_HZ[group + 1]!)
      const end = after < 0 ? bands : after
      const share = new Float32Array(track.frames)
      const level = new Float32Array(track.frames)
      for (let frame = 0; frame < track.frames; frame++) {
        let total = 0
        let part = 0
        for (let band = first; band < end; band++) {
          const at = frame * bands + band
          const power = Math.exp(track.melDb[at]! * (Math.LN10 / 10))
          const mask = 1 / (1 + Math.exp((held[at]! - struck[at]!) * (Math.LN10 / 10)))
          total += power
          part += mask * power
        }
        share[frame] = part / total
        level[frame] = part / (end - first)
      }
      return {
        share: beatMeans(track, share),
        level: beatMeans(track, level).map((power) => 10 * Math.log10(power + 1e-10)),
      }
    })
    return joinColumns([...groups.map(({ share }) => share), ...groups.map(({ level }) => level)])
  },
}
