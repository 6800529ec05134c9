/** The directions in which the rows of a matrix differ most, by power iteration with deflation. */
import { createRandom } from '../../src/core/support/random.ts'

const ITERATIONS = 30

/** @param rows shape (count, width) @returns where each row lies along the strongest directions, shape (count, directions) */
export const projectRows = (rows: Float32Array, width: number, directions: number): Float32Array => {
  const count = rows.length / width
  const random = createRandom(1)
  const centred = Float64Array.from(rows)
  for (let column = 0; column < width; column++) {
    let mean = 0
    for (let row = 0; row < count; row++) mean += rows[row * width + column]! / count
    for (let row = 0; row < count; row++) centred[row * width + column]! -= mean
  }
  const along = (row: number, direction: Float64Array): number => {
    let sum = 0
    for (let column = 0; column < width; column++) sum += centred[row * width + column]! * direction[column]!
    return sum
  }
  const projected = new Float32Array(count * directions)
  for (let place = 0; place < directions; place++) {
    let direction = Float64Array.from({ length: width }, () => random() - 0.5)
    for (let iteration = 0; iteration < ITERATIONS; iteration++) {
      const next = new Float64Array(width)
      for (let row = 0; row < count; row++) {
        const score = along(row, direction)
        for (let column = 0; column < width; column++) next[column]! += score * centred[row * width + column]!
      }
      const length = Math.hypot(...next) || 1
      direction = next.map((value) => value / length)
    }
    for (let row = 0; row < count; row++) {
      const score = along(row, direction)
      projected[row * directions + place] = score
      for (let column = 0; column < width; column++) centred[row * width + column]! -= score * direction[column]!
    }
  }
  return projected
}
