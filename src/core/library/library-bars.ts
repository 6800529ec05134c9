/** Bars of charts of a library, those without a track too, so that a gap is seen as one. */

export type TempoBar = {
  readonly fromBpm: number
  /** The last tempo of the bar, to a hundredth, as filters compare tempi. */
  readonly toBpm: number
  readonly tracks: number
}

const STEPS_BPM = [1, 2, 5, 10, 20, 50] as const
const MOST_BARS = 40
const HUNDREDTH = 0.01

/** @param counts tracks by whole BPM, which stands for all tempi up to the next */
export const tempoBars = (
  counts: readonly { readonly bpm: number; readonly tracks: number }[],
): readonly TempoBar[] => {
  if (counts.length === 0) return []
  const tempi = counts.map(({ bpm }) => bpm)
  const [low, high] = [Math.min(...tempi), Math.max(...tempi)]
  const barsOf = (step: number): number => Math.floor(high / step) - Math.floor(low / step) + 1
  const step = STEPS_BPM.find((one) => barsOf(one) <= MOST_BARS) ?? STEPS_BPM.at(-1)!
  const first = Math.floor(low / step) * step
  return Array.from({ length: barsOf(step) }, (_, at) => {
    const from = first + at * step
    const within = counts.filter(({ bpm }) => bpm >= from && bpm < from + step)
    return {
      fromBpm: from,
      toBpm: from + step - HUNDREDTH,
      tracks: within.reduce((sum, { tracks }) => sum + tracks, 0),
    }
  })
}

type GrowthBar = {
  /** Its first day, e.g. `2026-05-01`. */
  readonly from: string
  /** The day after its last. */
  readonly before: string
  /** Added in it. */
  readonly tracks: number
  /** Added until its end. */
  readonly total: number
}
export type Growth = { readonly by: 'day' | 'month' | 'year'; readonly bars: readonly GrowthBar[] }

const DAY_MS = 86_400_000
const MOST_DAYS = 31
const MOST_MONTHS = 60

const dayText = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

const firstDayOf = (day: string, by: Growth['by']): string =>
  by === 'day' ? day : by === 'month' ? `${day.slice(0, 7)}-01` : `${day.slice(0, 4)}-01-01`

const nextAfter = (from: string, by: Growth['by']): string => {
  if (by === 'day') return dayText(Date.parse(from) + DAY_MS)
  const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))]
  return dayText(by === 'month' ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1))
}

const monthsBetween = (first: string, last: string): number =>
  (Number(last.slice(0, 4)) - Number(first.slice(0, 4))) * 12 + Number(last.slice(5, 7)) - Number(first.slice(5, 7))

/** @param days tracks by the day on which they were added, in UTC, in order */
export const growthBars = (days: readonly { readonly day: string; readonly tracks: number }[]): Growth => {
  if (days.length === 0) return { by: 'day', bars: [] }
  const [first, last] = [days[0]!.day, days.at(-1)!.day]
  const isShort = (Date.parse(last) - Date.parse(first)) / DAY_MS < MOST_DAYS
  const by = isShort ? 'day' : monthsBetween(first, last) < MOST_MONTHS ? 'month' : 'year'
  const counts = Map.groupBy(days, ({ day }) => firstDayOf(day, by))
  const bars: GrowthBar[] = []
  for (let from = firstDayOf(first, by); from <= last; from = nextAfter(from, by)) {
    const tracks = (counts.get(from) ?? []).reduce((sum, one) => sum + one.tracks, 0)
    bars.push({ from, before: nextAfter(from, by), tracks, total: (bars.at(-1)?.total ?? 0) + tracks })
  }
  return { by, bars }
}
