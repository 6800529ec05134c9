import type { Seconds } from '../../units/units.ts'

const signed = (milliseconds: number): string => `${milliseconds < 0 ? '−' : '+'}${Math.abs(milliseconds)}`

/** By how much cues were moved, for people: "about 26 ms", or from the least to the most, and the median, where files differ. */
export const offsetWords = (median: Seconds, [least, most]: readonly [Seconds, Seconds] = [median, median]): string => {
  const [middle, low, high] = [median, least, most].map((seconds) => Math.round(1000 * seconds)) as [
    number,
    number,
    number,
  ]
  return high - low <= 2
    ? `about ${Math.abs(middle)} ms`
    : `${signed(low)} to ${signed(high)} ms, typically ${signed(middle)} ms`
}
