import { type BeatGrid, beatsToSeconds } from '../beats/beat-grid.ts'
import { metreOf } from '../labels/bar-text.ts'
import { largestFreePart } from '../labels/free-parts.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { type Span, spanLength } from '../labels/span.ts'
import { type Track, trackTitle } from '../library/track.ts'
import type { ModelOrigin, Suggestion } from './suggestion.ts'
import type { StoredDecision } from './suggestion-decision.ts'

/** A suggestion has at least the guide's length of a good label, even where labels leave only a part of a section. */
export const LEAST_SUGGESTED_BEATS = 8
/** A section that shares this much of its union with a rejected span of its kind is the same suggestion again. */
const SAME_SPAN_OVERLAP = 0.6

const overlapOf = (a: Span, b: Span): number => {
  const common = Math.max(0, Math.min(a.endBeat, b.endBeat) - Math.max(a.startBeat, b.startBeat))
  return common / (spanLength(a) + spanLength(b) - common)
}

/** The part of a span that labels leave for a suggestion; null where it is too short. @param labels in order */
export const suggestablePart = (span: Span, labels: readonly Span[]): Span | null => {
  const part = largestFreePart(span, labels)
  return part !== null && spanLength(part) >= LEAST_SUGGESTED_BEATS ? part : null
}

/** Whether a person has turned down as good as the same before. */
export const isRejectedSpan = (
  span: Span & { readonly kind: SectionKind },
  decisions: readonly StoredDecision[],
): boolean =>
  decisions.some(
    (one) => one.decision === 'rejected' && one.kind === span.kind && overlapOf(one, span) >= SAME_SPAN_OVERLAP,
  )

/** A track that a version has read. */
export type ReadTrack = {
  readonly track: Track
  readonly grid: BeatGrid
  readonly version: number
  /** What the version was trained for, by its name; null for all of the library. @default null */
  readonly scope?: string | null
  readonly sections: readonly (Span & Pick<Suggestion, 'kind' | 'ownKindId' | 'confidence' | 'runnerUp'>)[]
  /** Where nothing is to be suggested: labels, and what an import suggests; in order. */
  readonly labels: readonly Span[]
  readonly decisions: readonly StoredDecision[]
}

/** The sections that nobody has decided on, each cut to its largest part that no label covers. */
export const suggestSections = ({
  track,
  grid,
  version,
  scope = null,
  sections,
  labels,
  decisions,
}: ReadTrack): readonly Suggestion<ModelOrigin>[] =>
  sections.flatMap((section) => {
    const part = suggestablePart(section, labels)
    if (part === null || isRejectedSpan(section, decisions)) return []
    const { kind, ownKindId, confidence, runnerUp } = section
    return [
      {
        id: `v${version}-${kind}-${part.startBeat}-${part.endBeat}`,
        trackId: track.id,
        trackTitle: trackTitle(track),
        origin: { kind: 'model', version, ...(scope === null ? {} : { scope }) },
        kind,
        ...(ownKindId === undefined ? {} : { ownKindId }),
        ...part,
        startSeconds: beatsToSeconds(grid, part.startBeat),
        endSeconds: beatsToSeconds(grid, part.endBeat),
        ...metreOf(grid),
        confidence,
        runnerUp,
      },
    ]
  })
