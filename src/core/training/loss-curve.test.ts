import { expect, test } from 'vitest'
import { createLossCurve } from './loss-curve.ts'

test('a round is the mean of the folds that reached it; the fit on everything has nothing held out and is left out', () => {
  const curve = createLossCurve()
  curve.add({ round: 1, trainLoss: 2, validationLoss: 3 })
  curve.add({ round: 2, trainLoss: 1, validationLoss: 2 })
  curve.add({ round: 1, trainLoss: 4, validationLoss: 5 })
  curve.add({ round: 1, trainLoss: 99, validationLoss: null })
  expect(curve.points()).toEqual([
    { round: 1, train: 3, validation: 4 },
    { round: 2, train: 1, validation: 2 },
  ])
})
