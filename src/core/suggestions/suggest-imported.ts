import { type BeatGrid, beatsToSeconds } from '../beats/beat-grid.ts'
import { metreOf } from '../labels/bar-text.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'
import { type Track, trackTitle } from '../library/track.ts'
import { isRejectedSpan, suggestablePart } from './suggest-sections.ts'
import type { ImportOrigin, Suggestion } from './suggestion.ts'
import type { StoredDecision } from './suggestion-decision.ts'

/** A span that an import proposes, as it is kept. */
export type ImportedSuggestion = Span & {
  readonly id: number
  readonly kind: SectionKind
  readonly confidence: number
  readonly origin: ImportOrigin
}

export type ImportedIntoTrack = {
  readonly track: Track
  readonly grid: BeatGrid
  /** Nobody has decided on them; the newest import first. */
  readonly open: readonly ImportedSuggestion[]
  /** In order. */
  readonly labels: readonly Span[]
  readonly decisions: readonly StoredDecision[]
}

const IMPORTED_ID = /^i(\d+)$/

/** The row of an imported suggestion; null where an id is none of those. */
export const importedRowId = (suggestionId: string): number | null => {
  const digits = IMPORTED_ID.exec(suggestionId)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** Each cut to its largest part that neither a label nor a newer import covers, in order. */
export const suggestImported = ({
  track,
  grid,
  open,
  labels,
  decisions,
}: ImportedIntoTrack): readonly Suggestion<ImportOrigin>[] => {
  const taken = [...labels]
  const suggested = open.flatMap(({ id, kind, confidence, origin, ...span }): Suggestion<ImportOrigin>[] => {
    const part = suggestablePart(span, taken)
    if (part === null || isRejectedSpan({ ...span, kind }, decisions)) return []
    taken.push(part)
    taken.sort((a, b) => a.startBeat - b.startBeat)
    return [
      {
        id: `i${id}`,
        trackId: track.id,
        trackTitle: trackTitle(track),
        origin,
        kind,
        ...part,
        startSeconds: beatsToSeconds(grid, part.startBeat),
        endSeconds: beatsToSeconds(grid, part.endBeat),
        ...metreOf(grid),
        confidence,
        runnerUp: null,
      },
    ]
  })
  return suggested.toSorted((a, b) => a.startBeat - b.startBeat)
}
