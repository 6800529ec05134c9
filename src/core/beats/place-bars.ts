/**
 * @file From a tracking to the grid: the model places octave, half-beat, bar and phrase phase, each with its probability.
 * Confidences: tempo = probability of the metrical family times that of the octave; downbeat = probability of half-beat and bar
 * together; phrase = that times the probability of the phrase phase. Temperatures are fitted out of fold (`recipes/bar-phase/`), so
 * the confidences are calibrated.
 */
import {
  type BarPhaseModel,
  BEATS_PER_BAR,
  barPhaseFeatures,
  beatLevelFeatures,
  decide,
  halfBeatFeatures,
  phraseFeatures,
  placeBeats,
} from './bar-phase.ts'
import { BARS_PER_PHRASE, type BeatGrid, type GridAnchor } from './beat-grid.ts'
import { ROWS_PER_BASE_BEAT } from './beat-raster.ts'
import type { BeatTracking } from './track-beats.ts'

export const placeBars = (tracking: BeatTracking, model: BarPhaseModel): BeatGrid => {
  const octave = decide(model.octave, beatLevelFeatures(tracking))
  const doubled = octave.chosen === 1
  const half = decide(model.halfBeat, halfBeatFeatures(tracking, doubled))
  const placement = placeBeats(tracking, doubled, half.chosen)
  const bar = decide(model.bar, barPhaseFeatures(tracking, placement))
  const phrase = decide(model.phrase, phraseFeatures(tracking, placement, bar.chosen))
  const { firstBeatRow, rowsPerBeat } = placement
  const { raster } = tracking
  return {
    anchors: beatAnchors(tracking, firstBeatRow, rowsPerBeat),
    beatCount: Math.max(1, Math.ceil((raster.rows - firstBeatRow) / rowsPerBeat)),
    beatsPerBar: BEATS_PER_BAR,
    firstDownbeat: bar.chosen,
    firstPhrase: (bar.chosen + phrase.chosen * BEATS_PER_BAR) % (BEATS_PER_BAR * BARS_PER_PHRASE),
    tempoConfidence: familyProbability(tracking.tempoMargin) * octave.probability,
    downbeatConfidence: half.probability * bar.probability,
    phraseConfidence: half.probability * bar.probability * phrase.probability,
  }
}

/**
 * Even odds where two families are equally strong, 31 : 1 in favour at twice the strength. The formula is not fitted: the family was
 * right on every track measured (decision 0002), so this is a cautious bound rather than a frequency.
 */
const familyProbability = (margin: number): number => 1 - 0.5 / margin ** 4

/** The base anchors, in beats of the chosen octave and phase; the first lies on beat 0. */
const beatAnchors = (tracking: BeatTracking, firstBeatRow: number, rowsPerBeat: number): GridAnchor[] => {
  const { baseAnchors, raster } = tracking
  const factor = ROWS_PER_BASE_BEAT / rowsPerBeat
  const [first, ...rest] = baseAnchors
  // A beat measured a few milliseconds before the first sample is put onto it.
  const start = Math.max(0, raster.rowSeconds[firstBeatRow]!)
  return [
    { beat: 0, seconds: start, bpm: first!.bpm * factor },
    ...rest.map((anchor) => ({
      // Half a beat is possible: a piece begins on a beat of the fast octave.
      beat: (rowOf(tracking, anchor.seconds) - firstBeatRow) / rowsPerBeat,
      seconds: anchor.seconds,
      bpm: anchor.bpm * factor,
    })),
  ]
}

const rowOf = ({ raster }: BeatTracking, seconds: number): number => {
  let nearest = 0
  for (let row = 1; row <= raster.rows; row++)
    if (Math.abs(raster.rowSeconds[row]! - seconds) < Math.abs(raster.rowSeconds[nearest]! - seconds)) nearest = row
  return nearest
}
