import { type BeatGrid, beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { isSectionKind, type SectionKind } from '../../core/labels/section-kind.ts'
import type { Span } from '../../core/labels/span.ts'
import type { Track } from '../../core/library/track.ts'
import { suggestablePart } from '../../core/suggestions/suggest-sections.ts'
import type { StoredDecision } from '../../core/suggestions/suggestion-decision.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Seconds } from '../../core/units/units.ts'
import type { Store } from '../../platform/store/store.ts'
import { requireGrid } from '../kit/current-grid.ts'

/** A proposal that the user turned down: it is not made again, by any version, until it is restored. */
export type RejectedSuggestion = Span & {
  readonly id: number
  readonly kind: SectionKind
  /** The version that proposed it; null for an import. */
  readonly version: number | null
  readonly startSeconds: Seconds
  readonly endSeconds: Seconds
  readonly rejectedAt: string
}

/** Those that restoring could bring back: where labels are by now, nothing is suggested anyhow. */
export const rejectedAmong = (
  decisions: readonly StoredDecision[],
  { grid, labels }: { readonly grid: BeatGrid; readonly labels: readonly Span[] },
): readonly RejectedSuggestion[] =>
  decisions
    .filter((one) => one.decision === 'rejected' && suggestablePart(one, labels) !== null)
    .toSorted((a, b) => a.startBeat - b.startBeat)
    .flatMap(({ id, kind, startBeat, endBeat, modelVersion, decidedAt }) =>
      isSectionKind(kind)
        ? [
            {
              id,
              kind,
              startBeat,
              endBeat,
              version: modelVersion,
              startSeconds: beatsToSeconds(grid, startBeat),
              endSeconds: beatsToSeconds(grid, endBeat),
              rejectedAt: decidedAt,
            },
          ]
        : [],
    )

/** @throws ANALYSIS_REQUIRED */
export const rejectedSuggestions = (store: Store, track: Track): readonly RejectedSuggestion[] => {
  const decisions = store.suggestions.decisions(track.id)
  if (decisions.length === 0) return []
  return rejectedAmong(decisions, {
    grid: requireGrid(store, track).grid,
    labels: store.labels.list({ trackId: track.id }),
  })
}

/** It may be suggested again, as soon as the active version hears it there. @throws SUGGESTION_NOT_FOUND */
export const restoreSuggestion = (store: Store, track: Track, id: number): void => {
  const isRejected = store.suggestions.decisions(track.id).some((one) => one.id === id && one.decision === 'rejected')
  if (!isRejected) throw new UserError('SUGGESTION_NOT_FOUND', `Track ${track.id} has no rejected suggestion ${id}.`)
  store.suggestions.forget(id)
}
