/**
 * @file One number that makes confidences honest: logits are divided by it.
 * Method: temperature scaling on held-out logits by minimal negative log-likelihood (Guo et al., ICML 2017), found by golden-section
 * search over its logarithm; the likelihood has one minimum in 1 ÷ T.
 * Conventions: the result lies in 0.25 … 8; a faint pull towards 1 keeps a handful of faultless predictions from claiming certainty.
 */
import { logitsToProbabilities } from '../models/boosted-trees.ts'

const GOLDEN = (Math.sqrt(5) - 1) / 2
const SEARCH_STEPS = 40
const LOWEST = Math.log(0.25)
const HIGHEST = Math.log(8)
/** Weight of the pull, in samples: a log-temperature of 1 costs as much as the likelihood of half a sample falling by e. */
const PULL_SAMPLES = 0.5

/** @param logits held-out, shape (rows, outputs of classCount) @param targets class of each row */
export const fitTemperature = (logits: Float32Array, targets: ArrayLike<number>, classCount: number): number => {
  if (targets.length === 0) return 1
  const cost = (logTemperature: number): number => {
    const probabilities = logitsToProbabilities(logits, classCount, Math.exp(logTemperature))
    let sum = PULL_SAMPLES * logTemperature * logTemperature
    for (let row = 0; row < targets.length; row++)
      sum -= Math.log(Math.max(probabilities[row * classCount + targets[row]!]!, 1e-12))
    return sum
  }
  let low = LOWEST
  let high = HIGHEST
  let left = high - GOLDEN * (high - low)
  let right = low + GOLDEN * (high - low)
  let [costLeft, costRight] = [cost(left), cost(right)]
  for (let step = 0; step < SEARCH_STEPS; step++) {
    if (costLeft <= costRight) {
      high = right
      right = left
      costRight = costLeft
      left = high - GOLDEN * (high - low)
      costLeft = cost(left)
    } else {
      low = left
      left = right
      costLeft = costRight
      right = low + GOLDEN * (high - low)
      costRight = cost(right)
    }
  }
  return Math.exp((low + high) / 2)
}
