/**
 * @file The losses of a training, round by round, averaged over the folds.
 * Conventions: rounds count from 1; a round that only some folds reached is the mean of those.
 */
import type { FoldRound } from './cross-fit.ts'

export type LossPoint = {
  readonly round: number
  /** Mean cross-entropy on what the fold was trained on. */
  readonly train: number
  /** The same on the held-out labels. */
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
      // The last fit is on everything and has no held-out labels.
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
