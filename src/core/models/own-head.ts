import { predictProbabilities } from './boosted-trees.ts'
import type { OwnClass, OwnHead } from './section-model.ts'

/** @param rows of the span head, shape (rowCount, columns) @returns a class for each row */
export const ownClassesOf = (
  { classes, head }: OwnHead,
  rows: Float32Array,
  rowCount: number,
): readonly (OwnClass | null)[] => {
  if (head === null) return Array.from({ length: rowCount }, () => classes[0]!)
  const probabilities = predictProbabilities(head.trees, rows, rowCount, head.temperature)
  return Array.from({ length: rowCount }, (_, row) => {
    const own = probabilities.subarray(row * classes.length, (row + 1) * classes.length)
    return classes[own.indexOf(Math.max(...own))]!
  })
}
