/**
 * @file One tempo for a whole track, for lists and exports.
 * Convention: the BPM that most beats follow.
 */

import type { Bpm } from '../units/units.ts'
import type { BeatGrid } from './beat-grid.ts'

/** The tempo of most beats; where the tempo is constant, the only one. */
export const mainTempo = ({ anchors, beatCount }: Pick<BeatGrid, 'anchors' | 'beatCount'>): Bpm => {
  if (anchors.length === 1) return anchors[0]!.bpm
  const beatsByTempo = new Map<number, number>()
  anchors.forEach(({ beat, bpm }, index) => {
    const length = (anchors[index + 1]?.beat ?? beatCount) - beat
    beatsByTempo.set(bpm, (beatsByTempo.get(bpm) ?? 0) + length)
  })
  return [...beatsByTempo].reduce((most, candidate) => (candidate[1] > most[1] ? candidate : most))[0]
}
