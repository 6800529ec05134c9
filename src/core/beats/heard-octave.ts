/**
 * @file What a network hears in a track, as evidence between two octaves of one tempo. Two tracks can have the same onsets and be counted
 * differently; what sounds slow, or like rock, is seldom counted at 160 BPM, and what sounds fast or electronic seldom at 80.
 * Method: a logistic model over the logit that the onsets give the faster octave and two contrasts of tags.
 */
import shippedModel from './heard-octave.weights.json' with { type: 'json' }
import { type RotationModel, rotationProbabilities } from './rotation-model.ts'

/** Mean logits of tags over the track. */
export type HeardPace = {
  /** Of *fast*, less those of *slow*. */
  readonly fast: number
  /** Of electronic styles, less those of rock. */
  readonly electronic: number
}

/** Trained on generated tracks and on recordings under free licences (`recipes/bar-phase/heard-octave.ts`, decision 0056). */
const shippedHeardOctaveModel: RotationModel = shippedModel

/** Surer than this are the onsets never. */
const LEAST = 0.0025

/** @param doubled how probable the faster octave is by the onsets alone @returns features of the slower and of the faster octave */
export const heardOctaveFeatures = (doubled: number, { fast, electronic }: HeardPace): Float64Array[] => {
  const open = Math.min(1 - LEAST, Math.max(LEAST, doubled))
  return [new Float64Array(4), Float64Array.of(Math.log(open / (1 - open)), fast, electronic, 1)]
}

/** @param doubled as above @returns how probable the faster octave is by the onsets and by what is heard */
export const heardOctave = (doubled: number, heard: HeardPace, model = shippedHeardOctaveModel): number =>
  rotationProbabilities(model, heardOctaveFeatures(doubled, heard))[1]!
