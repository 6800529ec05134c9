/**
 * @file Names a span by a rule without training: the energy steps that phrase detectors of DJ programs and prototypes use.
 * Method: loud = within a fifth of the track's range of its top level. A loud span is a drop; before the first loud one is
 * intro, after the last one outro; between them a quiet span that rises into a loud one within 16 bars is a build, else a break.
 * The thresholds are the corpus's definition of sections, not tuned: this is meant to be the best such rule, not a straw man.
 * Conventions: energy does not tell verse and chorus apart: with no drop among the kinds, loud is chorus and quiet is verse.
 */

import { FULLNESS, meanLevel } from '../features/presence-levels.ts'
import { wholeBeats } from '../features/span-features.ts'
import type { TrackContext } from '../features/track-context.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'

const LOUD = 0.8
const LONGEST_BUILD_BARS = 16
/** A build ends at least this much fuller than it began. */
const RISE = 0.1
const EDGE_BEATS = 8

/** @returns the kinds that the rule can name, in order of preference */
const preferences = (context: TrackContext, span: Span): readonly SectionKind[] => {
  const { levels, grid, beats } = context
  const [start, end] = wholeBeats(span, beats)
  const top = levels.ranked[FULLNESS]!.at(-1) ?? 1
  const base = FULLNESS * (beats + 1)
  const isLoud = (level: number): boolean => level >= LOUD * top
  if (isLoud(meanLevel(levels, FULLNESS, [start, end]))) return ['drop', 'chorus']
  if (!isLoud(levels.highestBefore[base + start]!)) return ['intro', 'verse']
  if (!isLoud(levels.highestAfter[base + end]!)) return ['outro', 'verse']
  const rise =
    meanLevel(levels, FULLNESS, [end - EDGE_BEATS, end]) - meanLevel(levels, FULLNESS, [start, start + EDGE_BEATS])
  const leadsIn = isLoud(meanLevel(levels, FULLNESS, [end, end + EDGE_BEATS]))
  if (leadsIn && rise >= RISE && end - start <= LONGEST_BUILD_BARS * grid.beatsPerBar)
    return ['build', 'break', 'verse']
  return ['break', 'verse']
}

/** @returns index into the kinds; kinds that the rule does not know are never named */
export const ruleBaseline = (context: TrackContext, span: Span, kinds: readonly SectionKind[]): number => {
  for (const kind of preferences(context, span)) {
    const index = kinds.indexOf(kind)
    if (index >= 0) return index
  }
  return 0
}
