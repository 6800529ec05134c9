/**
 * @file Where else in a track a span occurs again: spans of the same length that sound alike, beat by beat.
 * Method: every column of the feature matrix is a z-score within the track; the similarity of two spans is the mean cosine of
 * their beats in turn (a diagonal of the self-similarity matrix: Foote, Visualizing music and audio using self-similarity, 1999).
 * Conventions: candidates begin as far from a downbeat as the span does; the best ones are taken first and do not overlap.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { type Span, spanLength, spansOverlap } from '../labels/span.ts'

export type Repeat = Span & {
  /** Mean cosine, −1 to 1. */
  readonly similarity: number
}

/** On the labelled tracks of the demo library 49 of 53 proposals above it were of the same kind; at 0.6, 71 of 84. */
const LEAST_SIMILARITY = 0.7
/** Of two beats, with room for rounding. */
const MOST_ALIKE = 1 + 1e-5

/** Rows of unit length, shape (beats, columns). */
const unitRows = ({ values, beats, columns }: FeatureMatrix): Float32Array => {
  const width = columns.length
  const rows = new Float32Array(values.length)
  for (let column = 0; column < width; column++) {
    let [sum, squares] = [0, 0]
    for (let beat = 0; beat < beats; beat++) {
      const value = values[beat * width + column]!
      sum += value
      squares += value * value
    }
    const mean = sum / beats
    const deviation = Math.sqrt(Math.max(0, squares / beats - mean * mean))
    if (deviation > 0)
      for (let beat = 0; beat < beats; beat++)
        rows[beat * width + column] = (values[beat * width + column]! - mean) / deviation
  }
  for (let beat = 0; beat < beats; beat++) {
    const row = rows.subarray(beat * width, (beat + 1) * width)
    const length = Math.sqrt(row.reduce((total, value) => total + value * value, 0))
    if (length > 0) for (let column = 0; column < width; column++) row[column] = row[column]! / length
  }
  return rows
}

/** @returns the mean similarity of two stretches; 0 as soon as it cannot be LEAST_SIMILARITY any more, as nearly all cannot */
const similarityOf = (
  rows: Float32Array,
  width: number,
  [one, other, length]: readonly [number, number, number],
): number => {
  let sum = 0
  for (let beat = 0; beat < length; beat++) {
    for (let at = beat * width; at < (beat + 1) * width; at++)
      sum += rows[one * width + at]! * rows[other * width + at]!
    // No two beats are more alike than 1, but for rounding.
    if (sum + (length - beat - 1) * MOST_ALIKE < length * LEAST_SIMILARITY) return 0
  }
  return sum / length
}

/** Finds repeats of many spans of one track and computes what they share once. */
export const createRepeatFinder = (
  features: FeatureMatrix,
  { beatsPerBar }: Pick<BeatGrid, 'beatsPerBar'>,
): ((span: Span) => readonly Repeat[]) => {
  const rows = unitRows(features)
  const width = features.columns.length
  return (span) => {
    const length = spanLength(span)
    const candidates: Repeat[] = []
    for (let start = span.startBeat % beatsPerBar; start + length <= features.beats; start += beatsPerBar) {
      const candidate = { startBeat: start, endBeat: start + length }
      if (spansOverlap(candidate, span)) continue
      const similarity = similarityOf(rows, width, [span.startBeat, start, length])
      if (similarity >= LEAST_SIMILARITY) candidates.push({ ...candidate, similarity })
    }
    const taken: Repeat[] = []
    for (const candidate of candidates.sort((a, b) => b.similarity - a.similarity))
      if (!taken.some((other) => spansOverlap(other, candidate))) taken.push(candidate)
    return taken
  }
}

/** @returns the repeats of a span, best first */
export const findRepeats = (
  features: FeatureMatrix,
  grid: Pick<BeatGrid, 'beatsPerBar'>,
  span: Span,
): readonly Repeat[] => createRepeatFinder(features, grid)(span)
