/**
 * @file How often a classifier is right, overall and for each class.
 * Method: accuracy, precision, recall and F1 = 2PR ÷ (P + R); macro-F1 is the mean over the classes that occur in the truth
 * (Sokolova & Lapalme, Information Processing & Management 45(4), 2009).
 * Conventions: classes are 0 … classCount − 1; a ratio with a zero denominator counts as 0.
 */
type ClassScores = {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  /** Samples of the class in the truth. */
  readonly support: number
}

export type ClassificationScores = {
  readonly samples: number
  readonly accuracy: number
  readonly macroF1: number
  readonly classes: readonly ClassScores[]
  /** Shape (classCount, classCount): rows are the truth, columns the predictions. */
  readonly confusion: readonly (readonly number[])[]
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

const confusionMatrix = (truth: ArrayLike<number>, predicted: ArrayLike<number>, classCount: number): number[][] => {
  if (truth.length !== predicted.length)
    throw new Error(`${truth.length} true classes, but ${predicted.length} predictions`)
  const counts = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0))
  for (let sample = 0; sample < truth.length; sample++) counts[truth[sample]!]![predicted[sample]!]!++
  return counts
}

export const scoreConfusion = (confusion: readonly (readonly number[])[]): ClassificationScores => {
  const rowSums = confusion.map((row) => row.reduce((sum, count) => sum + count, 0))
  const columnSums = confusion.map((_, column) => confusion.reduce((sum, row) => sum + row[column]!, 0))
  const classes = confusion.map((row, index): ClassScores => {
    const hits = row[index]!
    const precision = ratio(hits, columnSums[index]!)
    const recall = ratio(hits, rowSums[index]!)
    return { precision, recall, f1: ratio(2 * precision * recall, precision + recall), support: rowSums[index]! }
  })
  const samples = rowSums.reduce((sum, count) => sum + count, 0)
  const present = classes.filter(({ support }) => support > 0)
  return {
    samples,
    accuracy: ratio(
      confusion.reduce((sum, row, index) => sum + row[index]!, 0),
      samples,
    ),
    macroF1: ratio(
      present.reduce((sum, { f1 }) => sum + f1, 0),
      present.length,
    ),
    classes,
    confusion,
  }
}

export const scoreClassification = (
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classCount: number,
): ClassificationScores => scoreConfusion(confusionMatrix(truth, predicted, classCount))

/** Index of the largest value of each row; the first where several are equal. @param probabilities shape (rows, classCount) */
export const mostLikely = (probabilities: Float32Array, classCount: number): Uint8Array => {
  const chosen = new Uint8Array(probabilities.length / classCount)
  for (let row = 0; row < chosen.length; row++)
    for (let index = 1; index < classCount; index++)
      if (probabilities[row * classCount + index]! > probabilities[row * classCount + chosen[row]!]!)
        chosen[row] = index
  return chosen
}
