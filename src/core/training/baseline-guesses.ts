/**
 * @file What can be guessed without a model of one's own: the commonest kind, trees on the position alone, the shipped model.
 * Conventions: out-of-fold like the model that they stand beside.
 */
import { POSITION_COLUMNS } from '../features/span-features.ts'
import { logitsToProbabilities } from '../models/boosted-trees.ts'
import { type CrossFitProgress, crossFit } from './cross-fit.ts'
import type { EvaluatedFit } from './evaluated-fit.ts'
import type { HeadStart } from './head-start.ts'
import type { RowBlock } from './label-rows.ts'
import { type Guess, guessesFrom } from './score-line.ts'

/** The base model alone, on the tracks that it did not learn from. */
export const startGuesses = (
  { logits }: HeadStart,
  { samples, kinds }: EvaluatedFit,
  knownToBase: ReadonlySet<string>,
): Guess[] =>
  guessesFrom(logitsToProbabilities(logits, kinds.length, 1), kinds.length).filter(
    ({ sample }) => !knownToBase.has(samples[sample]!.track.audioDigest),
  )

export const majorityGuesses = ({ samples, folds, kinds }: EvaluatedFit): Guess[] =>
  samples.map((_, sample) => {
    const counts = kinds.map(
      (_kind, target) =>
        samples.filter((other, index) => folds[index] !== folds[sample] && other.target === target).length,
    )
    return { sample, predicted: counts.indexOf(Math.max(...counts)), confidence: null }
  })

/** The last columns of every span row. */
const positionBlock = (block: RowBlock): RowBlock => {
  const width = POSITION_COLUMNS.length
  const rows = new Float32Array(block.rowCount * width)
  for (let row = 0; row < block.rowCount; row++)
    rows.set(block.rows.subarray((row + 1) * block.columnCount - width, (row + 1) * block.columnCount), row * width)
  return { ...block, rows, columnCount: width }
}

export const POSITION_ROUNDS = 40

const POSITION_OPTIONS = {
  rounds: POSITION_ROUNDS,
  leaves: 8,
  learningRate: 0.1,
  minLeaf: 5,
  l2: 1,
  columnFraction: 0.7,
  rowFraction: 0.8,
  maxBins: 16,
} as const

export const positionGuesses = async (
  evaluated: EvaluatedFit,
  { seed, balance }: { readonly seed: number; readonly balance: number },
  progress: CrossFitProgress,
): Promise<Guess[]> => {
  const classCount = evaluated.kinds.length
  const { logits } = await crossFit(
    {
      block: positionBlock(evaluated.spanBlock),
      targets: evaluated.samples.map(({ target }) => target),
      classCount,
      folds: evaluated.folds,
      options: { ...POSITION_OPTIONS, seed },
      balance,
    },
    progress,
  )
  return guessesFrom(logitsToProbabilities(logits, classCount, 1), classCount)
}
