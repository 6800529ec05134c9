/** Distances of many vectors from one. AssemblyScript, compiled by build.ts; conventions as in kernels.ts. */
const VECTOR: usize = 16
const SAMPLE: usize = 4

function squaredDifference(one: usize, other: usize): v128 {
  const difference = f32x4.sub(v128.load(one), v128.load(other))
  return f32x4.mul(difference, difference)
}

/** Writes the Euclidean distance of each of `count` rows of `pairs` × 8 numbers from the one at `query`, as float32. */
export function measureDistances(rows: usize, pairs: i32, count: i32, query: usize, to: usize): void {
  for (let n = 0; n < count; n++) {
    let even = f32x4.splat(0)
    let odd = f32x4.splat(0)
    let at = query
    for (let pair = 0; pair < pairs; pair++) {
      even = f32x4.add(even, squaredDifference(rows, at))
      odd = f32x4.add(odd, squaredDifference(rows + VECTOR, at + VECTOR))
      rows += 2 * VECTOR
      at += 2 * VECTOR
    }
    let sum = f32x4.add(even, odd)
    sum = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1))
    f32.store(to, sqrt<f32>(f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1)))
    to += SAMPLE
  }
}
