import { BEAT_ROW_LENGTH } from '../features/beat-context.ts'
import { SPAN_ROW_LENGTH } from '../features/span-features.ts'
import { createRandom } from '../support/random.ts'
import { UserError } from '../support/user-error.ts'
import { predictProbabilities } from './boosted-trees.ts'
import type { Head, SectionModel } from './section-model.ts'

/** Bins of half an octave, as `DurationPrior` says. */
const DURATION_BINS = 21
/** Our tables are written with six digits. */
const SUM_TOLERANCE = 1e-3
const PROBABILITY_TOLERANCE = 1e-4

const corrupt = (detail: string): UserError => new UserError('MODEL_CORRUPT', detail)

const requireShares = (rows: readonly (readonly number[])[], columns: number, what: string): void => {
  rows.forEach((row, at) => {
    if (row.length !== columns)
      throw corrupt(`Row ${at} of the model's ${what} has ${row.length} numbers; ${columns} are needed.`)
    const sum = row.reduce((total, share) => total + share, 0)
    if (row.some((share) => share < 0) || Math.abs(sum - 1) > SUM_TOLERANCE)
      throw corrupt(`Row ${at} of the model's ${what} are no shares of a whole: they sum up to ${sum}.`)
  })
}

const requireColumns = (head: Head, columns: number, name: string): void => {
  const found = head.trees.columnCount
  if (found === columns) return
  const detail = `The ${name} head of the model reads rows of ${found} columns; this version makes ${columns}.`
  throw new UserError('INCOMPATIBLE_MODEL', detail, { found, supported: columns })
}

/** Few enough to run in JavaScript, and so many that WebAssembly runs them. */
const GOLDEN_ROWS = [8, 64] as const

/** Rows as far apart as those of music, always the same. */
const goldenRows = (columns: number, rowCount: number): Float32Array => {
  const random = createRandom(20_261_129)
  return Float32Array.from({ length: rowCount * columns }, () => Math.fround((random() - 0.5) * 2 ** (8 * random())))
}

const requireAnswers = ({ trees, temperature }: Head, name: string): void => {
  const answers = GOLDEN_ROWS.map((count) =>
    predictProbabilities(trees, goldenRows(trees.columnCount, count), count, temperature),
  )
  for (const answer of answers)
    for (let at = 0; at < answer.length; at += trees.classCount) {
      const row = answer.subarray(at, at + trees.classCount)
      const sum = row.reduce((total, one) => total + one, 0)
      if (!(Math.abs(sum - 1) <= PROBABILITY_TOLERANCE))
        throw corrupt(`The ${name} head of the model answers a row with ${[...row].join(', ')}.`)
    }
}

/**
 * Requires that a decoded model can read music here: its rows are ours, its tables are probabilities, and it answers.
 * @throws MODEL_CORRUPT, INCOMPATIBLE_MODEL
 */
export const requireSoundModel = (model: SectionModel): void => {
  const { kinds, spanHead, beatHead, boundaryHead, durations, order, kindShares } = model
  requireShares(durations, DURATION_BINS, 'durations')
  requireShares(order, kinds.length + 1, 'order')
  for (const row of kindShares)
    if (row.length !== kinds.length || row.some((share) => !(share > 0 && share <= 1)))
      throw corrupt(`The shares of kinds in a style are ${row.join(', ')}; ${kinds.length} from 0 to 1 are needed.`)
  requireColumns(spanHead, SPAN_ROW_LENGTH, 'span')
  requireColumns(beatHead, BEAT_ROW_LENGTH, 'beat')
  if (boundaryHead) requireColumns(boundaryHead, BEAT_ROW_LENGTH, 'boundary')
  for (const { kind, head } of model.ownHeads ?? []) {
    if (head === null) continue
    requireColumns(head, SPAN_ROW_LENGTH, `own ${kind}`)
    requireAnswers(head, `own ${kind}`)
  }
  requireAnswers(spanHead, 'span')
  requireAnswers(beatHead, 'beat')
  if (boundaryHead) requireAnswers(boundaryHead, 'boundary')
}

/** What each head says of the golden rows, for who rebuilds the model elsewhere. Four digits tell another model. */
export type GoldenAnswers = Readonly<Record<'span' | 'beat' | 'boundary', readonly number[]>>

const answersOf = (head: Head | null): readonly number[] =>
  head === null
    ? []
    : Array.from(
        predictProbabilities(
          head.trees,
          goldenRows(head.trees.columnCount, GOLDEN_ROWS[0]),
          GOLDEN_ROWS[0],
          head.temperature,
        ),
        (share) => Math.round(share * 1e6) / 1e6,
      )

export const goldenAnswers = ({ spanHead, beatHead, boundaryHead }: SectionModel): GoldenAnswers => ({
  span: answersOf(spanHead),
  beat: answersOf(beatHead),
  boundary: answersOf(boundaryHead),
})

/** @returns the head that says something else than its maker's; null where none does */
export const differingHead = (one: GoldenAnswers, other: GoldenAnswers): keyof GoldenAnswers | null =>
  (['span', 'beat', 'boundary'] as const).find(
    (head) =>
      one[head].length !== other[head].length ||
      one[head].some((share, at) => !(Math.abs(share - other[head][at]!) <= PROBABILITY_TOLERANCE)),
  ) ?? null
