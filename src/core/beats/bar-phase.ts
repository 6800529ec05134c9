/**
 * @file The learnt part of the grid: which octave and which half-beat is the beat, which beat is the downbeat, which bar starts the
 * phrase. Four small conditional logistic models decide one after the other; `recipes/bar-phase/` says what they were trained on.
 */
import { barCycles } from './bar-cycles.ts'
import { BARS_PER_PHRASE } from './beat-grid.ts'
import { ROWS_PER_BASE_BEAT } from './beat-raster.ts'
import { beatTables, explainedByCycle } from './beat-tables.ts'
import { type Metre, metreFeatures } from './metre-features.ts'
import { type OctaveEvidence, octaveByBars } from './octave-by-bars.ts'
import { CENTRE_BPM, octaveFeatures, thirdsLevel } from './octave-features.ts'
import { rotationFeatures } from './rotation-features.ts'
import { type RotationModel, rotationProbabilities } from './rotation-model.ts'
import { gatherSlots, type Slots } from './slots.ts'
import type { BeatTracking } from './track-beats.ts'

/** What dance music is in, and what a track is taken to be in unless it clearly is not. */
export const BEATS_PER_BAR = 4

export type OtherMetre = Exclude<Metre, typeof BEATS_PER_BAR>

export type BarPhaseModel = {
  /** 0 = the base octave is the beat, 1 = twice as fast. */
  readonly octave: RotationModel
  readonly halfBeat: RotationModel
  /** Options in the order of `METRES`. */
  readonly metre: RotationModel
  readonly bar: RotationModel
  /** As `bar`, for bars of other lengths. */
  readonly otherBars: Readonly<Record<OtherMetre, RotationModel>>
  readonly phrase: RotationModel
}

export type BarPhaseDecision = 'octave' | 'halfBeat' | 'metre' | 'bar' | 'phrase'

/** Where the beats lie on the raster: beat b starts at row `firstBeatRow + b · rowsPerBeat`, 0 ≤ firstBeatRow < rowsPerBeat. */
export type BeatPlacement = { readonly firstBeatRow: number; readonly rowsPerBeat: number }

const rowsPerBeatOf = (doubled: boolean): number => (doubled ? ROWS_PER_BASE_BEAT / 2 : ROWS_PER_BASE_BEAT)

/** @returns the placement with the beat on the raster's own phase (rotation 0) or half a beat off (1). */
export const placeBeats = (tracking: BeatTracking, doubled: boolean, rotation: number): BeatPlacement => {
  const rowsPerBeat = rowsPerBeatOf(doubled)
  return { firstBeatRow: (tracking.phaseRow + (rotation * rowsPerBeat) / 2) % rowsPerBeat, rowsPerBeat }
}

/** @returns the features of a beat of `rowsPerBeat` rows at this track's tempo. */
const levelFeatures = (tracking: BeatTracking, rowsPerBeat: number): Float64Array =>
  octaveFeatures(tracking, rowsPerBeat, (tracking.baseBpm * ROWS_PER_BASE_BEAT) / rowsPerBeat)

/** Features of the two levels that can be the beat: the base octave and twice as fast. */
const beatLevelFeatures = (tracking: BeatTracking): Float64Array[] => [
  levelFeatures(tracking, rowsPerBeatOf(false)),
  levelFeatures(tracking, rowsPerBeatOf(true)),
]

/** For training: pairs the true level with the one half as fast and with the one twice as fast. */
export const beatLevelContrasts = (tracking: BeatTracking, doubled: boolean): Float64Array[][] => {
  const rows = rowsPerBeatOf(doubled)
  return [2 * rows, rows / 2].map((other) => [levelFeatures(tracking, rows), levelFeatures(tracking, other)])
}

/** What the onsets say of the octave twice as fast as the base. */
export const octaveEvidence = (
  tracking: BeatTracking,
  { octave, metre }: Pick<BarPhaseModel, 'octave' | 'metre'>,
): OctaveEvidence => {
  // How long a bar is, is the same half a beat later.
  const placement = placeBeats(tracking, true, 0)
  const beats = slotsOfBeats(tracking, placement)
  const tables = beatTables(beats)
  return {
    byRepetition: rotationProbabilities(octave, beatLevelFeatures(tracking))[1]!,
    metres: rotationProbabilities(metre, metreOptions(tracking, placement, tables)),
    thirds: tracking.thirds,
    barCycles: barCycles(beats, tables),
  }
}

/** How probable it is by the onsets that the octave twice as fast as the base is the beat. */
export const doubledByOnsets = (tracking: BeatTracking, model: Pick<BarPhaseModel, 'octave' | 'metre'>): number =>
  octaveByBars(octaveEvidence(tracking, model))

/** Features of both half-beat rotations. */
export const halfBeatFeatures = (tracking: BeatTracking, doubled: boolean): Float64Array[] => {
  const { firstBeatRow, rowsPerBeat } = placeBeats(tracking, doubled, 0)
  const half = rowsPerBeat / 2
  const firstRow = firstBeatRow % half
  const features = rotationFeatures(gatherSlots(tracking.raster, firstRow, half), 2)
  // Rotation 0 must mean the raster's own phase, wherever the slots begin.
  const patterns = firstBeatRow === firstRow ? features : [features[1]!, features[0]!]
  return patterns.map((pattern, rotation) => {
    const placement = placeBeats(tracking, doubled, rotation)
    return Float64Array.from([...pattern, ...alternation(tracking, placement)])
  })
}

/** A snare falls on every second beat and a bar has its pattern of beats, but hats and bass between the beats are all alike. */
const alternation = (tracking: BeatTracking, placement: BeatPlacement): number[] => {
  const tables = beatTables(slotsOfBeats(tracking, placement))
  return tables
    .filter((_, n) => n !== BETWEEN)
    .flatMap((table) => ALTERNATIONS.map((beats) => explainedByCycle(table, beats)))
}
/** The table of what strikes between the beats. */
const BETWEEN = 2
const ALTERNATIONS = [2, 4] as const

const slotsOfBeats = ({ raster }: BeatTracking, { firstBeatRow, rowsPerBeat }: BeatPlacement): Slots =>
  gatherSlots(raster, firstBeatRow, rowsPerBeat)

/** Features of each metre. */
export const metreOptions = (
  tracking: BeatTracking,
  placement: BeatPlacement,
  tables = beatTables(slotsOfBeats(tracking, placement)),
): Float64Array[] => {
  const { thirds, baseBpm } = tracking
  const level = thirdsLevel(placement.rowsPerBeat)
  const bpm = (baseBpm * ROWS_PER_BASE_BEAT) / placement.rowsPerBeat
  return metreFeatures(tables, [thirds.one[level]!, thirds.two[level]!], Math.log2(bpm / CENTRE_BPM))
}

/** Features of the rotations of the bar: rotation k says that beat k is a downbeat. */
export const barPhaseFeatures = (tracking: BeatTracking, placement: BeatPlacement, metre: Metre): Float64Array[] =>
  rotationFeatures(slotsOfBeats(tracking, placement), metre)

export const barModel = (model: BarPhaseModel, metre: Metre): RotationModel =>
  metre === BEATS_PER_BAR ? model.bar : model.otherBars[metre]

/** Features of the four rotations of the phrase: rotation k says that the k-th bar from beat firstDownbeat begins one. */
export const phraseFeatures = (
  tracking: BeatTracking,
  placement: BeatPlacement,
  { firstDownbeat, metre }: { readonly firstDownbeat: number; readonly metre: Metre },
): Float64Array[] => {
  const { firstBeatRow, rowsPerBeat } = placement
  const slots = gatherSlots(tracking.raster, firstBeatRow + firstDownbeat * rowsPerBeat, rowsPerBeat * metre)
  return rotationFeatures(slots, BARS_PER_PHRASE)
}

export type Decision = {
  readonly chosen: number
  readonly probability: number
  /** The most probable of the other options. */
  readonly otherwise: { readonly option: number; readonly probability: number }
}

/** The most probable option. */
export const decide = (model: RotationModel, features: readonly Float64Array[]): Decision =>
  choose(rotationProbabilities(model, features))

/** The most probable option. @param odds of each beside its probability, such as habits @default the same for all */
export const choose = (
  probabilities: readonly number[],
  odds: readonly number[] = probabilities.map(() => 1),
): Decision => {
  const weighed = probabilities.map((probability, option) => probability * odds[option]!)
  const total = weighed.reduce((sum, value) => sum + value, 0)
  const [first, second] = weighed
    .map((value, option) => ({ option, probability: value / total }))
    .toSorted((a, b) => b.probability - a.probability)
  return { chosen: first!.option, probability: first!.probability, otherwise: second! }
}
