/**
 * @file Agreement of predicted sections with true ones over time, without given spans.
 * Method: frame-wise label accuracy (as for Harmonix in Wang et al., ICASSP 2022), with one frame per bar, taken at its middle: DJs
 * count bars, and a boundary half a beat off costs nothing here (the hit rate measures that).
 * Conventions: times in seconds, segments half-open and rising.
 */
import type { SectionKind } from '../labels/section-kind.ts'
import type { Seconds } from '../units/units.ts'

export type TimedSegment = { readonly start: Seconds; readonly end: Seconds; readonly label: SectionKind }

export type LabelPair = { readonly truth: SectionKind; readonly predicted: SectionKind | null }

/** @returns the segment that contains the time; null outside all segments. */
export const segmentAt = <Segment extends { readonly start: Seconds; readonly end: Seconds }>(
  segments: readonly Segment[],
  time: Seconds,
): Segment | null => segments.find(({ start, end }) => start <= time && time < end) ?? null

/**
 * @param truth segments that count; bars whose middle lies outside them are not scored
 * @param barTimes starts of the bars; a bar ends where the next one starts, and the last is as long as the one before it
 * @returns one pair per scored bar; predicted is null where no predicted segment lies
 */
export const pairBars = (
  truth: readonly TimedSegment[],
  predicted: readonly TimedSegment[],
  barTimes: ArrayLike<Seconds>,
): LabelPair[] => {
  const pairs: LabelPair[] = []
  for (let bar = 0; bar < barTimes.length; bar++) {
    const start = barTimes[bar]!
    const length = bar + 1 < barTimes.length ? barTimes[bar + 1]! - start : bar > 0 ? start - barTimes[bar - 1]! : 0
    const middle = start + length / 2
    const segment = segmentAt(truth, middle)
    if (segment) pairs.push({ truth: segment.label, predicted: segmentAt(predicted, middle)?.label ?? null })
  }
  return pairs
}
