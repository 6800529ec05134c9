/**
 * @file How much of the sound is struck rather than held, below 200 Hz, from there to 2 kHz, and above.
 * Method: median filtering (Fitzgerald, DAFx 2010) on the mel levels: the median over 15 frames (0.35 s) is the held part, the
 * median over 7 bands the struck part; their power ratio is the soft mask.
 * Conventions: shares 0 to 1, weighted by power; held level in dB.
 */

import { beatMeans, joinColumns } from './aggregate-beats.ts'
import { columnsNamed } from './column.ts'
import type { FeatureExtractor } from './feature-extractor.ts'
import { columnMedians, rowMedians } from './sliding-medians.ts'
import { FRAME_SHAPE, type TrackFrames } from './track-frames.ts'

const TIME_FRAMES = 15
const FREQUENCY_BANDS = 7
const GROUP_EDGES_HZ = [0, 200, 2000, 20000] as const
const GROUP_NAMES = ['low', 'mid', 'high'] as const

/** Held and struck levels of each mel band and frame, both of shape (frames, melBands), dB. */
const separateHeldAndStruck = (
  track: Pick<TrackFrames, 'melDb' | 'frames'>,
): { readonly held: Float32Array; readonly struck: Float32Array } => {
  const shape = { rows: track.frames, columns: FRAME_SHAPE.melBands }
  return {
    held: columnMedians(track.melDb, { ...shape, window: TIME_FRAMES }),
    struck: rowMedians(track.melDb, { ...shape, window: FREQUENCY_BANDS }),
  }
}

type Levels = { readonly melDb: Float32Array; readonly held: Float32Array; readonly struck: Float32Array }

/** Writes the power of the bands of a frame, and of what is struck in them; a function of its own, which is compiled once for all tracks. */
const sumStruck = ({ melDb, held, struck }: Levels, from: number, to: number, sums: Float64Array): void => {
  let total = 0
  let part = 0
  for (let at = from; at < to; at++) {
    const power = Math.exp(melDb[at]! * (Math.LN10 / 10))
    const mask = 1 / (1 + Math.exp((held[at]! - struck[at]!) * (Math.LN10 / 10)))
    total += power
    part += mask * power
  }
  sums[0] = total
  sums[1] = part
}

export const percussiveShare: FeatureExtractor = {
  columns: [
    ...columnsNamed(
      GROUP_NAMES.map((name) => `struck share ${name}`),
      { group: 'the drums', roles: ['sound', 'beat', 'vector'] },
    ),
    ...columnsNamed(
      GROUP_NAMES.map((name) => `struck level ${name}`),
      { group: 'the drums', roles: ['presence', 'beat'] },
    ),
  ],
  parameters: { timeFrames: TIME_FRAMES, frequencyBands: FREQUENCY_BANDS, groupEdgesHz: GROUP_EDGES_HZ },
  extract: (track) => {
    const bands = FRAME_SHAPE.melBands
    const levels = { melDb: track.melDb, ...separateHeldAndStruck(track) }
    const sums = new Float64Array(2)
    const groups = GROUP_NAMES.map((_, group) => {
      const first = track.melCentresHz.findIndex((hertz) => hertz >= GROUP_EDGES_HZ[group]!)
      const after = track.melCentresHz.findIndex((hertz) => hertz >= GROUP_EDGES_HZ[group + 1]!)
      const end = after < 0 ? bands : after
      const share = new Float32Array(track.frames)
      const level = new Float32Array(track.frames)
      for (let frame = 0; frame < track.frames; frame++) {
        sumStruck(levels, frame * bands + first, frame * bands + end, sums)
        share[frame] = sums[1]! / sums[0]!
        level[frame] = sums[1]! / (end - first)
      }
      return {
        share: beatMeans(track, share),
        level: beatMeans(track, level).map((power) => 10 * Math.log10(power + 1e-10)),
      }
    })
    return joinColumns([...groups.map(({ share }) => share), ...groups.map(({ level }) => level)])
  },
}
