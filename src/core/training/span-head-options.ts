/**
 * @file How the span head's trees are grown.
 * Method: measured on the corpus, 4 shuffles of grouped 5-fold (docs/decisions/0003).
 */
import type { BoostingOptions } from './fit-boosted-trees.ts'

/**
 * Share of the columns a tree may ask: 30 % up to 250 rows (the corpus; 20 % gave half a point less), fewer the more rows there are:
 * more rows cost more, so the time of a tree stays about the same.
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
