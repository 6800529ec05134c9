/**
 * @file One vector a beat for comparing beats with each other: timbre (mel levels) and harmony (chroma).
 * Method: each dimension as z-score within the track; unit length, so that a dot product is a similarity.
 * Conventions: shape (beats, width), row-major; a dimension that does not vary is 0.
 */
/** Z-scores within each column of values of shape (beats, width). */
export const standardise = (values: Float32Array, width: number): Float32Array => {
  const beats = values.length / width
  const result = new Float32Array(values.length)
  for (let column = 0; column < width; column++) {
    let [sum, squares] = [0, 0]
    for (let beat = 0; beat < beats; beat++) sum += values[beat * width + column]!
    const mean = sum / Math.max(1, beats)
    for (let beat = 0; beat < beats; beat++) squares += (values[beat * width + column]! - mean) ** 2
    const deviation = Math.sqrt(squares / Math.max(1, beats))
    if (deviation <= 1e-6 * (1 + Math.abs(mean))) continue
    for (let beat = 0; beat < beats; beat++)
      result[beat * width + column] = (values[beat * width + column]! - mean) / deviation
  }
  return result
}

/** Each row divided by its length; zero rows stay zero. */
export const normaliseRows = (values: Float32Array, width: number): Float32Array => {
  const result = new Float32Array(values.length)
  for (let row = 0; row < values.length; row += width) {
    let squares = 0
    for (let at = row; at < row + width; at++) squares += values[at]! ** 2
    if (squares > 0) for (let at = row; at < row + width; at++) result[at] = values[at]! / Math.sqrt(squares)
  }
  return result
}
