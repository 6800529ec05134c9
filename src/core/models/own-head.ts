import type { OwnKind } from '../labels/own-kind.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { predictProbabilities } from './boosted-trees.ts'
import type { Head } from './section-model.ts'

/** A kind of the person's own as a model knows it; the name tells it in another library. */
export type OwnClass = Pick<OwnKind, 'id' | 'name'>

/** Which of the person's own kinds a section of one of the seven is. */
export type OwnHead = {
  readonly kind: SectionKind
  /** Classes of the head; null is the kind itself. */
  readonly classes: readonly (OwnClass | null)[]
  /** Null where all labels of the kind were of the one class. */
  readonly head: Head | null
}

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
