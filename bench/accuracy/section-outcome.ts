/** What sections without given spans are worth where people care: seconds, builds, climaxes, and stretches that should have been cut. */
import { type BeatGrid, secondsToBeats } from '../../src/core/beats/beat-grid.ts'
import type { TimedSegment } from '../../src/core/evaluation/segmentation.ts'
import type { FeatureMatrix } from '../../src/core/features/feature-matrix.ts'
import { findInnerChange } from '../../src/core/labels/inner-change.ts'
import type { SectionKind } from '../../src/core/labels/section-kind.ts'
import { type Span, spanLength } from '../../src/core/labels/span.ts'

/** How long a kind was said of what is truly another or the same. */
export type KindSeconds = { readonly truth: SectionKind; readonly predicted: SectionKind; readonly seconds: number }

export type Climax = { readonly isStartFound: boolean }

const LEAST_BUILD_BARS = 4
/** In standard deviations of the track: half as much again as makes the check of labels ask. By itself, so that no constant of the product changes what is asked of it. */
const STRONG_CHANGE = 1.5

export const overlap = (a: TimedSegment, b: TimedSegment): number =>
  Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))

export const kindSeconds = (truth: readonly TimedSegment[], sections: readonly TimedSegment[]): KindSeconds[] =>
  truth.flatMap((segment) =>
    sections.flatMap((section) => {
      const seconds = overlap(segment, section)
      return seconds > 0 ? [{ truth: segment.label, predicted: section.label, seconds }] : []
    }),
  )

const barsOf = (grid: BeatGrid, { start, end }: TimedSegment): number =>
  Math.round(secondsToBeats(grid, end) - secondsToBeats(grid, start)) / grid.beatsPerBar

/** Truth without builds of a bar or two, which are fills: nobody is blamed for calling these one thing or the other. */
export const withoutFills = (truth: readonly TimedSegment[], grid: BeatGrid): readonly TimedSegment[] =>
  truth.filter((segment) => segment.label !== 'build' || barsOf(grid, segment) >= LEAST_BUILD_BARS)

/** @param marks what people marked as the climaxes of a track @param starts of all our sections */
export const climaxesOf = (
  marks: readonly TimedSegment[],
  starts: readonly number[],
  grid: BeatGrid,
): readonly Climax[] =>
  marks
    .filter(({ label }) => label === 'drop')
    .map(({ start }) => {
      const at = secondsToBeats(grid, start)
      const isNear = (time: number): boolean => Math.abs(secondsToBeats(grid, time) - at) <= grid.beatsPerBar + 1e-6
      return { isStartFound: starts.some(isNear) }
    })

/** @returns bars of the longest section inside which the sound changes strongly; 0 where none does */
export const longestUncut = (
  sections: readonly Span[],
  { features, grid }: { readonly features: FeatureMatrix; readonly grid: BeatGrid },
): number => {
  const isUncut = (span: Span): boolean => (findInnerChange(features, span)?.strength ?? 0) >= STRONG_CHANGE
  const longest = sections.toSorted((a, b) => spanLength(b) - spanLength(a)).find(isUncut)
  return longest ? spanLength(longest) / grid.beatsPerBar : 0
}
