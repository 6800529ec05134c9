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
  phraseFeatures,
  placeBeats,
} from '../../src/core/beats/bar-phase.ts'
import { BARS_PER_PHRASE } from '../../src/core/beats/beat-grid.ts'
import { TEMPO_FEATURES } from '../../src/core/beats/octave-features.ts'
import {
  calibrate,
  type RotationExample,
  type RotationModel,
  trainRotationModel,
} from '../../src/core/beats/rotation-model.ts'
import { type BeatTracking, excerptTracking } from '../../src/core/beats/track-beats.ts'
import { createRandom } from '../../src/core/support/random.ts'
import type { Seconds } from '../../src/core/units/units.ts'
import generatedModel from './generated.weights.json' with { type: 'json' }

/** Learnt on generated tracks alone (`recipes/bar-phase/`). */
const generatedBarPhaseModel: BarPhaseModel = generatedModel

export type BarPhaseExample = {
  readonly tracking: BeatTracking
  readonly beatTimes: readonly Seconds[]
  readonly downbeatTimes: readonly Seconds[]
  /** Starts of 4-bar phrases; empty where unknown. */
  readonly phraseTimes: readonly Seconds[]
  /** Ties examples of one track together (calibration folds). */
  readonly group: string
  /** 1 for a real track; less for generated ones. */
  readonly weight: number
}

export type BarPhaseTraining = Readonly<Record<BarPhaseDecision, readonly RotationExample[]>>

/** Strength of the regularisation per decision: measured by leave-one-track-out, decision 0002. */
const PENALTIES: Readonly<Record<BarPhaseDecision, number>> = { octave: 0.05, halfBeat: 0.2, bar: 0.2, phrase: 0.2 }

/**
 * @param prior a model to start from and to stay near: by default the one learnt on generated tracks alone, so that real tracks
 * (all of them, or those of an evaluation's training folds) only have to correct it.
 */
export const trainBarPhase = (
  examples: readonly BarPhaseExample[],
  prior: BarPhaseModel | null = generatedBarPhaseModel,
): BarPhaseModel => trainDecisions(decisionExamples(withExcerpts(examples)), prior)

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

/** How fast generated tracks are was our choice, so of which tempo is likely the prior says only half (decision 0002). */
const TEMPO_SHARE = 0.5
const doubtTempo = ({ weights, temperature }: RotationModel): RotationModel => ({
  weights: weights.map((weight, n) => (n < weights.length - TEMPO_FEATURES ? weight : TEMPO_SHARE * weight)),
  temperature,
})

const trainDecisions = (training: BarPhaseTraining, prior: BarPhaseModel | null): BarPhaseModel => {
  const priors = prior && { ...prior, octave: doubtTempo(prior.octave) }
  const train = (decision: BarPhaseDecision): RotationModel => {
    const options = { penalty: PENALTIES[decision], prior: priors?.[decision] ?? null }
    return calibrate(trainRotationModel(training[decision], options), training[decision], options)
  }
  return { octave: train('octave'), halfBeat: train('halfBeat'), bar: train('bar'), phrase: train('phrase') }
}

/** @returns the questions each example answers; one whose true beats do not lie on the raster answers none. */
export const decisionExamples = (examples: readonly BarPhaseExample[]): BarPhaseTraining => {
  const training: Record<BarPhaseDecision, RotationExample[]> = { octave: [], halfBeat: [], bar: [], phrase: [] }
  for (const { tracking, group, weight, ...times } of examples) {
    const { rowSeconds, rows } = tracking.raster
    const within = (time: Seconds): boolean =>
      time >= rowSeconds[0]! - BEAT_TOLERANCE_SECONDS && time < rowSeconds[rows]!
    const beatTimes = times.beatTimes.filter(within)
    const downbeatTimes = times.downbeatTimes.filter(within)
    const phraseTimes = times.phraseTimes.filter(within)
    const trueBpm = 60 / medianStep(beatTimes)
    const ratio = trueBpm / tracking.baseBpm
    const doubled = Math.abs(ratio / 2 - 1) < SAME_TEMPO_TOLERANCE
    if (!doubled && Math.abs(ratio - 1) > SAME_TEMPO_TOLERANCE) continue
    const add = (decision: BarPhaseDecision, features: Float64Array[], correct: number): void =>
      void training[decision].push({ features, correct, weight, group })
    for (const contrast of beatLevelContrasts(tracking, doubled)) add('octave', contrast, 0)
    const half = [0, 1].find(
      (rotation) => agreement(tracking, placeBeats(tracking, doubled, rotation), beatTimes) > MAJORITY,
    )
    if (half === undefined) continue
    add('halfBeat', halfBeatFeatures(tracking, doubled), half)
    const placement = placeBeats(tracking, doubled, half)
    const bar = bestPhase(tracking, placement, { period: BEATS_PER_BAR, times: downbeatTimes })
    if (bar === undefined) continue
    add('bar', barPhaseFeatures(tracking, placement), bar)
    const phrase = bestPhase(tracking, placement, { period: BEATS_PER_BAR * BARS_PER_PHRASE, times: phraseTimes })
    if (phrase === undefined || phrase % BEATS_PER_BAR !== bar) continue
    add('phrase', phraseFeatures(tracking, placement, bar), Math.floor(phrase / BEATS_PER_BAR))
  }
  return training
}

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
