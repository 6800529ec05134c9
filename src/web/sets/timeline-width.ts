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

const TICKS_MINUTES = [1, 2, 5, 10, 15, 30, 60, 120] as const
/** So many are readable wherever the whole set is seen at once. */
export const FEW_TICKS = 10
/** Where it is scrolled, one or two are in sight. */
const TICK_PX = 300
/** What the words of a tick need, and the share of a set that they need where it is seen at once. */
const [TICK_WORDS_PX, TICK_WORDS_SHARE] = [60, 0.15] as const

/**
 * After which minutes the ruler says the time: none whose words would stick out at the end.
 * @param minutes of the set @param leastPx as wide as it is drawn at least
 */
export const rulerMinutes = (minutes: number, leastPx: number): readonly number[] => {
  const most = Math.max(FEW_TICKS, leastPx / TICK_PX)
  const tick = TICKS_MINUTES.find((length) => minutes / length <= most) ?? TICKS_MINUTES.at(-1)!
  const end = minutes * (1 - Math.min(TICK_WORDS_SHARE, TICK_WORDS_PX / leastPx))
  return Array.from({ length: Math.floor(end / tick) + 1 }, (_, at) => at * tick)
}
