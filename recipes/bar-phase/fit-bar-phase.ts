/**
 * @file Training of the bar-phase model from tracks whose beats and downbeats are known: each of the four decisions is learnt on the
 * features as the tracker will see them (own beats, own phase), given that the decisions before it were right.
 */

import {
  type BarPhaseDecision,
  type BarPhaseModel,
  BEATS_PER_BAR,
  type BeatPlacement,
  barPhaseFeatures,
  beatLevelContrasts,
  halfBeatFeatures,
  metreOptions,
  type OtherMetre,
  phraseFeatures,
  placeBeats,
} from '../../src/core/beats/bar-phase.ts'
import { BARS_PER_PHRASE } from '../../src/core/beats/beat-grid.ts'
import { METRES } from '../../src/core/beats/metre-features.ts'
import {
  calibrate,
  type RotationExample,
  type RotationModel,
  trainRotationModel,
} from '../../src/core/beats/rotation-model.ts'
import type { FamilyCandidate } from '../../src/core/beats/tempo-families.ts'
import { type BeatTracking, excerptTracking } from '../../src/core/beats/track-beats.ts'
import { createRandom } from '../../src/core/support/random.ts'
import type { Bpm, Seconds } from '../../src/core/units/units.ts'

export type BarPhaseExample = {
  readonly tracking: BeatTracking
  readonly beatTimes: readonly Seconds[]
  readonly downbeatTimes: readonly Seconds[]
  /** @default 4 */
  readonly beatsPerBar?: number
  /** Starts of 4-bar phrases; empty where unknown. */
  readonly phraseTimes: readonly Seconds[]
  /** Ties examples of one track together (calibration folds). */
  readonly group: string
  readonly weight: number
  /** How much more the octave and the half-beat of this one count. @default 1 */
  readonly octaveWeight?: number
  readonly halfBeatWeight?: number
}

export type BarPhaseTraining = Readonly<Record<BarPhaseDecision, readonly RotationExample[]>> & {
  readonly otherBars: Readonly<Record<OtherMetre, readonly RotationExample[]>>
}

/** Strength of the regularisation per decision: measured by leave-one-track-out, decision 0002. */
const PENALTIES: Readonly<Record<BarPhaseDecision, number>> = {
  octave: 0.05,
  halfBeat: 0.2,
  metre: 0.05,
  bar: 0.2,
  phrase: 0.2,
}

export const trainBarPhase = (examples: readonly BarPhaseExample[]): BarPhaseModel =>
  trainDecisions(decisionExamples(withExcerpts(examples)))

/** Excerpts that start in mid-music, so that the model cannot lean on tracks starting on the downbeat: measured, decision 0002. */
const EXCERPTS_PER_TRACK = 6
const EXCERPT_WEIGHT = 1 / 3
const SHORTEST_EXCERPT = 0.25
const LONGEST_EXCERPT = 0.75
const EXCERPT_SEED = 3

/** @returns the examples followed by random excerpts of each, the same for the same examples. */
const withExcerpts = (examples: readonly BarPhaseExample[]): BarPhaseExample[] => {
  const random = createRandom(EXCERPT_SEED)
  const excerpts = examples.flatMap((example) =>
    Array.from({ length: EXCERPTS_PER_TRACK }, () => {
      const { rows } = example.tracking.raster
      const length = Math.floor(rows * (SHORTEST_EXCERPT + (LONGEST_EXCERPT - SHORTEST_EXCERPT) * random()))
      const first = Math.floor(random() * (rows - length))
      return {
        ...example,
        weight: example.weight * EXCERPT_WEIGHT,
        tracking: excerptTracking(example.tracking, first, first + length),
      }
    }),
  )
  return [...examples, ...excerpts]
}

const fit = (examples: readonly RotationExample[], penalty: number): RotationModel => {
  const options = { penalty, prior: null }
  return calibrate(trainRotationModel(examples, options), examples, options)
}

const trainDecisions = (training: BarPhaseTraining): BarPhaseModel => {
  const train = (decision: BarPhaseDecision): RotationModel => fit(training[decision], PENALTIES[decision])
  const trainBar = (metre: OtherMetre): RotationModel => fit(training.otherBars[metre], PENALTIES.bar)
  return {
    octave: train('octave'),
    halfBeat: train('halfBeat'),
    metre: train('metre'),
    bar: train('bar'),
    otherBars: { 2: trainBar(2), 3: trainBar(3), 5: trainBar(5), 7: trainBar(7) },
    phrase: train('phrase'),
  }
}

/** One question a track: which of the candidates is its family; none where no candidate is. */
export const familyExample = (
  candidates: readonly FamilyCandidate[],
  { bpm, group, weight }: { readonly bpm: Bpm; readonly group: string; readonly weight: number },
): RotationExample[] => {
  const correct = candidates.findIndex((candidate) => {
    const octaves = Math.log2(candidate.bpm / bpm)
    return Math.abs(octaves - Math.round(octaves)) < SAME_FAMILY_OCTAVES
  })
  return correct < 0 ? [] : [{ features: candidates.map(({ features }) => features), correct, weight, group }]
}
const SAME_FAMILY_OCTAVES = 0.012
const FAMILY_PENALTY = 0.05

export const trainFamily = (examples: readonly RotationExample[]): RotationModel => fit(examples, FAMILY_PENALTY)

/** @returns the questions each example answers; one whose true beats do not lie on the raster answers none. */
export const decisionExamples = (examples: readonly BarPhaseExample[]): BarPhaseTraining => {
  const training: Record<BarPhaseDecision, RotationExample[]> = {
    octave: [],
    halfBeat: [],
    metre: [],
    bar: [],
    phrase: [],
  }
  const otherBars: Record<OtherMetre, RotationExample[]> = { 2: [], 3: [], 5: [], 7: [] }
  for (const example of examples) {
    const {
      tracking,
      group,
      weight,
      octaveWeight = 1,
      halfBeatWeight = 1,
      beatsPerBar = BEATS_PER_BAR,
      ...times
    } = example
    const { rowSeconds, rows } = tracking.raster
    const within = (time: Seconds): boolean =>
      time >= rowSeconds[0]! - BEAT_TOLERANCE_SECONDS && time < rowSeconds[rows]!
    const beatTimes = times.beatTimes.filter(within)
    const downbeatTimes = times.downbeatTimes.filter(within)
    const phraseTimes = times.phraseTimes.filter(within)
    const doubled = isTrulyDoubled(tracking, 60 / medianStep(beatTimes))
    if (doubled === null) continue
    const add = (decision: BarPhaseDecision, features: Float64Array[], correct: number): void =>
      void training[decision].push({ features, correct, weight, group })
    for (const contrast of beatLevelContrasts(tracking, doubled))
      training.octave.push({ features: contrast, correct: 0, weight: weight * octaveWeight, group })
    const half = trueHalfBeat(tracking, doubled, beatTimes)
    if (half === undefined) continue
    training.halfBeat.push({
      features: halfBeatFeatures(tracking, doubled),
      correct: half,
      weight: weight * halfBeatWeight,
      group,
    })
    const placement = placeBeats(tracking, doubled, half)
    const metre = METRES.find((beats) => beats === beatsPerBar)
    if (metre === undefined) continue
    const bar = bestPhase(tracking, placement, { period: metre, times: downbeatTimes })
    if (bar === undefined) continue
    add('metre', metreOptions(tracking, placement), METRES.indexOf(metre))
    const bars = metre === BEATS_PER_BAR ? training.bar : otherBars[metre]
    bars.push({ features: barPhaseFeatures(tracking, placement, metre), correct: bar, weight, group })
    const phrase = bestPhase(tracking, placement, { period: metre * BARS_PER_PHRASE, times: phraseTimes })
    if (phrase === undefined || phrase % metre !== bar) continue
    const features = phraseFeatures(tracking, placement, { firstDownbeat: bar, metre })
    add('phrase', features, Math.floor(phrase / metre))
  }
  return { ...training, otherBars }
}

/** Null where the true tempo is at neither octave. */
export const isTrulyDoubled = ({ baseBpm }: BeatTracking, bpm: Bpm): boolean | null => {
  const factor = [1, 2].find((times) => Math.abs(bpm / baseBpm / times - 1) <= SAME_TEMPO_TOLERANCE)
  return factor === undefined ? null : factor === 2
}

/** The half-beat that most true beats lie on. */
export const trueHalfBeat = (
  tracking: BeatTracking,
  doubled: boolean,
  beatTimes: readonly Seconds[],
): number | undefined =>
  [0, 1].find((rotation) => agreement(tracking, placeBeats(tracking, doubled, rotation), beatTimes) > MAJORITY)

const SAME_TEMPO_TOLERANCE = 0.04
const BEAT_TOLERANCE_SECONDS = 0.07
const MAJORITY = 0.6

const medianStep = (times: readonly Seconds[]): Seconds => {
  const steps = times.slice(1).map((time, n) => time - times[n]!)
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0
}

/** Share of the given times that lie on a placed beat. */
const agreement = (tracking: BeatTracking, placement: BeatPlacement, times: readonly Seconds[]): number =>
  times.filter((time) => nearestBeat(tracking, placement, time) !== null).length / Math.max(1, times.length)

const nearestBeat = (tracking: BeatTracking, placement: BeatPlacement, time: Seconds): number | null => {
  const { rowSeconds, rows } = tracking.raster
  const { firstBeatRow, rowsPerBeat } = placement
  let [low, high] = [0, rows]
  while (low < high) {
    const middle = (low + high) >> 1
    if (rowSeconds[middle]! < time - BEAT_TOLERANCE_SECONDS) low = middle + 1
    else high = middle
  }
  for (let row = low; row < rows && rowSeconds[row]! <= time + BEAT_TOLERANCE_SECONDS; row++)
    if (row >= firstBeatRow && (row - firstBeatRow) % rowsPerBeat === 0) return (row - firstBeatRow) / rowsPerBeat
  return null
}

/** The phase most of the times agree on; undefined when fewer than `MAJORITY` do. */
const bestPhase = (
  tracking: BeatTracking,
  placement: BeatPlacement,
  cycle: { readonly period: number; readonly times: readonly Seconds[] },
): number | undefined => {
  const votes = new Array<number>(cycle.period).fill(0)
  for (const time of cycle.times) {
    const beat = nearestBeat(tracking, placement, time)
    if (beat !== null) votes[beat % cycle.period]!++
  }
  const most = Math.max(...votes)
  return most > MAJORITY * cycle.times.length ? votes.indexOf(most) : undefined
}
