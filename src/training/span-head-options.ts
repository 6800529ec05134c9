/**
 * @file How the span head's trees are grown.
 * Method: measured on the corpus, 4 shuffles of grouped 5-fold (docs/decisions/0003).
 */
import type { BoostingOptions } from './fit-boosted-trees.ts'

/**
 * Share of the columns a tree may ask: 30 % for 250 rows (the corpus), fewer the more rows there are, since more rows need less help
 * against chance and cost more: the time of a tree stays about the same.
 */
export const columnFraction = (rowCount: number): number => Math.max(0.08, Math.min(0.3, 75 / rowCount))

export const spanHeadOptions = (
  rowCount: number,
): Omit<BoostingOptions, 'rounds' | 'seed' | 'earlyStoppingRounds'> => ({
  leaves: 8,
  learningRate: 0.1,
  minLeaf: 3,
  l2: 1,
  rowFraction: 0.6,
  maxBins: 16,
  columnFraction: columnFraction(rowCount),
})
