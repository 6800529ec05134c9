/**
 * @file From a tracking to the grid: the model places octave, half-beat, bar and phrase phase, each with its probability.
 * Confidences: tempo = probability of the metrical family times that of the octave; phase = that of the half-beat; downbeat = that of
 * half-beat, metre and bar together; phrase = that times the probability of the phrase phase. Temperatures are fitted out of fold (`recipes/bar-phase/`), and
 * what the models say of tempo and bars is held against recordings (`grid-confidence.ts`), so the confidences are calibrated.
 */
import { findBarJumps } from './bar-jumps.ts'
import {
  type BarPhaseModel,
  BEATS_PER_BAR,
  type BeatPlacement,
  barModel,
  barPhaseFeatures,
  choose,
  type Decision,
  decide,
  doubledByOnsets,
  halfBeatFeatures,
  metreOptions,
  phraseFeatures,
  placeBeats,
} from './bar-phase.ts'
import { BARS_PER_PHRASE, type BeatGrid, beatsToSeconds } from './beat-grid.ts'
import { ROWS_PER_BASE_BEAT } from './beat-raster.ts'
import { dottedProbability, placeDottedBeats } from './dotted-beats.ts'
import type { GridAnchor } from './grid-anchor.ts'
import { calibrated, calibratedOther, GRID_CALIBRATIONS } from './grid-confidence.ts'
import type { GridAlternative } from './grid-edit.ts'
import { halfBeatByDecay } from './half-beat-decay.ts'
import { type HeardPace, heardOctave } from './heard-octave.ts'
import { METRES, type Metre } from './metre-features.ts'
import { rotationProbabilities } from './rotation-model.ts'
import { spliceTracking } from './splice-tracking.ts'
import { habitOdds, NO_HABIT, type TempoHabit } from './tempo-habit.ts'
import { type BeatTracking, excerptTracking } from './track-beats.ts'

/** Another metre than 4 has to be this probable: nearly all music of a DJ is in 4, more than of the generated pieces. */
const CLEAR_METRE = 0.8
/** What is less probable is not worth a second look. */
const LEAST_PROBABLE = 0.05

type DecidedMetre = {
  readonly metre: Metre
  readonly probability: number
  /** The most probable of the others. */
  readonly other: { readonly metre: Metre; readonly probability: number }
}

const decideMetre = (model: BarPhaseModel, features: readonly Float64Array[]): DecidedMetre => {
  const probabilities = rotationProbabilities(model.metre, features)
  const [likeliest, next] = METRES.map((metre, n) => ({ metre, probability: probabilities[n]! })).toSorted(
    (a, b) => b.probability - a.probability,
  ) as [DecidedMetre['other'], DecidedMetre['other']]
  if (likeliest.metre === BEATS_PER_BAR || likeliest.probability >= CLEAR_METRE) return { ...likeliest, other: next }
  return { metre: BEATS_PER_BAR, probability: 1 - likeliest.probability, other: likeliest }
}

/** What is known of a track beside its beats. */
export type BesideBeats = {
  /** What the person has said of tempi so far. @default nothing */
  readonly habit?: TempoHabit | undefined
  /** What a network hears in it. @default nothing */
  readonly heard?: HeardPace | null | undefined
}

/** A habit that changes nothing leaves the estimate as it would be without. */
const decideOctave = (
  tracking: BeatTracking,
  model: BarPhaseModel,
  { habit = NO_HABIT, heard }: BesideBeats,
): Decision => {
  const byOnsets = doubledByOnsets(tracking, model)
  const doubled = heard ? heardOctave(byOnsets, heard) : byOnsets
  const odds = [tracking.baseBpm, 2 * tracking.baseBpm].map((bpm) => habitOdds(habit, bpm))
  const [sounds, wanted] = [choose([1 - doubled, doubled]), choose([1 - doubled, doubled], odds)]
  return sounds.chosen === wanted.chosen ? sounds : wanted
}

type PlacedBeats = {
  readonly tracking: BeatTracking
  readonly half: Decision
  readonly placement: BeatPlacement
  readonly decided: DecidedMetre
}

const halfBeatProbabilities = (tracking: BeatTracking, model: BarPhaseModel, doubled: boolean): number[] => {
  const byPattern = rotationProbabilities(model.halfBeat, halfBeatFeatures(tracking, doubled))
  return halfBeatByDecay(byPattern, tracking.raster, placeBeats(tracking, doubled, 0))
}

/**
 * The track as a whole decides; how sure that is, is the mean log odds of its quarters. Where all say the same, it is as sure as each of them; an
 * introduction of off-beat bass and hats, which is sure of the wrong half-beat, makes it doubtful.
 */
const decideHalfBeat = (tracking: BeatTracking, model: BarPhaseModel, doubled: boolean): Decision => {
  const { rows } = tracking.raster
  const { chosen, ...whole } = choose(halfBeatProbabilities(tracking, model, doubled))
  const parts = Math.min(HALF_BEAT_PARTS, Math.floor(rows / LEAST_ROWS))
  if (parts < 2) return { chosen, ...whole }
  let odds = 0
  for (let part = 0; part < parts; part++) {
    const [first, end] = [part, part + 1].map((at) => Math.floor((at * rows) / parts)) as [number, number]
    const said = halfBeatProbabilities(excerptTracking(tracking, first, end), model, doubled)[chosen]!
    odds += Math.log(Math.max(LEAST_ODDS, said) / Math.max(LEAST_ODDS, 1 - said)) / parts
  }
  const probability = 1 / (1 + Math.exp(-Math.max(LEAST_SURE, odds)))
  return { chosen, probability, otherwise: { option: 1 - chosen, probability: 1 - probability } }
}
const HALF_BEAT_PARTS = 4
/** 16 slow beats, as long as the shortest excerpts that the model learnt from. */
const LEAST_ROWS = 16 * ROWS_PER_BASE_BEAT
const LEAST_ODDS = 1e-9
const LEAST_SURE = 0.1

const placeHalfBeat = (tracking: BeatTracking, model: BarPhaseModel, doubled: boolean): PlacedBeats => {
  const half = decideHalfBeat(tracking, model, doubled)
  const placement = placeBeats(tracking, doubled, half.chosen)
  return { tracking, half, placement, decided: decideMetre(model, metreOptions(tracking, placement)) }
}

/** Beats in bars that run through: where bars begin anew, all is decided again on what was put in order. */
const orderBars = (tracking: BeatTracking, model: BarPhaseModel, doubled: boolean): PlacedBeats => {
  const placed = placeHalfBeat(tracking, model, doubled)
  const { metre } = placed.decided
  const jumps = findBarJumps(tracking.raster, placed.placement, metre)
  if (jumps.length === 0) return placed
  const order = ({ placement }: PlacedBeats): PlacedBeats =>
    placeHalfBeat(spliceTracking(tracking, jumps, placement, metre), model, doubled)
  const ordered = order(placed)
  // Where the beat turns out to be the other half-beat, the seams have to lie on it.
  return ordered.placement.firstBeatRow === placed.placement.firstBeatRow ? ordered : order(ordered)
}

/** Which beat begins the bar; where three beats turn out to be two dotted ones, the bar begins where it did. */
const placeBar = (model: BarPhaseModel, placed: PlacedBeats) => {
  const { tracking, half, placement, decided } = placed
  const decideBar = (beats: Metre) => decide(barModel(model, beats), barPhaseFeatures(tracking, placement, beats))
  const bar = decideBar(decided.metre)
  const barRow = placement.firstBeatRow + bar.chosen * placement.rowsPerBeat
  // Half a beat off, 3/4 looks like 6/8.
  const dotted = decided.metre === 3 ? half.probability * dottedProbability(tracking.raster, placement, barRow) : 0
  const isDotted = dotted > 0.5
  const beatProbability = isDotted ? dotted : 1 - dotted
  if (!isDotted) return { ...placed, bar, decideBar, isDotted, beatProbability }
  const dottedBeats = placeDottedBeats(placement, barRow)
  const chosen = (barRow - dottedBeats.firstBeatRow) / dottedBeats.rowsPerBeat
  return {
    ...placed,
    placement: dottedBeats,
    decided: { ...decided, metre: 2 as Metre },
    bar: { ...bar, chosen },
    decideBar,
    isDotted,
    beatProbability,
  }
}

export const placeBars = (found: BeatTracking, model: BarPhaseModel, beside: BesideBeats = {}): BeatGrid => {
  const octave = decideOctave(found, model, beside)
  const doubled = octave.chosen === 1
  const placed = placeBar(model, orderBars(found, model, doubled))
  const { tracking, half, placement, decided, bar, decideBar, isDotted, beatProbability } = placed
  const { metre, other } = decided
  const probability = decided.probability * beatProbability
  const phrase = decide(model.phrase, phraseFeatures(tracking, placement, { firstDownbeat: bar.chosen, metre }))
  const { firstBeatRow, rowsPerBeat } = placement
  const { raster } = tracking
  const familyProbability = calibrated(tracking.familyProbability, GRID_CALIBRATIONS.family) * beatProbability
  const barsProbability = half.probability * probability * bar.probability
  const downbeatConfidence = calibrated(barsProbability, GRID_CALIBRATIONS.bars)
  const otherBars = (otherwise: number): number =>
    calibratedOther(otherwise, { probability: barsProbability, confidence: downbeatConfidence })
  const anchors = beatAnchors(tracking, firstBeatRow, rowsPerBeat)
  const alternatives: GridAlternative[] = [
    {
      doubt: 'tempo',
      edit: { kind: doubled ? 'halve' : 'double' },
      probability: familyProbability * octave.otherwise.probability,
    },
    { doubt: 'phase', edit: { kind: 'half-beat', direction: 'later' }, probability: half.otherwise.probability },
    {
      doubt: 'bars',
      edit: { kind: 'shift', beats: shortestWay(bar.otherwise.option - bar.chosen, metre) },
      probability: otherBars(half.probability * probability * bar.otherwise.probability),
    },
  ]
  const inOther = half.probability * other.probability
  if (otherBars(inOther) >= LEAST_PROBABLE) {
    const { chosen, probability: placed } = decideBar(other.metre)
    const seconds = beatsToSeconds({ anchors }, chosen)
    alternatives.push({
      doubt: 'bars',
      edit: { kind: 'metre', beats: other.metre, seconds },
      probability: otherBars(inOther * placed),
    })
  }
  // Nothing of this was asked of dotted beats.
  const likely = isDotted ? [] : alternatives.filter(({ probability }) => probability >= LEAST_PROBABLE)
  return {
    anchors,
    beatCount: Math.max(1, Math.ceil((raster.rows - firstBeatRow) / rowsPerBeat)),
    beatsPerBar: metre,
    firstDownbeat: bar.chosen,
    firstPhrase: (bar.chosen + phrase.chosen * metre) % (metre * BARS_PER_PHRASE),
    tempoConfidence: familyProbability * octave.probability,
    phaseConfidence: half.probability,
    downbeatConfidence,
    phraseConfidence: downbeatConfidence * phrase.probability,
    ...(likely.length > 0 && { alternatives: likely.toSorted((a, b) => b.probability - a.probability) }),
  }
}

/** Later or, by fewer beats, earlier. */
const shortestWay = (beats: number, metre: number): number => {
  const later = (beats + metre) % metre
  return later > metre / 2 ? later - metre : later
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
