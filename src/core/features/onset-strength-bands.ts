/**
 * @file Onset strength of four frequency groups: kick-like (20–150 Hz), middle (150–2000 Hz), snare-like (500–6000 Hz) and
 * hat-like (6–11 kHz), as the rise of the band levels over two frames (half-wave rectified flux; Bello et al. 2005).
 * Conventions: dB per pair of frames, 0 or more, shape (frames) per group. Levels are taken above a floor 40 dB under the band's
 * loud frames (95 %) and 70 dB under the track's, so that the strength does not depend on the gain and hiss is not an onset.
 */
import { powersToDecibels, scaleToLogarithms } from '../audio/logarithms.ts'
import { BAND_NAMES, POWER_FLOOR, type TrackFrames } from './track-frames.ts'

const ONSET_GROUPS = { kick: [0, 1], mid: [2, 3], snare: [3, 4], hat: [5] } as const
export type OnsetGroup = keyof typeof ONSET_GROUPS
export const ONSET_GROUP_NAMES = Object.keys(ONSET_GROUPS) as readonly OnsetGroup[]

/** An onset rises at least `onsetDb` and is the highest within `reachFrames`. */
export const ONSET_SHAPE = {
  framesApart: 2,
  floorBelowBandDb: 40,
  floorBelowTrackDb: 70,
  onsetDb: 6,
  reachFrames: 2,
} as const

/** One frame in eight is enough to know how loud a track is. */
const SAMPLED_FRAMES = 8

const sumOfBands = (bandPower: Float32Array, frame: number, bands: readonly number[]): number => {
  let sum = 0
  for (let n = 0; n < bands.length; n++) sum += bandPower[frame * BAND_NAMES.length + bands[n]!]!
  return sum
}

/** Power below which 95 % of the frames lie, in one band or in all together. */
const loudPower = (
  { bandPower, frames }: Pick<TrackFrames, 'bandPower' | 'frames'>,
  bands: readonly number[],
): number => {
  const powers = new Float32Array(Math.ceil(frames / SAMPLED_FRAMES))
  for (let at = 0; at < powers.length; at++) powers[at] = sumOfBands(bandPower, at * SAMPLED_FRAMES, bands)
  powers.sort()
  return powers[Math.floor(0.95 * powers.length)] ?? 0
}

/** Adds how far the level rises to each frame, over the number of bands. */
const addRises = (strength: Float32Array, levels: Float32Array, bands: number): void => {
  const { framesApart } = ONSET_SHAPE
  for (let frame = framesApart; frame < levels.length; frame++) {
    const rise = levels[frame]! - levels[frame - framesApart]!
    if (rise > 0) strength[frame]! += rise / bands
  }
}

export const groupOnsets = (track: Pick<TrackFrames, 'bandPower' | 'frames'>, group: OnsetGroup): Float32Array => {
  const { frames, bandPower } = track
  const { floorBelowBandDb, floorBelowTrackDb } = ONSET_SHAPE
  const width = BAND_NAMES.length
  const trackFloor = loudPower(track, [...BAND_NAMES.keys()]) * 10 ** (-floorBelowTrackDb / 10)
  const strength = new Float32Array(frames)
  const levels = new Float32Array(frames)
  for (const band of ONSET_GROUPS[group]) {
    const floor = Math.max(POWER_FLOOR, trackFloor, loudPower(track, [band]) * 10 ** (-floorBelowBandDb / 10))
    for (let frame = 0; frame < frames; frame++) levels[frame] = bandPower[frame * width + band]!
    scaleToLogarithms(levels, powersToDecibels(floor))
    addRises(strength, levels, ONSET_GROUPS[group].length)
  }
  return strength
}
