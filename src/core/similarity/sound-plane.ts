/**
 * @file A picture of how far apart many sounds are: sounds that are alike lie close on a plane.
 * Method: landmark multidimensional scaling (de Silva and Tenenbaum 2004, Stanford technical report): the distances between some sounds
 * give them their places by classical scaling, the distances of all others from these give theirs.
 * Conventions: x and y in the unit of the distances; the axes are turned so that x spreads more than y.
 */

/** More give the same picture more slowly. */
export const MOST_LANDMARKS = 120
const ROUNDS = 100
/** What is left beside an axis so much stronger is rounding: the distances have single precision. */
const LEAST_STRENGTH = 1e-6

/** Rows that stand for all, at even distances: none is preferred, and no chance is needed. */
export const landmarkRows = (rows: number): readonly number[] => {
  const count = Math.min(rows, MOST_LANDMARKS)
  return Array.from({ length: count }, (_, at) => Math.floor((at * rows) / count))
}

type Axis = { readonly direction: Float64Array; readonly strength: number }

/** The strongest axis of a symmetric matrix beside those given, by repeated multiplication. */
const strongestAxis = (matrix: readonly Float64Array[], others: readonly Axis[]): Axis => {
  const size = matrix.length
  let direction = Float64Array.from({ length: size }, (_, at) => 1 + ((at * 7919) % 101) / 101)
  let strength = 0
  for (let round = 0; round < ROUNDS; round++) {
    const next = Float64Array.from(matrix, (row) => row.reduce((sum, value, at) => sum + value * direction[at]!, 0))
    for (const other of others) {
      const share = next.reduce((sum, value, at) => sum + value * other.direction[at]!, 0)
      for (let at = 0; at < size; at++) next[at]! -= share * other.direction[at]!
    }
    strength = Math.hypot(...next)
    if (strength === 0) break
    direction = next.map((value) => value / strength)
  }
  return { direction, strength }
}

/**
 * @param distances of all sounds from each landmark, shape (landmarks, sounds) @param landmarks their rows
 * @returns places, shape (sounds, 2)
 */
export const soundPlane = (distances: readonly Float32Array[], landmarks: readonly number[]): Float64Array => {
  const count = landmarks.length
  const sounds = distances[0]?.length ?? 0
  const places = new Float64Array(2 * sounds)
  if (count < 2) return places
  const squares = distances.map((row) => Float64Array.from(landmarks, (landmark) => row[landmark]! ** 2))
  const means = squares.map((row) => row.reduce((sum, value) => sum + value, 0) / count)
  const mean = means.reduce((sum, value) => sum + value, 0) / count
  const centred = squares.map((row, one) =>
    row.map((value, other) => -0.5 * (value - means[one]! - means[other]! + mean)),
  )
  const axes: Axis[] = []
  for (const _ of ['x', 'y']) axes.push(strongestAxis(centred, axes))
  for (const [at, { direction, strength }] of axes.entries()) {
    if (strength <= LEAST_STRENGTH * axes[0]!.strength) continue
    const scale = 0.5 / Math.sqrt(strength)
    for (let sound = 0; sound < sounds; sound++) {
      let place = 0
      for (let landmark = 0; landmark < count; landmark++)
        place += direction[landmark]! * (means[landmark]! - distances[landmark]![sound]! ** 2)
      places[2 * sound + at] = scale * place
    }
  }
  return places
}
