import type { SectionKind } from '../../../core/labels/section-kind.ts'
import type { Span } from '../../../core/labels/span.ts'
import { type Track, trackTitle } from '../../../core/library/track.ts'
import { standardised } from '../../../core/similarity/standardised.ts'
import { nextToLabel } from '../../../core/suggestions/next-to-label.ts'
import { partVectors, type SoundingPart, soundingPart } from '../../../core/suggestions/part-vectors.ts'
import type { Suggestion } from '../../../core/suggestions/suggestion.ts'
import { giveWay } from '../../../core/support/give-way.ts'
import type { Store } from '../../../platform/store/store.ts'
import { currentVectorSpecDigest } from '../../analysis/track-vectors.ts'
import { searchTrackIds } from '../../collection/track-overview.ts'
import { currentFeatures } from '../../kit/current-grid.ts'
import { newestCard } from '../doubted-names.ts'
import { listSuggestions } from '../suggestions.ts'

export type NextLabels = {
  /** Suggestions that one press settles together, those that teach most first. */
  readonly groups: readonly (readonly Suggestion[])[]
  /** Where nothing is suggested: the tracks that stand for most of the music without labels. */
  readonly tracks: readonly { readonly trackId: number; readonly title: string; readonly artist: string | null }[]
  /** What more labels are worth, as the newest training measured it; empty where that was not asked for. */
  readonly gains: readonly string[]
}

/** As many tracks as are looked into: reading one takes some milliseconds. */
const MOST_TRACKS = 40
const MOST_LABELLED_TRACKS = 40
const MOST_PER_TRACK = 4
const MOST_VECTORS = 300

type Sounding<One> = { readonly one: One & { readonly trackId: number }; readonly part: SoundingPart }

const soundingParts = async <One extends Span>(
  store: Store,
  byTrack: ReadonlyMap<number, readonly One[]>,
): Promise<readonly Sounding<One>[]> => {
  const found: Sounding<One>[] = []
  for (const [trackId, parts] of byTrack) {
    const track = store.tracks.get(trackId)
    const grid = store.grids.current(trackId)
    if (track === null || grid === null) continue
    const whole = { features: currentFeatures(store, track), beats: grid.grid.beatCount }
    found.push(...parts.map((one) => ({ one: { ...one, trackId }, part: soundingPart(one, whole) })))
    await giveWay()
  }
  return found
}

const groupsOf = async (store: Store, limit: number): Promise<NextLabels['groups']> => {
  const first = listSuggestions(store, { order: 'teaching', limit: MOST_TRACKS })
  if (first.length === 0) return []
  const suggestions = new Map(
    [...new Set(first.map(({ trackId }) => trackId))].map((trackId) => [
      trackId,
      listSuggestions(store, { trackId })
        .toSorted((a, b) => a.confidence - b.confidence)
        .slice(0, MOST_PER_TRACK),
    ]),
  )
  const labelled = store.labels.trackIds().slice(-MOST_LABELLED_TRACKS)
  const labels = await soundingParts(store, store.labels.ofTracks(labelled))
  const candidates = await soundingParts(store, suggestions)
  const vectors = partVectors([...candidates, ...labels].map(({ part }) => part))
  return nextToLabel(
    candidates.map(({ one }, at) => ({ ...one, vector: vectors[at]! })),
    labels.map(({ one }, at): { kind: SectionKind; vector: Float64Array | null } => ({
      kind: one.kind,
      vector: vectors[candidates.length + at]!,
    })),
    limit,
  ).map((group) => group.map(({ vector: _vector, ...suggestion }) => suggestion))
}

/** Tracks without labels, so that every other one sounds like one of the first. */
const typicalTracks = (store: Store, limit: number): readonly Track[] => {
  const ids = new Set(searchTrackIds(store, { hasLabels: false, standing: 'analysed' }))
  const key = { specDigest: currentVectorSpecDigest(), packDigest: null }
  const sounds = store.sounds
    .tracks(key, { after: 0, limit: MOST_VECTORS })
    .sounds.filter(({ trackId, features }) => ids.has(trackId) && features !== null)
  const vectors = standardised(sounds.map(({ features }) => features!))
  // Without a model every part may be of any kind, and is as unsure as any other.
  const candidates = sounds.map(({ trackId }, at) => ({
    trackId,
    kind: 'drop' as const,
    confidence: 0,
    vector: vectors[at]!,
  }))
  const typical = nextToLabel(candidates, [], limit).flatMap((group) => group.map(({ trackId }) => trackId))
  const rest = [...ids].filter((id) => !typical.includes(id))
  return [...typical, ...rest].slice(0, limit).flatMap((id) => store.tracks.get(id) ?? [])
}

/** What to label next: what teaches most for the fewest presses. */
export const nextLabels = async (store: Store, limit: number): Promise<NextLabels> => {
  const groups = await groupsOf(store, limit)
  return {
    groups,
    tracks:
      groups.length > 0
        ? []
        : typicalTracks(store, limit).map((track) => ({
            trackId: track.id,
            title: trackTitle(track),
            artist: track.tags.artist,
          })),
    gains: newestCard(store)?.learningCurve?.words ?? [],
  }
}
