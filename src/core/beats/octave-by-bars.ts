/**
 * @file What bars and thirds say of the octave. A bar of 5 or 7 fast beats is no whole number of slow ones; and in slow 6/8 a beat is divided by
 * three, so that a beat twice as fast would be divided by one and a half, which nothing is.
 * Method: a logistic model over the logit that repetition gives the faster octave, and these two. Then how long bars are (bar-cycles.ts) has a
 * say, but never more than log odds of 1: what generated pieces teach of it carries over to recordings so far, and no further.
 */
import barCyclesModel from './bar-cycles.weights.json' with { type: 'json' }
import { METRES } from './metre-features.ts'
import shippedModel from './octave-by-bars.weights.json' with { type: 'json' }
import { type RotationModel, rotationProbabilities } from './rotation-model.ts'
import type { Thirds } from './tempo-families.ts'

/** Trained on generated pieces that did not train the other models (`recipes/bar-phase/second-looks.ts`, decision 0068). */
const shippedOctaveByBarsModel: RotationModel = shippedModel

export type OctaveEvidence = {
  /** How probable the faster octave is by how well onsets repeat. */
  readonly byRepetition: number
  /** How probable each of `METRES` is if the faster octave is the beat. */
  readonly metres: readonly number[]
  readonly thirds: Thirds
  /** How long bars are in beats of the faster octave. */
  readonly barCycles: readonly number[]
}

/** Surer than this is nothing here. */
const LEAST = 1e-4
/** Log odds of 5 or 7 beats; all pieces in 4 stay below, all fast ones in 5 and 7 are above. */
const CLEAR_ODD_BARS = 5
/** Thirds of the slow and of the fast beat in `Thirds`. */
const SLOW_BEAT = 2
const FAST_BEAT = 1
/** Thirds that repeat less are none. */
const LEAST_THIRDS = 0.1
/** More than that says no more. */
const MOST_DIFFERENCE = 0.1

const logOdds = (probability: number): number => {
  const open = Math.min(1 - LEAST, Math.max(LEAST, probability))
  return Math.log(open / (1 - open))
}

/**
 * How much more a slow beat divides by three than a fast one, 0 to `MOST_DIFFERENCE`. Under sixteenths, 6/8 repeats after thirds of the fast beat,
 * too; but a beat that repeats less than its own thirds is none.
 */
const ternaryOf = ({ one, two, whole }: Thirds): number => {
  const slow = Math.min(one[SLOW_BEAT]!, two[SLOW_BEAT]!)
  const fast = Math.min(one[FAST_BEAT]!, two[FAST_BEAT]!, whole[FAST_BEAT]!)
  return slow > LEAST_THIRDS ? Math.min(MOST_DIFFERENCE, Math.max(0, slow - fast)) : 0
}

/** @returns features of the slower and of the faster octave */
export const octaveByBarsFeatures = ({ byRepetition, metres, thirds }: OctaveEvidence): Float64Array[] => {
  const odd = metres[METRES.indexOf(5)]! + metres[METRES.indexOf(7)]!
  const ternary = ternaryOf(thirds)
  return [
    new Float64Array(3),
    Float64Array.of(logOdds(byRepetition), Math.max(0, logOdds(odd) - CLEAR_ODD_BARS), ternary),
  ]
}

/** What bars and thirds leave of the octave for how long bars are, which comes after it. @returns features of both octaves */
export const octaveByCyclesFeatures = (evidence: OctaveEvidence): Float64Array[] => {
  // Two beats of 6/8 are four fast ones, so where thirds are clear, bars say nothing.
  const open = 1 - ternaryOf(evidence.thirds) / MOST_DIFFERENCE
  const before = rotationProbabilities(shippedOctaveByBarsModel, octaveByBarsFeatures(evidence))[1]!
  const faster = Float64Array.of(logOdds(before), ...evidence.barCycles.map((value) => open * value))
  return [new Float64Array(faster.length), faster]
}

/** More log odds than these how long bars are says of no octave: chosen with the recordings of both corpora in sight, decision 0083. */
const MOST_ODDS_OF_CYCLES = 1

/** @param model the first weight is not asked, so that what came before counts in full @returns how probable the faster octave is */
export const octaveByBars = (evidence: OctaveEvidence, model: RotationModel = barCyclesModel): number => {
  const [before, ...cycles] = octaveByCyclesFeatures(evidence)[1]!
  if (model.weights.length !== cycles.length + 1)
    throw new Error(`${model.weights.length} weights for ${cycles.length + 1} features: train them anew`)
  const odds = cycles.reduce((sum, value, at) => sum + value * model.weights[at + 1]!, 0)
  return 1 / (1 + Math.exp(-before! - Math.max(-MOST_ODDS_OF_CYCLES, Math.min(MOST_ODDS_OF_CYCLES, odds))))
}
