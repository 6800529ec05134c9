/**
 * @file How much of another model to add to one's own.
 * Method: the weight, and the temperature of the pool, under which labels that neither model can know are likeliest; from a few weights,
 * since more of them than that cannot be told apart by a few hundred labels. Cross-fitted: each fold of tracks (and artists) is answered
 * with the weight of the others, so that no label chooses what it is judged by.
 * Conventions: answers are probabilities, shape (labels, kinds), of the same kinds.
 */

import type { BlendWeight } from '../models/blend-models.ts'
import { logitsToProbabilities } from '../models/boosted-trees.ts'
import { outputCount } from '../models/regression-trees.ts'
import { fitTemperature } from './fit-temperature.ts'

/** What both models say of labels that neither can know. */
export type PairedAnswers = {
  readonly ours: readonly ArrayLike<number>[]
  readonly theirs: readonly ArrayLike<number>[]
  /** Index into the kinds. */
  readonly targets: readonly number[]
  readonly classCount: number
}

/** One's own model knows more than it could show while tracks were held out of its training, so the other one gets half of the say at most: decision 0058. */
const SHARES = [0, 0.1, 0.2, 0.3, 0.4, 0.5] as const
/** Held-out answers are kept with four digits. */
const LEAST_PROBABILITY = 1e-4

const logOf = (probability: number): number => Math.log(Math.max(probability, LEAST_PROBABILITY))

const pickPairs = ({ ours, theirs, targets, classCount }: PairedAnswers, places: readonly number[]): PairedAnswers => ({
  ours: places.map((at) => ours[at]!),
  theirs: places.map((at) => theirs[at]!),
  targets: places.map((at) => targets[at]!),
  classCount,
})

/** @returns shape (labels, outputs) */
const poolLogits = ({ ours, theirs, classCount }: PairedAnswers, share: number): Float32Array => {
  const outputs = outputCount(classCount)
  const logits = new Float32Array(ours.length * outputs)
  for (let label = 0; label < ours.length; label++) {
    const pooled = (kind: number): number =>
      (1 - share) * logOf(ours[label]![kind]!) + share * logOf(theirs[label]![kind]!)
    if (outputs === 1) logits[label] = pooled(1) - pooled(0)
    else for (let kind = 0; kind < classCount; kind++) logits[label * outputs + kind] = pooled(kind)
  }
  return logits
}

/** What a blend says, shape (labels, kinds). */
export const blendAnswers = (pairs: PairedAnswers, { share, temperature }: BlendWeight): Float32Array =>
  logitsToProbabilities(poolLogits(pairs, share), pairs.classCount, temperature)

/** Mean of what was not expected of the labels, in nats. @param answers shape (labels, kinds) */
export const logLoss = (
  answers: Float32Array,
  { targets, classCount }: Pick<PairedAnswers, 'targets' | 'classCount'>,
) => targets.reduce((sum, target, label) => sum - logOf(answers[label * classCount + target]!), 0) / targets.length

/** The weight under which the labels are likeliest; of equal ones the smallest. */
export const fitBlend = (pairs: PairedAnswers): BlendWeight => {
  let best: BlendWeight & { readonly loss: number } = { share: 0, temperature: 1, loss: Infinity }
  for (const share of SHARES) {
    // Also of one's own answers alone, or the other one would be taken for what the temperature does.
    const temperature = fitTemperature(poolLogits(pairs, share), pairs.targets, pairs.classCount)
    const loss = logLoss(blendAnswers(pairs, { share, temperature }), pairs)
    if (loss < best.loss) best = { share, temperature, loss }
  }
  return { share: best.share, temperature: best.temperature }
}

/** What blends say of each fold whose weight was chosen by the others, shape (labels, kinds). */
export const crossFitBlend = (pairs: PairedAnswers, folds: Uint8Array): Float32Array => {
  const { classCount } = pairs
  const answers = new Float32Array(folds.length * classCount)
  for (const fold of new Set(folds)) {
    const [inside, outside] = [true, false].map((isIn) =>
      [...folds.keys()].filter((at) => (folds[at] === fold) === isIn),
    )
    const said = blendAnswers(pickPairs(pairs, inside!), fitBlend(pickPairs(pairs, outside!)))
    inside!.forEach((label, at) => {
      answers.set(said.subarray(at * classCount, (at + 1) * classCount), label * classCount)
    })
  }
  return answers
}
