/**
 * @file Medians over a sliding window of a table's columns or rows. The window shrinks at the ends; an even number of values gives the
 * upper middle one.
 * Method: the values in the window are kept sorted, four lines at once (`recipes/sample-kernels/series.ts`).
 * Conventions: tables have shape (rows, columns), row-major, a number of columns that four divides; windows are odd.
 */
import { createSeriesMemory, FLOAT_BYTES, LANES } from '../audio/series-kernels.ts'

export type MedianShape = { readonly rows: number; readonly columns: number; readonly window: number }

const VECTOR_BYTES = LANES * FLOAT_BYTES

/** Along each column. */
export const columnMedians = (table: Float32Array, { rows, columns, window }: MedianShape): Float32Array => {
  const { run, place, floats } = createSeriesMemory()
  const sortedAt = place((window + 1) * VECTOR_BYTES)
  const tableAt = place(table.length * FLOAT_BYTES)
  const mediansAt = place(table.length * FLOAT_BYTES)
  floats().set(table, tableAt / FLOAT_BYTES)
  for (let column = 0; column < columns; column += LANES) {
    const at = column * FLOAT_BYTES
    run.slideMedians(tableAt + at, mediansAt + at, rows, columns * FLOAT_BYTES, window, sortedAt)
  }
  return floats().slice(mediansAt / FLOAT_BYTES, mediansAt / FLOAT_BYTES + table.length)
}

/** Along each row. */
export const rowMedians = (table: Float32Array, { rows, columns, window }: MedianShape): Float32Array => {
  const { run, place, floats } = createSeriesMemory()
  const sortedAt = place((window + 1) * VECTOR_BYTES)
  // Rows beyond the last are padded with zeros to a multiple of four.
  const tableBytes = LANES * Math.ceil(rows / LANES) * columns * FLOAT_BYTES
  const tableAt = place(tableBytes)
  const lanesAt = place(columns * VECTOR_BYTES)
  const medianLanesAt = place(columns * VECTOR_BYTES)
  const rowBytes = columns * FLOAT_BYTES
  floats().set(table, tableAt / FLOAT_BYTES)
  for (let at = tableAt; at < tableAt + tableBytes; at += LANES * rowBytes) {
    run.rowsToLanes(at, rowBytes, columns / LANES, lanesAt)
    run.slideMedians(lanesAt, medianLanesAt, columns, VECTOR_BYTES, window, sortedAt)
    run.lanesToRows(medianLanesAt, columns / LANES, at, rowBytes)
  }
  return floats().slice(tableAt / FLOAT_BYTES, tableAt / FLOAT_BYTES + table.length)
}
