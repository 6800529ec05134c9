import { expect, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import { fitBoostedTrees } from '../training/fit-boosted-trees.ts'
import { predictLogits } from './boosted-trees.ts'
import { alignTrees, averageTrees, scaleTrees, sumTrees } from './combine-trees.ts'
import type { BoostedTrees } from './regression-trees.ts'

const COLUMNS = 4
const ROWS = 60
const random = createRandom(3)
const rows = Float32Array.from({ length: ROWS * COLUMNS }, () => random())

const treesOf = (classCount: number, seed: number): BoostedTrees =>
  fitBoostedTrees({
    rows,
    rowCount: ROWS,
    columnCount: COLUMNS,
    classCount,
    targets: Array.from({ length: ROWS }, (_, row) => Math.floor(rows[row * COLUMNS + (seed % COLUMNS)]! * classCount)),
    weights: new Float32Array(ROWS).fill(1),
    options: {
      rounds: 6,
      leaves: 5,
      learningRate: 0.3,
      minLeaf: 2,
      l2: 1,
      columnFraction: 1,
      rowFraction: 1,
      seed,
      earlyStoppingRounds: null,
    },
  })

const logits = (trees: BoostedTrees): number[] => [...predictLogits(trees, rows, ROWS)]
const expectAlike = (actual: readonly number[], expected: readonly number[]): void => {
  expect(actual).toHaveLength(expected.length)
  actual.forEach((value, at) => {
    expect(value).toBeCloseTo(expected[at]!, 5)
  })
}

test('logits of a sum, of a multiple and of a mean are the sum, the multiple and the mean of logits', () => {
  const [a, b] = [treesOf(3, 1), treesOf(3, 2)]
  const [ofA, ofB] = [logits(a), logits(b)]
  expectAlike(
    logits(sumTrees([a, b])),
    ofA.map((logit, at) => logit + ofB[at]!),
  )
  expectAlike(
    logits(scaleTrees(a, 0.5)),
    ofA.map((logit) => logit / 2),
  )
  expectAlike(
    logits(averageTrees([a, b])),
    ofA.map((logit, at) => (logit + ofB[at]!) / 2),
  )
})

test('other kinds in another order keep their logits; an unknown one is as unlikely as the least likely of all by its prior', () => {
  const trees = treesOf(3, 1)
  const [least] = [...trees.baseScores].sort((a, b) => a - b)
  const aligned = alignTrees({ kinds: ['intro', 'drop', 'break'], trees }, ['break', 'verse', 'intro'])
  expectAlike(
    logits(aligned),
    Array.from({ length: ROWS }, (_, row) => row).flatMap((row) => {
      const [intro, , last] = logits(trees).slice(row * 3, row * 3 + 3)
      return [last!, least!, intro!]
    }),
  )
})

test('of many kinds two: the one logit is that of the second against the first', () => {
  const trees = treesOf(3, 1)
  const pair = alignTrees({ kinds: ['intro', 'drop', 'break'], trees }, ['intro', 'break'])
  expect(pair.classCount).toBe(2)
  const all = logits(trees)
  expectAlike(
    logits(pair),
    Array.from({ length: ROWS }, (_, row) => all[row * 3 + 2]! - all[row * 3]!),
  )
})

test('of two kinds many: the second has the one logit, the first has none', () => {
  const trees = treesOf(2, 1)
  const many = alignTrees({ kinds: ['intro', 'drop'], trees }, ['intro', 'drop', 'outro'])
  const least = Math.min(0, trees.baseScores[0]!)
  expectAlike(
    logits(many),
    logits(trees).flatMap((logit) => [0, logit, least]),
  )
})
