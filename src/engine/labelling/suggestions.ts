import type { Span } from '../../core/labels/span.ts'
import type { Track } from '../../core/library/track.ts'
import { suggestImported } from '../../core/suggestions/suggest-imported.ts'
import { suggestSections } from '../../core/suggestions/suggest-sections.ts'
import type { Suggestion } from '../../core/suggestions/suggestion.ts'
import { inTeachingOrder, WEIGHED_TOGETHER } from '../../core/suggestions/teaching-order.ts'
import type { Store } from '../../platform/store/store.ts'
import { requireGrid } from '../kit/current-grid.ts'
import { requireTrack } from '../kit/track-reference.ts'
import { shownSections } from '../reading/track-sections.ts'
import { proposingVersion } from '../versions/base-model.ts'

export type SuggestionFilter = {
  readonly trackId?: number | undefined
  /** @default the setting, which says nothing of imports */
  readonly minConfidence?: number | undefined
  /** @default 'position'; 'teaching': what the model is least sure of first, of many kinds, one a track before the second of any */
  readonly order?: 'position' | 'teaching' | undefined
  /** @default 200 */
  readonly limit?: number | undefined
}

const DEFAULT_LIMIT = 200

/** What imports propose comes before what a version does, because a person has set the cues that it is made of. */
const suggestionsOf = (store: Store, track: Track, version: number | null): readonly Suggestion[] => {
  const read = shownSections(store, track, version)
  const open = store.suggestions.openImported(track.id)
  if (read === null && open.length === 0) return []
  const { grid } = requireGrid(store, track)
  const labels = store.labels.list({ trackId: track.id })
  const decisions = store.suggestions.decisions(track.id)
  const imported = suggestImported({ track, grid, open, labels, decisions })
  const inOrder = (a: Span, b: Span): number => a.startBeat - b.startBeat
  const ofVersion =
    read === null
      ? []
      : suggestSections({
          track,
          version: read.version,
          scope: read.scope?.name ?? null,
          grid,
          sections: read.sections,
          labels: [...labels, ...imported].toSorted(inOrder),
          decisions,
        })
  return [...imported, ...ofVersion].toSorted(inOrder)
}

/** Tracks that may have suggestions, in the order that is asked for. */
const trackIdsOf = (store: Store, version: number | null, order: 'position' | 'teaching'): readonly number[] => {
  const read = version === null ? [] : store.sections.trackIds(version, order)
  const all = [...new Set([...read, ...store.suggestions.tracksWithOpenImported()])]
  return order === 'position' ? all.toSorted((a, b) => a - b) : all
}

/** What imports propose, and the active version, or the base model while none is active. @throws TRACK_NOT_FOUND */
export const listSuggestions = (
  store: Store,
  { trackId, minConfidence, order = 'position', limit = DEFAULT_LIMIT }: SuggestionFilter = {},
): readonly Suggestion[] => {
  const version = proposingVersion(store)
  const least = store.settings.all().suggestionMinConfidence
  const isSure = ({ origin, confidence }: Suggestion): boolean =>
    confidence >= (minConfidence ?? (origin.kind === 'import' ? 0 : least))
  const found: Suggestion[] = []
  let tracks = 0
  const mostTracks = Math.ceil(limit / WEIGHED_TOGETHER) * WEIGHED_TOGETHER
  for (const id of trackId === undefined ? trackIdsOf(store, version, order) : [trackId]) {
    // In teaching order the unsurest of each of the first tracks fill the list by themselves.
    if (order === 'teaching' ? tracks >= mostTracks : found.length >= limit) break
    const own = suggestionsOf(store, requireTrack(store, String(id)), version)
    const wanted = own.filter(isSure)
    found.push(...wanted)
    if (wanted.length > 0) tracks++
  }
  return (order === 'teaching' ? inTeachingOrder(found) : found).slice(0, limit)
}
