/**
 * @file Boosted trees whose figures are honest: every row is predicted by a model that never saw its group.
 * Method: k grouped folds; each fold's model is measured round by round on the fold it never saw, and stopped where the curves
 * of the *other* folds are lowest, so that no fold chooses its own end. The final model on all rows, one ensemble or the mean of several
 * with other seeds, stops where all curves are lowest.
 * Conventions: rows belong to samples (their owners), folds consist of samples; weights are class weights times a row's share.
 */
import { firstTrees, predictLogits } from '../models/boosted-trees.ts'
import { averageTrees } from '../models/combine-trees.ts'
import { type BoostedTrees, outputCount } from '../models/regression-trees.ts'
import type { Progress } from '../support/progress.ts'
import { type BinnedSet, type BoostingOptions, fitBinnedTrees } from './fit-boosted-trees.ts'
import { addStart, type HeadStart } from './head-start.ts'
import { binRows } from './histogram-bins.ts'
import { classWeights, type RowBlock, styleFactors } from './label-rows.ts'

export type CrossFitRequest = {
  readonly block: RowBlock
  /** Class of each sample. */
  readonly targets: ArrayLike<number>
  readonly classCount: number
  /** Fold of each sample. */
  readonly folds: ArrayLike<number>
  readonly options: Omit<BoostingOptions, 'earlyStoppingRounds'>
  /** At 0 every label weighs the same, at 1 every class does. */
  readonly balance: number
  /** What the models begin from; null for nothing. */
  readonly start?: HeadStart | null
  /** Ensembles whose mean is the final model. @default 1 */
  readonly members?: number
}

export type CrossFit = {
  /** Trained on all rows. */
  readonly trees: BoostedTrees
  readonly rounds: number
  /** Shape (rows, outputs): logits by models that never saw the row's fold. */
  readonly logits: Float32Array
  /** Shape (rows, outputs): logits of the final model on the rows it was trained on, to show overfitting. */
  readonly fittedLogits: Float32Array
}

export type FoldRound = {
  /** Index of the ensemble being grown, from 0; those of folds come first. */
  readonly fit: number
  /** Counts from 0; null for the final model, which has no held-out rows. */
  readonly fold: number | null
  readonly round: number
  readonly trainLoss: number
  readonly validationLoss: number | null
}

export type CrossFitProgress = Progress & { readonly onRound?: (at: FoldRound) => void }

/** Every model gets at least this many rounds, because the start of the curves is noise at a few dozen labels. */
const MIN_ROUNDS = 20

/** Weights by row; those of rows outside the members stay 0. */
const weigh = (members: Int32Array, { block, targets, classCount, balance }: CrossFitRequest): Float32Array => {
  const samples = [...new Set(members.map((row) => block.owners[row]!))]
  const own = samples.map((sample) => targets[sample]!)
  const ofSample = classWeights(own, classCount, balance)
  const ofStyle = styleFactors(
    own,
    samples.map((sample) => block.songs[sample]!),
    classCount,
  )
  const weightOf = new Map(samples.map((sample, index) => [sample, ofSample[index]! * ofStyle[index]!]))
  const weights = new Float32Array(block.rowCount)
  for (const row of members) weights[row] = weightOf.get(block.owners[row]!)! * block.shares[row]!
  // Shares of a label would make hessians tiny and regularisation strong, so weights are scaled to a mean of 1.
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, members.length)
  return weights.map((weight) => weight / mean)
}

/** The round with the lowest mean of the curves, at least MIN_ROUNDS. */
const bestRounds = (curves: readonly (readonly number[])[]): number => {
  const rounds = curves[0]?.length ?? 0
  let best = Math.min(MIN_ROUNDS, rounds) - 1
  const mean = (round: number): number => curves.reduce((sum, curve) => sum + curve[round]!, 0)
  for (let round = best + 1; round < rounds; round++) if (mean(round) < mean(best)) best = round
  return best + 1
}

export const crossFit = async (request: CrossFitRequest, progress: CrossFitProgress = {}): Promise<CrossFit> => {
  const { block, folds, classCount, start = null, members: memberCount = 1 } = request
  const { signal, onProgress, onRound } = progress
  const outputs = outputCount(classCount)
  const options: BoostingOptions = { ...request.options, earlyStoppingRounds: null }
  const foldCount = Math.max(0, ...Array.from(folds)) + 1
  // All folds share one set of bins: cuts see no labels, and binning is a fifth of the work.
  const binned = binRows(block.rows, block.rowCount, options.maxBins ?? 63)
  const targets = Uint8Array.from(block.owners, (owner) => request.targets[owner]!)
  const rowsWhere = (isIn: (fold: number) => boolean): Int32Array =>
    Int32Array.from(block.owners.keys()).filter((row) => isIn(folds[block.owners[row]!]!))
  const setOf = (members: Int32Array): BinnedSet => ({ binned, members, targets, weights: weigh(members, request) })
  const countLabels = (members: Int32Array): number => members.reduce((sum, row) => sum + block.shares[row]!, 0)
  // The labels outside a fold choose its factor.
  const begin = (members: Int32Array): { readonly set: BinnedSet; readonly factor: number } =>
    start?.begin(setOf(members), countLabels(members)) ?? { set: setOf(members), factor: 0 }
  const curves: number[][] = []
  const models: { readonly trees: BoostedTrees; readonly factor: number }[] = []
  const steps = foldCount + memberCount
  for (let fold = 0; fold < foldCount; fold++) {
    const curve: number[] = []
    const { set: train, factor } = begin(rowsWhere((other) => other !== fold))
    const startScores = start?.logits.map((logit) => logit * factor)
    const validation = { ...setOf(rowsWhere((other) => other === fold)), ...(startScores && { startScores }) }
    const trees = await fitBinnedTrees(
      { train, validation, classCount, options },
      {
        ...(signal && { signal }),
        onProgress: (fraction) => onProgress?.((fold + fraction) / steps),
        onRound: (round, trainLoss, validationLoss) => {
          curve.push(validationLoss ?? trainLoss)
          onRound?.({ fit: fold, fold, round, trainLoss, validationLoss })
        },
      },
    )
    models.push({ trees, factor })
    curves.push(curve)
  }
  const logits = new Float32Array(block.rowCount * outputs)
  models.forEach(({ trees: all, factor }, fold) => {
    const others = curves.filter((_, other) => other !== fold)
    const trees = firstTrees(all, bestRounds(others.length > 0 ? others : curves) * outputs)
    for (const row of rowsWhere((other) => other === fold)) {
      const values = block.rows.subarray(row * block.columnCount, (row + 1) * block.columnCount)
      logits.set(addStart(start, { factor, row, grown: predictLogits(trees, values, 1) }), row * outputs)
    }
  })
  const rounds = bestRounds(curves)
  const whole = begin(rowsWhere(() => true))
  const members: BoostedTrees[] = []
  for (let fit = foldCount; fit < steps; fit++)
    members.push(
      await fitBinnedTrees(
        { train: whole.set, classCount, options: { ...options, rounds, seed: options.seed + fit - foldCount } },
        {
          ...(signal && { signal }),
          onProgress: (fraction) => onProgress?.((fit + fraction) / steps),
          onRound: (round, trainLoss) => onRound?.({ fit, fold: null, round, trainLoss, validationLoss: null }),
        },
      ),
    )
  const grown = averageTrees(members)
  const trees = start?.complete(grown, whole.factor) ?? grown
  return { trees, rounds, logits, fittedLogits: predictLogits(trees, block.rows, block.rowCount) }
}
