/**
 * @file What a training learnt, round by round: the losses of all folds, averaged.
 * Conventions: rounds count from 1; a round that only some folds reached before they stopped is the mean of those.
 */
import type { FoldRound } from './cross-fit.ts'

export type LossPoint = {
  readonly round: number
  /** Mean cross-entropy on what the fold was trained on. */
  readonly train: number
  /** The same on the labels that were held out. */
  readonly validation: number
}

export type LossCurve = {
  readonly add: (round: Pick<FoldRound, 'round' | 'trainLoss' | 'validationLoss'>) => void
  readonly points: () => readonly LossPoint[]
}

type Sums = { folds: number; train: number; validation: number }

export const createLossCurve = (): LossCurve => {
  const sums: Sums[] = []
  return {
    add: ({ round, trainLoss, validationLoss }) => {
      // The last fit, on everything, has nothing held out.
      if (validationLoss === null) return
      sums[round - 1] ??= { folds: 0, train: 0, validation: 0 }
      const sum = sums[round - 1]!
      sum.folds++
      sum.train += trainLoss
      sum.validation += validationLoss
    },
    points: () =>
      sums.map(({ folds, train, validation }, index) => ({
        round: index + 1,
        train: train / folds,
        validation: validation / folds,
      })),
  }
}
