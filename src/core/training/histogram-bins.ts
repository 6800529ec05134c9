/**
 * @file Quantile bins: every column cut into at most `maxBins` ranges of about equally many training rows.
 * Conventions: bin b of a column holds the values v with cuts[b − 1] < v ≤ cuts[b]; cuts are float32, so that training,
 * inference and ONNX put a value that equals a cut on the same side.
 */
export type BinnedRows = {
  readonly rowCount: number
  readonly columnCount: number
  /** Column-major, shape (columnCount, rowCount). */
  readonly bins: Uint8Array
  /** Rising upper edges of each column; one fewer than its bins. */
  readonly cuts: readonly Float32Array[]
}

/** The midpoint of two values as the largest float32 that still separates them. */
const between = (low: number, high: number): number => {
  const middle = Math.fround(low + (high - low) / 2)
  return middle >= high ? low : middle
}

const cutsOf = (sorted: Float32Array, maxBins: number): Float32Array => {
  const cuts: number[] = []
  let perBin = sorted.length / maxBins
  let inBin = 0
  let distinctLeft = 1
  for (let index = 1; index < sorted.length; index++) if (sorted[index] !== sorted[index - 1]) distinctLeft++
  if (distinctLeft <= maxBins) perBin = 0
  for (let index = 0; index + 1 < sorted.length && cuts.length < maxBins - 1; index++) {
    inBin++
    if (sorted[index] === sorted[index + 1] || inBin < perBin) continue
    cuts.push(between(sorted[index]!, sorted[index + 1]!))
    inBin = 0
  }
  return Float32Array.from(cuts)
}

const binOf = (cuts: Float32Array, value: number): number => {
  let low = 0
  let high = cuts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= cuts[middle]!) high = middle
    else low = middle + 1
  }
  return low
}

/** Rows that decide the cuts; more would hardly move the quantiles. */
const MAX_CUT_ROWS = 2000

/** Bins rows by given cuts. @param rows shape (rowCount, cuts.length), finite */
export const applyCuts = (rows: Float32Array, rowCount: number, cuts: readonly Float32Array[]): BinnedRows => {
  const columnCount = cuts.length
  const bins = new Uint8Array(columnCount * rowCount)
  for (let column = 0; column < columnCount; column++) {
    const edges = cuts[column]!
    for (let row = 0; row < rowCount; row++)
      bins[column * rowCount + row] = binOf(edges, rows[row * columnCount + column]!)
  }
  return { rowCount, columnCount, bins, cuts }
}

/** @param rows shape (rowCount, columnCount), finite @param maxBins 2 to 255 */
export const binRows = (rows: Float32Array, rowCount: number, maxBins: number): BinnedRows => {
  const columnCount = rowCount === 0 ? 0 : rows.length / rowCount
  const step = Math.max(1, Math.ceil(rowCount / MAX_CUT_ROWS))
  const chosen = new Float32Array(Math.ceil(rowCount / step))
  const cuts = Array.from({ length: columnCount }, (_, column) => {
    for (let index = 0; index < chosen.length; index++) chosen[index] = rows[index * step * columnCount + column]!
    return cutsOf(chosen.sort(), maxBins)
  })
  return applyCuts(rows, rowCount, cuts)
}
