/** Who taps no more for so long has stopped. */
const PAUSE_MS = 2000
/** Two taps are one interval, which says little. */
const LEAST_TAPS = 4
/** A hand keeps time over so many taps better than over more. */
const MOST_TAPS = 32

/** The taps of one go, in milliseconds, oldest first. */
export type Taps = readonly number[]

/** @returns the taps with this one; after a pause it is the first of a new go */
export const tap = (taps: Taps, nowMs: number): Taps =>
  nowMs - (taps.at(-1) ?? Number.NEGATIVE_INFINITY) > PAUSE_MS ? [nowMs] : [...taps, nowMs].slice(-MOST_TAPS)

/** The slope of the line of best fit through the taps, so that no single tap decides. @returns null while there are too few */
export const tappedBpm = (taps: Taps): number | null => {
  if (taps.length < LEAST_TAPS) return null
  const middle = (taps.length - 1) / 2
  const mean = taps.reduce((sum, at) => sum + at, 0) / taps.length
  let [along, square] = [0, 0]
  taps.forEach((at, index) => {
    along += (index - middle) * (at - mean)
    square += (index - middle) ** 2
  })
  return 60_000 / (along / square)
}
