import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { isSectionKind, type SectionKind } from '../../core/labels/section-kind.ts'
import type { Span } from '../../core/labels/span.ts'
import type { Track } from '../../core/library/track.ts'
import { suggestablePart } from '../../core/suggestions/suggest-sections.ts'
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

/** Those that restoring could bring back: where labels are by now, nothing is suggested anyhow. @throws ANALYSIS_REQUIRED */
export const rejectedSuggestions = (store: Store, track: Track): readonly RejectedSuggestion[] => {
  const decisions = store.suggestions.decisions(track.id).filter(({ decision }) => decision === 'rejected')
  if (decisions.length === 0) return []
  const { grid } = requireGrid(store, track)
  const labels = store.labels.list({ trackId: track.id })
  return decisions
    .filter((span) => suggestablePart(span, labels) !== null)
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
}

/** It may be suggested again, as soon as the active version hears it there. @throws SUGGESTION_NOT_FOUND */
export const restoreSuggestion = (store: Store, track: Track, id: number): void => {
  const isRejected = store.suggestions.decisions(track.id).some((one) => one.id === id && one.decision === 'rejected')
  if (!isRejected) throw new UserError('SUGGESTION_NOT_FOUND', `Track ${track.id} has no rejected suggestion ${id}.`)
  store.suggestions.forget(id)
}
