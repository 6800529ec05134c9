/**
 * @file Span heads that are only a step of a measurement: trained on some rows of a block, asked about others.
 * Conventions: all fits get the same number of rounds and share one set of bins, since bins see no labels; seeded.
 */
import { logitsToProbabilities, predictLogits } from '../models/boosted-trees.ts'
import type { CrossFitProgress } from './cross-fit.ts'
import { fitBinnedTrees } from './fit-boosted-trees.ts'
import { addStart, type HeadStart } from './head-start.ts'
import { binRows } from './histogram-bins.ts'
import { classWeights, type RowBlock } from './label-rows.ts'
import { spanHeadOptions } from './span-head-options.ts'

export type RowFitRequest = {
  readonly block: Pick<RowBlock, 'rows' | 'rowCount' | 'columnCount'>
  /** Class of each row that may be a member. */
  readonly targets: ArrayLike<number>
  readonly classCount: number
  readonly rounds: number
  readonly seed: number
  /** What the models begin from; null for nothing. */
  readonly start?: HeadStart | null
}

/** @returns shape (asked, classes), not calibrated */
export type RowFit = (members: readonly number[], asked: readonly number[], seed?: number) => Promise<Float32Array>

/** @param fits how many there will be, for the progress */
export const createRowFit = (
  { block, targets, classCount, rounds, seed: usual, start = null }: RowFitRequest,
  { signal, onRound, onProgress }: CrossFitProgress,
  fits: number,
): RowFit => {
  const ofRows = Uint8Array.from(targets)
  const binned = binRows(block.rows, block.rowCount, spanHeadOptions(block.rowCount).maxBins ?? 63)
  let done = 0
  return async (members, asked, seed = usual) => {
    const weights = new Float32Array(block.rowCount)
    classWeights(
      members.map((member) => ofRows[member]!),
      classCount,
      1,
    ).forEach((weight, at) => {
      weights[members[at]!] = weight
    })
    const options = { ...spanHeadOptions(members.length), rounds, seed, earlyStoppingRounds: null }
    const whole = { binned, members: Int32Array.from(members), targets: ofRows, weights }
    const { set: train, factor } = start?.begin(whole, members.length) ?? { set: whole, factor: 0 }
    const trees = await fitBinnedTrees(
      { train, classCount, options },
      {
        ...(signal && { signal }),
        onProgress: (fraction) => onProgress?.((done + fraction) / fits),
        onRound: (round, trainLoss) => onRound?.({ fit: done, fold: done, round, trainLoss, validationLoss: null }),
      },
    )
    done++
    const width = block.columnCount
    const rows = new Float32Array(asked.length * width)
    asked.forEach((row, at) => {
      rows.set(block.rows.subarray(row * width, (row + 1) * width), at * width)
    })
    const grown = predictLogits(trees, rows, asked.length)
    const outputs = grown.length / asked.length
    const logits = Float32Array.from(
      asked.flatMap((row, at) => [
        ...addStart(start, { factor, row, grown: grown.subarray(at * outputs, (at + 1) * outputs) }),
      ]),
    )
    return logitsToProbabilities(logits, classCount, 1)
  }
}
