import type { Bpm } from '../units/units.ts'

/** What is shown as an end of the range, with one decimal, lies in it. */
const EDGE_BPM = 0.05

/** The tempi that are shown as they are, both ends included. @param from what the person calls the lower end */
export const tempoRange = (from: Bpm): { readonly low: Bpm; readonly high: Bpm } => ({
  low: from - EDGE_BPM,
  high: 2 * from + EDGE_BPM,
})

/**
 * A tempo by octaves in a range of one octave, as DJ programs show it; in the range it stays as it is.
 * @param from lower end of the range in BPM, twice of which is the upper; 0 for no range
 */
export const foldTempo = (bpm: Bpm, from: Bpm): Bpm => {
  if (from <= 0 || bpm <= 0) return bpm
  const { low, high } = tempoRange(from)
  let folded = bpm
  while (folded > high) folded /= 2
  while (folded < low) folded *= 2
  return folded
}
