import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { isSectionKind, type SectionKind } from '../../core/labels/section-kind.ts'
import { type Span, spanLength, spansOverlap } from '../../core/labels/span.ts'
import { type Track, trackTitle } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import { requireGrid } from '../kit/current-grid.ts'
import { storedSections } from '../reading/track-sections.ts'
import { proposingVersion } from '../versions/base-model.ts'
import { type AddedLabels, addLabels } from './label-operations.ts'

/** A section of the active model that no person has decided on: never counted, never trained on. */
export type Suggestion = {
  /** Within its track, as long as model and grid stay. */
  readonly id: string
  readonly trackId: number
  readonly trackTitle: string
  readonly version: number
  readonly kind: SectionKind
  readonly startBeat: number
  readonly endBeat: number
  readonly startSeconds: number
  readonly endSeconds: number
  /** Calibrated probability that the kind is right. */
  readonly confidence: number
  readonly runnerUp: SectionKind
}

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
/** What labels leave of a section must be long enough to be a good label (the guide: 8 beats). */
export const LEAST_SUGGESTED_BEATS = 8
/** A section that shares this much with a rejected span of its kind is the same proposal again. */
const SAME_SPAN_OVERLAP = 0.6

const overlapOf = (a: Span, b: Span): number => {
  const common = Math.min(a.endBeat, b.endBeat) - Math.max(a.startBeat, b.startBeat)
  return Math.max(0, common) / (spanLength(a) + spanLength(b) - Math.max(0, common))
}

/** The longest part of a span that no label covers; labels in order. */
export const largestFree = (span: Span, labels: readonly Span[]): Span => {
  const free: Span[] = []
  let start = span.startBeat
  for (const label of labels.filter((one) => spansOverlap(one, span))) {
    free.push({ startBeat: start, endBeat: Math.max(start, label.startBeat) })
    start = Math.max(start, label.endBeat)
  }
  free.push({ startBeat: start, endBeat: Math.max(start, span.endBeat) })
  return free.reduce((longest, one) => (spanLength(one) > spanLength(longest) ? one : longest))
}

const suggestionsOf = (store: Store, track: Track, version: number): readonly Suggestion[] => {
  const read = storedSections(store, track, version)
  if (read === null) return []
  const { grid } = requireGrid(store, track)
  const labels = store.labels.list({ trackId: track.id })
  const rejected = store.suggestions.decisions(track.id).filter(({ decision }) => decision === 'rejected')
  return read.sections.flatMap((section) => {
    const span = largestFree(section, labels)
    const isRejected = rejected.some((one) => one.kind === section.kind && overlapOf(one, section) >= SAME_SPAN_OVERLAP)
    if (spanLength(span) < LEAST_SUGGESTED_BEATS || isRejected) return []
    return [
      {
        id: `v${version}-${section.kind}-${span.startBeat}-${span.endBeat}`,
        trackId: track.id,
        trackTitle: trackTitle(track),
        version,
        kind: section.kind,
        ...span,
        startSeconds: beatsToSeconds(grid, span.startBeat),
        endSeconds: beatsToSeconds(grid, span.endBeat),
        confidence: section.confidence,
        runnerUp: section.runnerUp,
      },
    ]
  })
}

/** Uncertainty times diversity: the more of a kind were asked about already, the less the next one teaches. */
const byTeaching = (suggestions: readonly Suggestion[]): readonly Suggestion[] => {
  const asked = new Map<string, number>()
  const worth = ({ confidence, kind }: Suggestion): number => (1 - confidence) / (1 + (asked.get(kind) ?? 0))
  const open = new Set(suggestions)
  return suggestions.map(() => {
    const next = [...open].reduce((best, one) => (worth(one) > worth(best) ? one : best))
    open.delete(next)
    asked.set(next.kind, (asked.get(next.kind) ?? 0) + 1)
    return next
  })
}

/** So many of the unsurest are weighed against each other; beyond them nothing is unsure enough to be asked about before them. */
const WEIGHED_TOGETHER = 50

/** The n-th of a track comes only after the (n−1)-th of every other: many tracks teach more than one. */
const inTeachingOrder = (suggestions: readonly Suggestion[]): readonly Suggestion[] => {
  const rounds: Suggestion[][] = []
  for (const own of Map.groupBy(suggestions, ({ trackId }) => trackId).values())
    own
      .toSorted((a, b) => a.confidence - b.confidence)
      .forEach((suggestion, round) => {
        rounds[round] ??= []
        rounds[round].push(suggestion)
      })
  return rounds.flatMap((round) => {
    const unsurest = round.toSorted((a, b) => a.confidence - b.confidence)
    const groups = Array.from({ length: Math.ceil(round.length / WEIGHED_TOGETHER) }, (_, group) =>
      unsurest.slice(group * WEIGHED_TOGETHER, (group + 1) * WEIGHED_TOGETHER),
    )
    return groups.flatMap(byTeaching)
  })
}

/** What the active version proposes, or the base model while none is active. */
export const listSuggestions = (
  store: Store,
  { trackId, minConfidence, order = 'position', limit = DEFAULT_LIMIT }: SuggestionFilter = {},
): readonly Suggestion[] => {
  const version = proposingVersion(store)
  if (version === null) return []
  const least = minConfidence ?? store.settings.all().suggestionMinConfidence
  const found: Suggestion[] = []
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

const requireSuggestion = (store: Store, track: Track, id: string): Suggestion => {
  const found = listSuggestions(store, { trackId: track.id, minConfidence: 0 }).find((one) => one.id === id)
  if (!found) throw new UserError('SUGGESTION_NOT_FOUND', `Track ${track.id} has no suggestion ${id}.`)
  return found
}

/** Makes a label of a suggestion, of another kind where the user says so. @throws SUGGESTION_NOT_FOUND, LABEL_KIND_UNKNOWN */
export const acceptSuggestion = (store: Store, track: Track, id: string, kind?: string): AddedLabels => {
  const suggestion = requireSuggestion(store, track, id)
  const { startBeat, endBeat, version } = suggestion
  const request = { kind: kind ?? suggestion.kind, startBeat, endBeat, source: 'auto_detected' as const }
  const added = addLabels(store, track, { requests: [request] })
  const isOther = kind !== undefined && isSectionKind(kind) && kind !== suggestion.kind
  store.suggestions.decide({
    trackId: track.id,
    startBeat,
    endBeat,
    kind: suggestion.kind,
    modelVersion: version,
    decision: isOther ? 'rejected' : 'accepted',
  })
  return added
}

/** It does not come back, from this version or a later one. @throws SUGGESTION_NOT_FOUND */
export const rejectSuggestion = (store: Store, track: Track, id: string): void => {
  const { startBeat, endBeat, kind, version } = requireSuggestion(store, track, id)
  store.suggestions.decide({
    trackId: track.id,
    startBeat,
    endBeat,
    kind,
    modelVersion: version,
    decision: 'rejected',
  })
}
