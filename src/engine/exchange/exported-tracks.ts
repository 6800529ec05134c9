import type { ExportedPlaylist, ExportedTrack } from '../../core/interop/libraries/exported-library.ts'
import { type CuePlan, type MixBeats, type PlannedSection, planCues } from '../../core/interop/libraries/plan-cues.ts'
import type { SkipReason } from '../../core/interop/libraries/skip-reasons.ts'
import { isMissing, lastKnownPath, presentLocation, type Track, trackTitle } from '../../core/library/track.ts'
import { NO_NOTES } from '../../core/library/track-notes.ts'
import { sectionEnergy } from '../../core/sections/section-energy.ts'
import type { Store } from '../../platform/store/store.ts'
import { playlistProblem, playlistTrackIds } from '../collection/playlists/playlist-overview.ts'
import { requirePlaylist } from '../kit/resolve-search.ts'
import { shownSections } from '../reading/track-sections.ts'
import type { DatedLabel } from './labelled-tracks.ts'

export type ExportParts = {
  /** Cues for sections by this plan; none where left out. */
  readonly plan: CuePlan | null
  readonly grid: boolean
  readonly key: boolean
  /** Whose sections stand for tracks without labels; null where no version proposes any. */
  readonly version: number | null
  /** A list must be whole: a track is written, too, where there is no more to say of it than its place. */
  readonly isWhole: boolean
}

export type ExportedOne = { readonly track: ExportedTrack; readonly leftOut: number }

/** Labels where there are any, or else what the version reads, in order. */
export const foundSections = (store: Store, track: Track, version: number | null): readonly DatedLabel[] => {
  const labels = store.labels.list({ trackId: track.id })
  const sections: readonly DatedLabel[] =
    labels.length > 0 || version === null
      ? labels
      : (shownSections(store, track, version)?.sections ?? []).map(({ kind, startBeat, endBeat }) => ({
          kind,
          startBeat,
          endBeat,
          source: 'auto_detected',
          createdAt: null,
        }))
  return sections.toSorted((a, b) => a.startBeat - b.startBeat)
}

const sectionsOf = (store: Store, track: Track, version: number | null): readonly PlannedSection[] => {
  const grid = store.grids.current(track.id)?.grid
  const curve = store.analyses.get(track.id)?.facts.energyCurve ?? []
  return foundSections(store, track, version).map(({ kind, startBeat, endBeat, ownKindId }) => {
    const own = ownKindId === undefined ? null : store.lenses.kind(ownKindId)
    const energy = grid ? sectionEnergy(curve, grid, { startBeat, endBeat }) : null
    return {
      kind,
      startBeat,
      endBeat,
      ...(energy === null ? {} : { energy }),
      ...(own === null ? {} : { own }),
    }
  })
}

const forwardSlashes = (path: string): string =>
  /^(?:[A-Za-z]:\\|\\\\)/.test(path) ? path.replaceAll('\\', '/') : path

/** Several transitions may go out or come in at the same place. */
const mixBeatsOf = (store: Store, { id }: Track): MixBeats => {
  const { out, into } = store.transitions.windowsOf(id)
  const beats = (windows: typeof out): readonly number[] => [...new Set(windows.map(({ startBeat }) => startBeat))]
  return { into: beats(into), out: beats(out) }
}

/** @returns why the track has nothing to write, where that is so */
export const exportedTrack = (
  store: Store,
  track: Track,
  { plan, grid: withGrid, key: withKey, version, isWhole }: ExportParts,
): ExportedOne | SkipReason => {
  const path = presentLocation(track)?.path ?? lastKnownPath(track)
  if (path === null || isMissing(track)) return 'missing'
  const [gridVersion, analysis] = [store.grids.current(track.id), store.analyses.summary(track.id)]
  const grid = gridVersion?.grid ?? null
  const asksForAnalysis = !isWhole && (plan !== null || withGrid || withKey)
  if (asksForAnalysis && (grid === null || analysis === null)) return 'not analysed'
  const sections = plan === null ? [] : sectionsOf(store, track, version)
  if (plan !== null && sections.length === 0 && !isWhole) return 'no sections'
  const planned =
    plan === null || grid === null ? { cues: [], leftOut: 0 } : planCues(sections, grid, plan, mixBeatsOf(store, track))
  const notes = store.notes.ofTracks([track.id]).get(track.id) ?? NO_NOTES
  const { tags } = track
  return {
    leftOut: planned.leftOut,
    track: {
      id: track.id,
      path: forwardSlashes(path),
      title: trackTitle(track),
      artist: tags.artist,
      album: tags.album,
      genre: tags.genre,
      comment: notes.comment ?? tags.comment,
      year: tags.year,
      durationSeconds: analysis?.durationSeconds ?? null,
      sizeBytes: presentLocation(track)?.sizeBytes ?? null,
      bitRateKbps: tags.bitRateKbps,
      key: withKey ? (analysis?.facts.camelot ?? null) : null,
      rating: notes.rating ?? tags.rating,
      addedAt: track.addedAt,
      grid: withGrid ? grid : null,
      cues: planned.cues,
    },
  }
}

const FOLDER = 'Algiers'

/** A playlist, a smart one with the tracks that it finds now, as far as its tracks are written. @throws PLAYLIST_NOT_FOUND */
export const exportedPlaylist = (
  store: Store,
  id: number,
  written: ReadonlySet<number>,
): readonly ExportedPlaylist[] => {
  const { name, folders } = requirePlaylist(store, id)
  const trackIds = playlistTrackIds(store, id).filter((trackId) => written.has(trackId))
  return trackIds.length === 0 ? [] : [{ name, folders: [FOLDER, ...folders], trackIds }]
}

/** All that is written as one list, a list for each of the person's own tags, and the library's playlists, as far as they are written. */
export const exportedPlaylists = (store: Store, trackIds: readonly number[]): readonly ExportedPlaylist[] => {
  if (trackIds.length === 0) return []
  const byTag = new Map<string, number[]>()
  for (const [trackId, notes] of store.notes.ofTracks(trackIds))
    for (const tag of notes.myTags) byTag.set(tag, [...(byTag.get(tag) ?? []), trackId])
  const tagged = [...byTag].toSorted(([a], [b]) => a.localeCompare(b, 'en'))
  const written = new Set(trackIds)
  const kept = store.playlists
    .list()
    .flatMap(({ id }) => (playlistProblem(store, id) === null ? exportedPlaylist(store, id, written) : []))
  return [
    { name: 'All tracks', folders: [FOLDER], trackIds },
    ...tagged.map(([name, ids]) => ({ name, folders: [FOLDER], trackIds: ids })),
    ...kept,
  ]
}
