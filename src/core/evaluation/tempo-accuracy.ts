/**
 * @file Tempo accuracy as in Gouyon et al. 2006 (ISMIR 2004 contest): Acc1 = within 4 % of the truth; Acc2 = the same, with a factor
 * of 2, 3, 1/2 or 1/3 forgiven. For DJs also whether the tempo is exact enough to hold a grid: within 0.05 BPM (half a beat after
 * ten minutes at 60 BPM), octave forgiven or not.
 */
import type { Bpm } from '../units/units.ts'

const TOLERANCE = 0.04
const FORGIVEN_FACTORS = [1, 2, 1 / 2, 3, 1 / 3] as const
const EXACT_BPM = 0.05
const OCTAVE_FACTORS = [1, 2, 1 / 2] as const

export type TempoScore = {
  readonly accuracy1: boolean
  readonly accuracy2: boolean
  readonly exact: boolean
  /** Exact with the octave forgiven; the difference is measured at the truth's octave. */
  readonly exactAnyOctave: boolean
}

export const scoreTempo = (truth: Bpm, estimate: Bpm): TempoScore => {
  if (!(truth > 0)) throw new Error(`true tempo is ${truth}, not a positive number`)
  const near = (factor: number): boolean => Math.abs(estimate - truth * factor) <= TOLERANCE * truth * factor
  const exact = (factor: number): boolean => Math.abs(estimate / factor - truth) <= EXACT_BPM
  return {
    accuracy1: near(1),
    accuracy2: FORGIVEN_FACTORS.some(near),
    exact: exact(1),
    exactAnyOctave: OCTAVE_FACTORS.some(exact),
  }
}
