/**
 * @file A conditional logistic model (McFadden 1974) over the rotations of a cycle: each rotation has a score linear in its features,
 * and the softmax over the rotations gives the probabilities. It is strongly regularised because a track is one example.
 * Conventions: features are divided by their spread over all training rotations; the temperature is fitted out of fold.
 */
export type RotationModel = {
  /** One weight per feature, already divided by the feature's spread. */
  readonly weights: readonly number[]
  /** Divides the scores; 1 leaves them as trained. */
  readonly temperature: number
}

/** One decision with a known answer; `group` ties excerpts of one track together. */
export type RotationExample = {
  readonly features: readonly Float64Array[]
  readonly correct: number
  readonly weight: number
  readonly group: string
}

export const rotationProbabilities = (model: RotationModel, features: readonly Float64Array[]): number[] => {
  for (const row of features)
    if (row.length !== model.weights.length)
      throw new Error(
        `The bar-phase model has ${model.weights.length} weights for ${row.length} features: train it anew`,
      )
  return softmax(features.map((row) => dot(model.weights, row) / model.temperature))
}

const dot = (weights: ArrayLike<number>, row: Float64Array): number => {
  let sum = 0
  for (let n = 0; n < row.length; n++) sum += weights[n]! * row[n]!
  return sum
}

const softmax = (scores: readonly number[]): number[] => {
  const top = Math.max(...scores)
  const exponentials = scores.map((score) => Math.exp(score - top))
  const sum = exponentials.reduce((total, value) => total + value, 0)
  return exponentials.map((value) => value / sum)
}

/** Steps of accelerated gradient descent; the loss changes by under 1e-4 in the last hundred. */
const STEPS = 400

export type RotationTraining = {
  /** Strength of the pull towards the prior's weights (or towards none). */
  readonly penalty: number
  /** A model learnt on other tracks. */
  readonly prior: RotationModel | null
}

export const trainRotationModel = (
  examples: readonly RotationExample[],
  { penalty, prior }: RotationTraining,
): RotationModel => {
  const width = examples[0]?.features[0]?.length ?? 0
  const spread = featureSpread(examples, width)
  const scaled = examples.map((example) => ({
    ...example,
    features: centre(example.features).map((row) => row.map((value, n) => (spread[n]! > 0 ? value / spread[n]! : 0))),
  }))
  const total = scaled.reduce((sum, example) => sum + example.weight, 0)
  // The curvature of the loss is at most the mean squared length of a feature row plus the penalty.
  const curvature =
    scaled.reduce(
      (sum, example) => sum + example.weight * Math.max(...example.features.map((row) => dot(row, row))),
      0,
    ) / total
  const step = 1 / (curvature + penalty)
  const anchor = Float64Array.from({ length: width }, (_, n) => (prior?.weights[n] ?? 0) * spread[n]!)
  let weights = anchor
  let previous = weights
  for (let n = 0; n < STEPS; n++) {
    const momentum = n / (n + 3)
    const ahead = weights.map((value, at) => value + momentum * (value - previous[at]!))
    const gradient = lossGradient(scaled, ahead, total)
    previous = weights
    weights = ahead.map((value, at) => value - step * (gradient[at]! + penalty * (value - anchor[at]!)))
  }
  return { weights: Array.from(weights, (value, n) => (spread[n]! > 0 ? value / spread[n]! : 0)), temperature: 1 }
}

/** Subtracts what is constant over the rotations, since it says nothing. */
const centre = (features: readonly Float64Array[]): Float64Array[] =>
  features.map((row) =>
    row.map((value, n) => value - features.reduce((sum, other) => sum + other[n]!, 0) / features.length),
  )

/** Temperatures tried, and the pull towards 1, counted in examples: a few lucky folds must not make the model overconfident. */
const TEMPERATURES = Array.from({ length: 25 }, (_, n) => 2 ** ((n - 8) / 8))
const TEMPERATURE_PULL = 2
const CALIBRATION_FOLDS = 5

/** @returns the model with the temperature at which models trained without a group fit that group's full tracks best. */
export const calibrate = (
  model: RotationModel,
  examples: readonly RotationExample[],
  training: RotationTraining,
): RotationModel => {
  const groups = [...new Set(examples.map((example) => example.group))]
  if (groups.length < CALIBRATION_FOLDS) return model
  const heldOut = Array.from({ length: CALIBRATION_FOLDS }, (_, fold) => {
    const inFold = new Set(groups.filter((_group, n) => n % CALIBRATION_FOLDS === fold))
    const rest = examples.filter((example) => !inFold.has(example.group))
    const trained = trainRotationModel(rest, training)
    return examples
      .filter((example) => inFold.has(example.group))
      .map((example) => ({ ...example, scores: example.features.map((row) => dot(trained.weights, row)) }))
  }).flat()
  const lossAt = (temperature: number): number =>
    heldOut.reduce(
      (sum, { scores, correct, weight }) => {
        return sum - weight * Math.log(softmax(scores.map((score) => score / temperature))[correct]! + 1e-12)
      },
      TEMPERATURE_PULL * Math.log(temperature) ** 2,
    )
  const temperature = TEMPERATURES.reduce((best, candidate) => (lossAt(candidate) < lossAt(best) ? candidate : best), 1)
  return { weights: model.weights, temperature }
}

const featureSpread = (examples: readonly RotationExample[], width: number): Float64Array => {
  const squares = new Float64Array(width)
  let count = 0
  for (const { features } of examples) {
    for (const row of centre(features)) for (let n = 0; n < width; n++) squares[n]! += row[n]! ** 2
    count += features.length
  }
  return squares.map((sum) => Math.sqrt(sum / Math.max(1, count)))
}

const lossGradient = (examples: readonly RotationExample[], weights: Float64Array, total: number): Float64Array => {
  const gradient = new Float64Array(weights.length)
  for (const { features, correct, weight } of examples) {
    const probabilities = softmax(features.map((row) => dot(weights, row)))
    features.forEach((row, rotation) => {
      const error = ((probabilities[rotation]! - (rotation === correct ? 1 : 0)) * weight) / total
      for (let n = 0; n < row.length; n++) gradient[n]! += error * row[n]!
    })
  }
  return gradient
}
