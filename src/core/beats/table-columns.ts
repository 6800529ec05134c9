/**
 * @file Columns of tables, and what they are less their mean and over their spread. In plain loops: these run for some hundred columns a
 * track, and callbacks take several times as long.
 */

/** @param table row-major */
export const column = (table: Float32Array, width: number, at: number): Float64Array => {
  const values = new Float64Array(table.length / width)
  for (let row = 0; row < values.length; row++) values[row] = table[row * width + at]!
  return values
}

/** What hardly varies counts as nothing. */
const LEAST_VARIANCE = 1e-12

export const standardise = (values: Float64Array, leastVariance = LEAST_VARIANCE): Float64Array => {
  const { length } = values
  const result = new Float64Array(length)
  let sum = 0
  for (let n = 0; n < length; n++) sum += values[n]!
  const mean = sum / Math.max(1, length)
  let squares = 0
  for (let n = 0; n < length; n++) squares += (values[n]! - mean) ** 2
  const variance = squares / Math.max(1, length)
  const deviation = Math.sqrt(variance)
  if (variance > leastVariance) for (let n = 0; n < length; n++) result[n] = (values[n]! - mean) / deviation
  return result
}
