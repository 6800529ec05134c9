import type { BeatGrid } from './beat-grid.ts'

/** A grid of one tempo in four-four time that is sure of everything; bars and phrases begin at beat 0. */
export const constantGrid = (bpm: number, beatCount: number, firstSeconds = 0): BeatGrid => ({
  anchors: [{ beat: 0, seconds: firstSeconds, bpm }],
  beatCount,
  beatsPerBar: 4,
  firstDownbeat: 0,
  firstPhrase: 0,
  tempoConfidence: 1,
  downbeatConfidence: 1,
  phraseConfidence: 1,
})
