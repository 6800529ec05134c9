import type { BeatGrid } from '../beats/beat-grid.ts'
import type { Bpm } from '../units/units.ts'

/** The tempo of most beats: the only one where the tempo is constant. */
export const mainTempo = ({ anchors, beatCount }: BeatGrid): Bpm => {
  const beatsByTempo = new Map<number, number>()
  anchors.forEach(({ beat, bpm }, index) => {
    const length = (anchors[index + 1]?.beat ?? beatCount) - beat
    beatsByTempo.set(bpm, (beatsByTempo.get(bpm) ?? 0) + length)
  })
  return [...beatsByTempo].reduce((most, candidate) => (candidate[1] > most[1] ? candidate : most))[0]
}
