import type { Hertz } from '../core/units/units.ts'
import { DEMO_SAMPLE_RATE_HZ } from './oscillator.ts'

/** How often a moving cut-off is computed anew: 32 samples are 0.7 ms. */
const CONTROL_SAMPLES = 32
const LOWEST_HZ = 15
const HIGHEST_HZ = 20000

type FilterMode = 'low-pass' | 'high-pass' | 'band-pass'

export type FilterState = { first: number; second: number }
export const createFilterState = (): FilterState => ({ first: 0, second: 0 })

export type FilterShape = {
  readonly mode: FilterMode
  /** At a sample index of the plane. */
  readonly cutoffHz: (sample: number) => Hertz
  /** 0.7 is flat; 10 whistles. */
  readonly resonance: number
}

/**
 * A two-pole state-variable filter in place, stable under modulation: the trapezoidal form by Andrew Simper,
 * "Linear Trapezoidal Integrated State Variable Filter", Cytomic 2013.
 */
export const filterPlane = (
  plane: Float32Array,
  { mode, cutoffHz, resonance }: FilterShape,
  state = createFilterState(),
): void => {
  let { first, second } = state
  const damping = 1 / resonance
  for (let from = 0; from < plane.length; from += CONTROL_SAMPLES) {
    const hertz = Math.min(HIGHEST_HZ, Math.max(LOWEST_HZ, cutoffHz(from)))
    const g = Math.tan((Math.PI * hertz) / DEMO_SAMPLE_RATE_HZ)
    const a1 = 1 / (1 + g * (g + damping))
    const a2 = g * a1
    const a3 = g * a2
    const to = Math.min(plane.length, from + CONTROL_SAMPLES)
    for (let n = from; n < to; n++) {
      const input = plane[n]!
      const v3 = input - second
      const band = a1 * first + a2 * v3
      const low = second + a2 * first + a3 * v3
      first = 2 * band - first
      second = 2 * low - second
      plane[n] = mode === 'low-pass' ? low : mode === 'high-pass' ? input - damping * band - low : damping * band
    }
  }
  state.first = first
  state.second = second
}

export const constantCutoff =
  (hertz: Hertz): ((sample: number) => Hertz) =>
  () =>
    hertz

/** Glides by octaves from one frequency to another over the given samples. */
export const glideCutoff = (from: Hertz, to: Hertz, samples: number): ((sample: number) => Hertz) => {
  const octaves = Math.log2(to / from)
  return (sample) => from * 2 ** (octaves * Math.min(1, sample / samples))
}
