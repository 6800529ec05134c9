/** Room for a title. */
const PLACE_PX = 56
/** Room for a key and a tempo. */
const WORDS_PX = 42
/** Tracks that are over at once do not stretch the whole set. */
const MOST_PLACE_PX = 140

/**
 * How wide a set is drawn at least, so that no two keys and tempi lie over each other; where there is less room it is scrolled.
 * @param startsAt when each track comes in, in seconds @param totalSeconds of the set, above 0
 */
export const timelineWidth = (startsAt: readonly number[], totalSeconds: number): number => {
  const [least, most] = [startsAt.length * PLACE_PX, startsAt.length * MOST_PLACE_PX]
  const gaps = startsAt.slice(1).map((at, before) => at - startsAt[before]!)
  const closest = Math.min(totalSeconds, ...gaps)
  return Math.round(Math.min(most, Math.max(least, (WORDS_PX * totalSeconds) / Math.max(closest, 1e-6))))
}
