/**
 * @file Level of six wide bands (sub to air) within the beat: its mean power, and its 20 % quantile, which is what keeps
 * sounding between the hits (a bass line between kicks, a pad between hats).
 * Conventions: dB re full scale.
 */
import { powerToDecibels } from '../units/units.ts'
import { beatMeans, beatQuantiles, joinColumns } from './aggregate-beats.ts'
import { columnsNamed } from './column.ts'
import type { FeatureExtractor } from './feature-extractor.ts'
import { BAND_NAMES, POWER_FLOOR } from './track-frames.ts'

const HELD_SHARE = 0.2

const toDecibels = (power: Float32Array): Float32Array => power.map((value) => powerToDecibels(value + POWER_FLOOR))

export const bandLevels: FeatureExtractor = {
  columns: [
    { name: 'level sub', group: 'the tone colour', roles: ['beat', 'change'] },
    { name: 'level bass', group: 'the bass', roles: ['presence', 'beat', 'change'] },
    { name: 'level low-mid', group: 'the tone colour', roles: ['beat', 'change'] },
    { name: 'level mid', group: 'the tone colour', roles: ['presence', 'beat', 'change'] },
    { name: 'level high', group: 'the tone colour', roles: ['presence', 'beat', 'change'] },
    { name: 'level air', group: 'the tone colour', roles: ['presence', 'beat', 'change'] },
    ...columnsNamed(
      BAND_NAMES.map((band) => `held ${band}`),
      { group: 'the tone colour', roles: ['beat'] },
    ),
  ],
  parameters: { heldShare: HELD_SHARE },
  extract: (track) => {
    const bands = BAND_NAMES.map((_, band) =>
      Float32Array.from({ length: track.frames }, (_, frame) => track.bandPower[frame * BAND_NAMES.length + band]!),
    )
    return joinColumns([
      ...bands.map((power) => toDecibels(beatMeans(track, power))),
      ...bands.map((power) => toDecibels(beatQuantiles(track, power, HELD_SHARE))),
    ])
  },
}
