/**
 * @file What bars and thirds say of the octave. A bar of 5 or 7 fast beats is no whole number of slow ones; and in slow 6/8 a beat is divided by
 * three, so that a beat twice as fast would be divided by one and a half, which nothing is.
 * Method: a logistic model over the logit that repetition gives the faster octave, and these two.
 */
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

/** @returns features of the slower and of the faster octave */
export const octaveByBarsFeatures = ({ byRepetition, metres, thirds }: OctaveEvidence): Float64Array[] => {
  const odd = metres[METRES.indexOf(5)]! + metres[METRES.indexOf(7)]!
  const [slow, fast] = [SLOW_BEAT, FAST_BEAT].map((level) => Math.min(thirds.one[level]!, thirds.two[level]!))
  const ternary = slow! > LEAST_THIRDS ? Math.min(MOST_DIFFERENCE, Math.max(0, slow! - fast!)) : 0
  return [
    new Float64Array(3),
    Float64Array.of(logOdds(byRepetition), Math.max(0, logOdds(odd) - CLEAR_ODD_BARS), ternary),
  ]
}

/** @returns how probable the faster octave is */
export const octaveByBars = (evidence: OctaveEvidence, model = shippedOctaveByBarsModel): number =>
  rotationProbabilities(model, octaveByBarsFeatures(evidence))[1]!
