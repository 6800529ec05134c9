/**
 * @file The learnt part of the grid: which octave and which half-beat is the beat, which beat is the downbeat, which bar starts the
 * phrase. Four small conditional logistic models decide one after the other; `recipes/bar-phase/` says what they were trained on.
 */
import { BARS_PER_PHRASE } from './beat-grid.ts'
import { ROWS_PER_BASE_BEAT } from './beat-raster.ts'
import { octaveFeatures } from './octave-features.ts'
import { rotationFeatures } from './rotation-features.ts'
import { type RotationModel, rotationProbabilities } from './rotation-model.ts'
import { gatherSlots } from './slots.ts'
import type { BeatTracking } from './track-beats.ts'

export const BEATS_PER_BAR = 4

export type BarPhaseModel = {
  /** 0 = the base octave is the beat, 1 = twice as fast. */
  readonly octave: RotationModel
  readonly halfBeat: RotationModel
  readonly bar: RotationModel
  readonly phrase: RotationModel
}

export type BarPhaseDecision = 'octave' | 'halfBeat' | 'bar' | 'phrase'

/** Where the beats lie on the raster: beat b starts at row `firstBeatRow + b · rowsPerBeat`, 0 ≤ firstBeatRow < rowsPerBeat. */
export type BeatPlacement = { readonly firstBeatRow: number; readonly rowsPerBeat: number }

const rowsPerBeatOf = (doubled: boolean): number => (doubled ? ROWS_PER_BASE_BEAT / 2 : ROWS_PER_BASE_BEAT)

/** @returns the placement with the beat on the raster's own phase (rotation 0) or half a beat off (1). */
export const placeBeats = (tracking: BeatTracking, doubled: boolean, rotation: number): BeatPlacement => {
  const rowsPerBeat = rowsPerBeatOf(doubled)
  return { firstBeatRow: (tracking.phaseRow + (rotation * rowsPerBeat) / 2) % rowsPerBeat, rowsPerBeat }
}

/** @returns the features of a beat of `rowsPerBeat` rows at this track's tempo. */
const levelFeatures = ({ raster, baseBpm }: BeatTracking, rowsPerBeat: number): Float64Array =>
  octaveFeatures(raster, rowsPerBeat, (baseBpm * ROWS_PER_BASE_BEAT) / rowsPerBeat)

/** Features of the two levels that can be the beat: the base octave and twice as fast. */
export const beatLevelFeatures = (tracking: BeatTracking): Float64Array[] => [
  levelFeatures(tracking, rowsPerBeatOf(false)),
  levelFeatures(tracking, rowsPerBeatOf(true)),
]

/** For training: pairs the true level with the one half as fast and with the one twice as fast. */
export const beatLevelContrasts = (tracking: BeatTracking, doubled: boolean): Float64Array[][] => {
  const rows = rowsPerBeatOf(doubled)
  return [2 * rows, rows / 2].map((other) => [levelFeatures(tracking, rows), levelFeatures(tracking, other)])
}

/** Features of both half-beat rotations. */
export const halfBeatFeatures = (tracking: BeatTracking, doubled: boolean): Float64Array[] => {
  const { firstBeatRow, rowsPerBeat } = placeBeats(tracking, doubled, 0)
  const half = rowsPerBeat / 2
  const firstRow = firstBeatRow % half
  const features = rotationFeatures(gatherSlots(tracking.raster, firstRow, half), 2)
  // Rotation 0 must mean the raster's own phase, wherever the slots begin.
  return firstBeatRow === firstRow ? features : [features[1]!, features[0]!]
}

/** Features of the four rotations of the bar: rotation k says that beat k is a downbeat. */
export const barPhaseFeatures = (tracking: BeatTracking, placement: BeatPlacement): Float64Array[] =>
  rotationFeatures(gatherSlots(tracking.raster, placement.firstBeatRow, placement.rowsPerBeat), BEATS_PER_BAR)

/** Features of the four rotations of the phrase: rotation k says that the bar at beat firstDownbeat + 4 k begins one. */
export const phraseFeatures = (
  tracking: BeatTracking,
  placement: BeatPlacement,
  firstDownbeat: number,
): Float64Array[] => {
  const { firstBeatRow, rowsPerBeat } = placement
  const slots = gatherSlots(tracking.raster, firstBeatRow + firstDownbeat * rowsPerBeat, rowsPerBeat * BEATS_PER_BAR)
  return rotationFeatures(slots, BARS_PER_PHRASE)
}

/** @returns the most probable option and its probability. */
export const decide = (
  model: RotationModel,
  features: readonly Float64Array[],
): { readonly chosen: number; readonly probability: number } => {
  const probabilities = rotationProbabilities(model, features)
  const probability = Math.max(...probabilities)
  return { chosen: probabilities.indexOf(probability), probability }
}
