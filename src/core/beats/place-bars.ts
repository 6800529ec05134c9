/**
 * @file From a tracking to the grid: the model places octave, half-beat, bar and phrase phase, each with its probability.
 * Confidences: tempo = probability of the metrical family times that of the octave; phase = that of the half-beat; downbeat = that of
 * half-beat, metre and bar together; phrase = that times the probability of the phrase phase. Temperatures are fitted out of fold (`recipes/bar-phase/`), so
 * the confidences are calibrated.
 */
import {
  type BarPhaseModel,
  BEATS_PER_BAR,
  barModel,
  barPhaseFeatures,
  beatLevelFeatures,
  decide,
  halfBeatFeatures,
  metreOptions,
  phraseFeatures,
  placeBeats,
} from './bar-phase.ts'
import { BARS_PER_PHRASE, type BeatGrid, type GridAnchor } from './beat-grid.ts'
import { ROWS_PER_BASE_BEAT } from './beat-raster.ts'
import { METRES, type Metre } from './metre-features.ts'
import type { BeatTracking } from './track-beats.ts'

/** Another metre than 4 has to be this probable: nearly all music of a DJ is in 4, more than of the generated pieces. */
const CLEAR_METRE = 0.9

const decideMetre = (
  model: BarPhaseModel,
  features: readonly Float64Array[],
): { readonly metre: Metre; readonly probability: number } => {
  const { chosen, probability } = decide(model.metre, features)
  const metre = METRES[chosen]!
  if (metre === BEATS_PER_BAR || probability >= CLEAR_METRE) return { metre, probability }
  return { metre: BEATS_PER_BAR, probability: 1 - probability }
}

export const placeBars = (tracking: BeatTracking, model: BarPhaseModel): BeatGrid => {
  const octave = decide(model.octave, beatLevelFeatures(tracking))
  const doubled = octave.chosen === 1
  const half = decide(model.halfBeat, halfBeatFeatures(tracking, doubled))
  const placement = placeBeats(tracking, doubled, half.chosen)
  const { metre, probability } = decideMetre(model, metreOptions(tracking, placement))
  const bar = decide(barModel(model, metre), barPhaseFeatures(tracking, placement, metre))
  const phrase = decide(model.phrase, phraseFeatures(tracking, placement, { firstDownbeat: bar.chosen, metre }))
  const { firstBeatRow, rowsPerBeat } = placement
  const { raster } = tracking
  const downbeatConfidence = half.probability * probability * bar.probability
  return {
    anchors: beatAnchors(tracking, firstBeatRow, rowsPerBeat),
    beatCount: Math.max(1, Math.ceil((raster.rows - firstBeatRow) / rowsPerBeat)),
    beatsPerBar: metre,
    firstDownbeat: bar.chosen,
    firstPhrase: (bar.chosen + phrase.chosen * metre) % (metre * BARS_PER_PHRASE),
    tempoConfidence: tracking.familyProbability * octave.probability,
    phaseConfidence: half.probability,
    downbeatConfidence,
    phraseConfidence: downbeatConfidence * phrase.probability,
  }
}

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
