import type { SectionKind } from '../../../core/labels/section-kind.ts'
import type { SectionPart } from '../../../core/labels/section-part.ts'
import type { Suggestion } from '../../../core/suggestions/suggestion.ts'
import { giveWay } from '../../../core/support/give-way.ts'
import { createRandom, shuffle } from '../../../core/support/random.ts'
import type { Store } from '../../../platform/store/store.ts'
import { searchTrackIds } from '../../collection/track-overview.ts'
import type { TrackSearch } from '../../kit/resolve-search.ts'
import type { Workspace } from '../../kit/workspace.ts'
import { listSuggestions } from '../suggestions.ts'
import { measuredPrecisions } from './measured-precisions.ts'

/** Which suggestions may be accepted unread. */
export type SureWish = {
  /** Only in these tracks; in all, where left out. */
  readonly search?: TrackSearch | undefined
  /** All kinds, where left out. */
  readonly kinds?: readonly SectionKind[] | undefined
  /** Only those of which at least this share is right, as far as can be told. */
  readonly least: number
}

export type SureSuggestion = Suggestion & {
  /** Share of such suggestions that is right, by the person's own labels. */
  readonly precision: number
}

type SureTrack = {
  readonly trackId: number
  readonly title: string
  /** As shares of the track: its labels, and what would be accepted. */
  readonly strip: readonly (SectionPart & { readonly start: number; readonly end: number })[]
  readonly suggestions: readonly SureSuggestion[]
}

export type SurePreview = {
  readonly tracks: readonly SureTrack[]
  readonly suggestions: number
  /** How many of them are expected to be right. */
  readonly expectedRight: number
  /** Ten of them, drawn at random, to be listened to first. */
  readonly spotCheck: readonly SureSuggestion[]
}

const SPOT_CHECK = 10
/** So many tracks take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 20

const stripOf = (store: Store, trackId: number, suggestions: readonly Suggestion[]): SureTrack['strip'] => {
  const { beatCount } = store.grids.current(trackId)!.grid
  const parts = [
    ...store.labels.list({ trackId }).map((label) => ({ ...label, isLabel: true })),
    ...suggestions.map((one) => ({ ...one, isLabel: false })),
  ]
  return parts
    .map(({ kind, startBeat, endBeat, isLabel }) => ({
      kind,
      startBeat,
      endBeat,
      isLabel,
      start: startBeat / beatCount,
      end: Math.min(1, endBeat / beatCount),
    }))
    .toSorted((a, b) => a.startBeat - b.startBeat)
}

/** What of the model's suggestions is sure enough, track by track. @throws PLAYLIST_NOT_FOUND */
export const sureSuggestions = async (
  workspace: Workspace,
  { search = {}, kinds, least }: SureWish,
): Promise<SurePreview> => {
  const { store } = workspace
  const measured = await measuredPrecisions(workspace)
  const precisionOf = (one: Suggestion): number =>
    (one.origin.kind === 'model' ? measured.get(one.origin.version)?.(one) : undefined) ?? one.confidence
  const tracks: SureTrack[] = []
  for (const [at, trackId] of searchTrackIds(store, search).entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) await giveWay()
    // It may be gone by the time it is its turn.
    if (store.tracks.get(trackId) === null) continue
    const suggestions = listSuggestions(store, { trackId, minConfidence: 0 })
      .filter(({ origin, kind }) => origin.kind === 'model' && (kinds === undefined || kinds.includes(kind)))
      .map((one): SureSuggestion => ({ ...one, precision: precisionOf(one) }))
      .filter(({ precision }) => precision >= least)
    if (suggestions.length > 0)
      tracks.push({
        trackId,
        title: suggestions[0]!.trackTitle,
        strip: stripOf(store, trackId, suggestions),
        suggestions,
      })
  }
  const all = tracks.flatMap(({ suggestions }) => suggestions)
  return {
    tracks,
    suggestions: all.length,
    expectedRight: all.reduce((sum, { precision }) => sum + precision, 0),
    // The same ones for the same suggestions, so that a preview that is asked for again shows nothing else.
    spotCheck: shuffle(all, createRandom(all.length)).slice(0, SPOT_CHECK),
  }
}
