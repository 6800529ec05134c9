import type { Random } from '../core/support/random.ts'

/** White noise in [−1, 1). The seeded generator picks a start; a fast linear congruence (Numerical Recipes) goes on. */
export const whiteNoise = (samples: number, random: Random): Float32Array => {
  const plane = new Float32Array(samples)
  let state = Math.floor(random() * 4294967296) | 0
  for (let n = 0; n < samples; n++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    plane[n] = state / 2147483648
  }
  return plane
}
