import type { Track } from '../../core/library/track.ts'
import { suggestSections } from '../../core/suggestions/suggest-sections.ts'
import type { ModelOrigin, Suggestion } from '../../core/suggestions/suggestion.ts'
import { inTeachingOrder, WEIGHED_TOGETHER } from '../../core/suggestions/teaching-order.ts'
import type { Store } from '../../platform/store/store.ts'
import { requireGrid } from '../kit/current-grid.ts'
import { storedSections } from '../reading/track-sections.ts'
import { proposingVersion } from '../versions/base-model.ts'

/** Every suggestion there is today comes from a model version. */
export type ModelSuggestion = Suggestion<ModelOrigin>

export type SuggestionFilter = {
  readonly trackId?: number | undefined
  /** @default the setting */
  readonly minConfidence?: number | undefined
  /** @default 'position'; 'teaching': what the model is least sure of first, of many kinds, one a track before the second of any */
  readonly order?: 'position' | 'teaching' | undefined
  /** @default 200 */
  readonly limit?: number | undefined
}

const DEFAULT_LIMIT = 200

const suggestionsOf = (store: Store, track: Track, version: number): readonly ModelSuggestion[] => {
  const read = storedSections(store, track, version)
  if (read === null) return []
  return suggestSections({
    track,
    version,
    grid: requireGrid(store, track).grid,
    sections: read.sections,
    labels: store.labels.list({ trackId: track.id }),
    decisions: store.suggestions.decisions(track.id),
  })
}

/** What the active version proposes, or the base model while none is active. */
export const listSuggestions = (
  store: Store,
  { trackId, minConfidence, order = 'position', limit = DEFAULT_LIMIT }: SuggestionFilter = {},
): readonly ModelSuggestion[] => {
  const version = proposingVersion(store)
  if (version === null) return []
  const least = minConfidence ?? store.settings.all().suggestionMinConfidence
  const found: ModelSuggestion[] = []
  let tracks = 0
  const mostTracks = Math.ceil(limit / WEIGHED_TOGETHER) * WEIGHED_TOGETHER
  for (const id of trackId === undefined ? store.sections.trackIds(version, order) : [trackId]) {
    // In teaching order the unsurest of each of the first tracks fill the list by themselves.
    if (order === 'teaching' ? tracks >= mostTracks : found.length >= limit) break
    const own = suggestionsOf(store, store.tracks.get(id)!, version)
    const wanted = own.filter(({ confidence }) => confidence >= least)
    found.push(...wanted)
    if (wanted.length > 0) tracks++
  }
  return (order === 'teaching' ? inTeachingOrder(found) : found).slice(0, limit)
}
