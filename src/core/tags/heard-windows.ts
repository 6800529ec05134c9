import type { Seconds } from '../units/units.ts'

/** What a network heard in a recording, window by window. */
export type HeardWindows = {
  readonly count: number
  /** Length of a window's step: window i describes `[i, i + 1)` times this. */
  readonly seconds: Seconds
  /** Shape (count, dimensions), rows of length 1. */
  readonly embeddings: Float32Array
  /** Shape (count, tags), 0 to 1. */
  readonly tags: Float32Array
}

/** The mean of each column of the rows `[first, end)`. */
const meanOf = (values: Float32Array, width: number, [first, end]: readonly [number, number]): Float32Array => {
  const mean = new Float32Array(width)
  for (let row = first; row < end; row++)
    for (let column = 0; column < width; column++) mean[column]! += values[row * width + column]! / (end - first)
  return mean
}

const widthOf = (values: Float32Array, { count }: HeardWindows): number => (count === 0 ? 0 : values.length / count)

/** Rows `[first, end)` of the windows in a stretch of time, at least one where there are any; all rows where no stretch is given. */
export const rowsIn = (
  heard: Pick<HeardWindows, 'count' | 'seconds'>,
  stretch?: readonly [start: Seconds, end: Seconds],
): readonly [number, number] => {
  if (stretch === undefined || heard.count === 0) return [0, heard.count]
  const first = Math.min(heard.count - 1, Math.max(0, Math.round(stretch[0] / heard.seconds)))
  return [first, Math.min(heard.count, Math.max(first + 1, Math.round(stretch[1] / heard.seconds)))]
}

/** The direction of the mean of the windows, length 1; zeros where there are none. */
export const embeddingOf = (heard: HeardWindows, stretch?: readonly [start: Seconds, end: Seconds]): Float32Array => {
  const mean = meanOf(heard.embeddings, widthOf(heard.embeddings, heard), rowsIn(heard, stretch))
  const length = Math.hypot(...mean)
  return length === 0 ? mean : mean.map((value) => value / length)
}
