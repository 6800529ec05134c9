import type { Seconds } from '../units/units.ts'
import type { EarsCard } from './ears-card.ts'
import { type HeardWindows, rowsIn } from './heard-windows.ts'

/** How much a network heard of one tag in a recording or a stretch of it. */
export type HeardTag = {
  readonly tag: string
  readonly group: string
  /** Mean over the windows, 0 to 1. Use it for ranking only: how reliable it is depends on the tag. */
  readonly probability: number
  /** Share of the windows, 0 to 1, that reach its measured threshold, which count as heard. Null where it has none. */
  readonly share: number | null
  readonly experimental: boolean
}

type Stretch = readonly [start: Seconds, end: Seconds]

const round = (value: number): number => Math.round(value * 1e4) / 1e4

/** Sorted by how long a tag is heard, then by probability; empty where there are no windows. */
export const heardTags = (
  heard: HeardWindows,
  { tags }: Pick<EarsCard, 'tags'>,
  stretch?: Stretch,
): readonly HeardTag[] => {
  const [first, end] = rowsIn(heard, stretch)
  if (first === end) return []
  return tags
    .map(({ name, group, experimental, threshold }, at): HeardTag => {
      let [sum, over] = [0, 0]
      for (let row = first; row < end; row++) {
        const probability = heard.tags[row * tags.length + at]!
        sum += probability
        if (threshold !== null && probability >= threshold) over++
      }
      const share = threshold === null ? null : round(over / (end - first))
      return { tag: name, group, probability: round(sum / (end - first)), share, experimental }
    })
    .sort((a, b) => (b.share ?? 0) - (a.share ?? 0) || b.probability - a.probability)
}

/** Where a tag is heard, as stretches of consecutive windows. */
export const heardSpans = (heard: HeardWindows, { tags }: Pick<EarsCard, 'tags'>, tag: string): readonly Stretch[] => {
  const at = tags.findIndex(({ name }) => name === tag)
  const threshold = tags[at]?.threshold ?? null
  if (threshold === null) return []
  const spans: [Seconds, Seconds][] = []
  for (let row = 0; row < heard.count; row++) {
    if (heard.tags[row * tags.length + at]! < threshold) continue
    const [start, end] = [row * heard.seconds, (row + 1) * heard.seconds] as [Seconds, Seconds]
    const last = spans.at(-1)
    if (last !== undefined && Math.round(last[1] / heard.seconds) === row) last[1] = end
    else spans.push([start, end])
  }
  return spans
}
