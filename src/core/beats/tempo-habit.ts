/**
 * @file What the person has said of tempi, as odds between two octaves of one: songs of 85 BPM and drum and bass of 170 can sound alike, and
 * whoever has put some right will want the next ones so as well.
 */
import type { Bpm } from '../units/units.ts'

/** A tempo that the person put right or confirmed, and how much it counts for the track in question. */
type SettledTempo = { readonly bpm: Bpm; readonly weight: number }

export type TempoHabit = {
  readonly settled: readonly SettledTempo[]
  /** The range in which the person wants tempi, both ends included. */
  readonly range: { readonly low: Bpm; readonly high: Bpm } | null
}

export const NO_HABIT: TempoHabit = { settled: [], range: null }

/** Tempi of one kind of music lie some 8 % around each other. */
const KERNEL_OCTAVES = 0.12
/** However many tracks were put right, clear evidence in the sound still wins. */
const MOST_SETTLED = 9
const IN_RANGE = 4

/** How much more likely than without any habit a tempo is, 1 or more; only ratios between two of them mean anything. */
export const habitOdds = ({ settled, range }: TempoHabit, bpm: Bpm): number => {
  const near = settled.reduce(
    (sum, { bpm: known, weight }) => sum + weight * Math.exp(-0.5 * (Math.log2(bpm / known) / KERNEL_OCTAVES) ** 2),
    0,
  )
  const isInRange = range !== null && bpm >= range.low && bpm <= range.high
  return (1 + Math.min(MOST_SETTLED, near)) * (isInRange ? IN_RANGE : 1)
}
