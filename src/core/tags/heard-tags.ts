import type { Seconds } from '../units/units.ts'
import type { EarsCard } from './ears-card.ts'
import { type HeardWindows, rowsIn } from './heard-windows.ts'

/** What a network heard of one tag in a recording or a stretch of it. */
export type HeardTag = {
  readonly tag: string
  readonly group: string
  /** Mean over the windows, 0 to 1. Good for ranking; how sure the tag is depends on the tag. */
  readonly probability: number
  /** Part of the windows, 0 to 1, in which it is heard: those at its measured threshold. Null where it has none. */
  readonly share: number | null
  readonly experimental: boolean
}

type Stretch = readonly [start: Seconds, end: Seconds]

const round = (value: number): number => Math.round(value * 1e4) / 1e4

/** Longest heard first, then the likeliest; empty where nothing was heard at all. */
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

/** Where a tag is heard, as stretches of windows that follow each other. */
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
