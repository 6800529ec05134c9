import type { GridImport } from '../../core/beats/grid-edit.ts'
import type { GridVersion } from '../../core/beats/grid-version.ts'
import { mainTempo } from '../../core/beats/main-tempo.ts'
import { inMetre } from '../../core/beats/take-grid.ts'
import type { StoredLabel } from '../../core/labels/stored-label.ts'
import { parseKey } from '../../core/library/key-notation.ts'
import {
  isMissing,
  lastKnownPath,
  presentLocation,
  type Track,
  type TrackLocation,
  trackTitle,
} from '../../core/library/track.ts'
import type { TrackNotes } from '../../core/library/track-notes.ts'
import type { TrackStanding } from '../../core/library/track-standing.ts'
import type { TrackTags } from '../../core/library/track-tags.ts'
import { isDoubtfulGrid } from '../../core/quality/doubtful-estimates.ts'
import type { QualityFlag } from '../../core/quality/quality-flag.ts'
import type { TrackFacts } from '../../core/quality/track-facts.ts'
import { type StripPart, trackStrip } from '../../core/sections/track-strip.ts'
import { giveWay } from '../../core/support/give-way.ts'
import type { SectionsOutline } from '../../platform/store/section-store.ts'
import type { Store } from '../../platform/store/store.ts'
import type { TrackMatches } from '../../platform/store/track-query.ts'
import { type AnalysisStatus, analysisStatus, isStillTrue } from '../analysis/analysis-state.ts'
import { trackQuality } from '../analysis/track-quality.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'
import type { TrackSearch } from '../kit/resolve-search.ts'
import { sectionsHold } from '../kit/section-spec-digest.ts'
import { answeringVersions } from '../versions/answering-version.ts'
import { proposingVersion } from '../versions/base-model.ts'
import { librarySearch } from './library-search.ts'

type TrackState = 'ok' | 'stale' | 'not analysed' | 'failed' | 'missing' | 'offline'

/** A row of the track list; what is not analysed is null. */
export type TrackOverview = {
  readonly id: number
  readonly title: string
  readonly artist: string | null
  readonly path: string | null
  readonly durationSeconds: number | null
  readonly tempoBpm: number | null
  readonly key: string | null
  readonly camelot: string | null
  readonly energy: number | null
  readonly loudnessLufs: number | null
  readonly album: string | null
  readonly genre: string | null
  readonly year: number | null
  readonly tagBpm: number | null
  /** As tagged. */
  readonly tagKey: string | null
  /** The tagged key on the wheel; null where it is none. */
  readonly tagCamelot: string | null
  /** Of the file; the person's own are in the notes. */
  readonly tagRating: number | null
  readonly tagComment: string | null
  readonly format: string | null
  readonly bitRateKbps: number | null
  /** Whether the estimate of the tempo may be wrong; a grid that a person set is not doubtful. */
  readonly doubtfulGrid: boolean | null
  readonly notes: TrackNotes
  readonly addedAt: string
  readonly labels: number
  /** Labels, or else sections of the proposing version, in their places; null where neither is known. */
  readonly strip: readonly StripPart[] | null
  readonly state: TrackState
  /** Why the last analysis failed. */
  readonly failure: { readonly code: string; readonly detail: string } | null
}

/** Everything known of a track except its labels and sections. */
export type TrackDetails = TrackOverview & {
  readonly contentHash: string
  readonly tags: TrackTags
  readonly locations: readonly TrackLocation[]
  readonly grid: GridVersion | null
  /** What other programs have as its grid, each as the edit that would put it in force. */
  readonly offeredGrids: readonly GridImport[]
  readonly facts: Omit<TrackFacts, 'quality'> | null
  /** What is wrong with the recording; null until it was checked. */
  readonly quality: readonly QualityFlag[] | null
  readonly analysedAt: string | null
}

export type TrackPage = {
  readonly tracks: readonly TrackOverview[]
  /** Number of tracks on all pages. */
  readonly total: number
}

/** What a row of the list tells beside the track and its analysis. */
type Known = {
  readonly labels: readonly StoredLabel[]
  readonly outline: SectionsOutline | null
  readonly notes: TrackNotes
  readonly failure: TrackOverview['failure']
}

const stateOf = ({ track, stale }: AnalysisStatus, failed: boolean): TrackState => {
  if (presentLocation(track) === null) return isMissing(track) ? 'missing' : 'offline'
  if (stale === null) return 'ok'
  if (failed) return 'failed'
  return stale === 'not analysed' ? 'not analysed' : 'stale'
}

const stripOf = (
  { grid, analysis, stale }: AnalysisStatus,
  { labels, outline }: Pick<Known, 'labels' | 'outline'>,
): TrackOverview['strip'] => {
  if (grid === null || analysis === null) return null
  const holds =
    isStillTrue(stale) &&
    outline?.gridDigest === grid.digest &&
    sectionsHold(outline.specDigest, analysis.featureSpecDigest)
  const { durationSeconds } = analysis
  return trackStrip({ labels, sections: holds ? outline.spans : null }, { grid: grid.grid, durationSeconds })
}

export const overviewOf = (status: AnalysisStatus, known: Known): TrackOverview => {
  const { track, grid, analysis } = status
  const { failure } = known
  return {
    id: track.id,
    title: trackTitle(track),
    artist: track.tags.artist,
    album: track.tags.album,
    genre: track.tags.genre,
    year: track.tags.year,
    tagBpm: track.tags.bpm,
    tagKey: track.tags.key,
    tagCamelot: track.tags.key === null ? null : parseKey(track.tags.key),
    tagRating: track.tags.rating,
    tagComment: track.tags.comment,
    format: track.tags.format,
    bitRateKbps: track.tags.bitRateKbps,
    doubtfulGrid: grid && isDoubtfulGrid(grid.grid),
    notes: known.notes,
    path: lastKnownPath(track),
    addedAt: track.addedAt,
    durationSeconds: analysis?.durationSeconds ?? null,
    tempoBpm: grid ? mainTempo(grid.grid) : null,
    key: analysis?.facts.key ?? null,
    camelot: analysis?.facts.camelot ?? null,
    energy: analysis?.facts.energy ?? null,
    loudnessLufs: analysis?.facts.loudnessLufs ?? null,
    labels: known.labels.length,
    strip: stripOf(status, known),
    state: stateOf(status, failure !== null),
    failure,
  }
}

/** Sections of the versions that answer for the tracks, or else of the general one. */
const shownOutlines = (store: Store, ids: readonly number[]): ReadonlyMap<number, SectionsOutline> => {
  const general = proposingVersion(store)
  const outlines = new Map(general === null ? [] : store.sections.outlines(ids, general))
  const scoped = [...answeringVersions(store, ids)].filter(([, { scope }]) => scope !== null)
  for (const [version, own] of Map.groupBy(scoped, ([, answer]) => answer.version!))
    for (const [id, outline] of store.sections.outlines(
      own.map(([id]) => id),
      version,
    ))
      outlines.set(id, outline)
  return outlines
}

/** Overviews in the order of the ids; what is not there any more is left out. */
export const trackOverviewsOf = (store: Store, ids: readonly number[]): readonly TrackOverview[] => {
  const labels = store.labels.ofTracks(ids)
  const notes = store.notes.ofTracks(ids)
  const outlines = shownOutlines(store, ids)
  const featureSpecDigest = currentFeatureSpecDigest()
  return ids.flatMap((id) => {
    const track = store.tracks.get(id)
    if (track === null) return []
    const status = analysisStatus(store, track, featureSpecDigest)
    const failure = store.analyses.failure(id)
    const known = { labels: labels.get(id) ?? [], outline: outlines.get(id) ?? null, notes: notes.get(id)!, failure }
    return overviewOf(status, known)
  })
}

/** So many tracks take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 50

/** The same of many tracks, a few at a time. */
export const manyTrackOverviews = async (store: Store, ids: readonly number[]): Promise<readonly TrackOverview[]> => {
  const overviews: TrackOverview[] = []
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    if (at > 0) await giveWay()
    overviews.push(...trackOverviewsOf(store, ids.slice(at, at + AT_ONCE)))
  }
  return overviews
}

const findTracks = (store: Store, search: TrackSearch): TrackMatches => store.tracks.find(librarySearch(store, search))

/** All tracks that fit, whatever page is asked for. */
export const searchTrackIds = (store: Store, search: TrackSearch = {}): readonly number[] =>
  findTracks(store, { ...search, limit: undefined, offset: undefined }).ids

/** A page of the tracks that fit. @throws PLAYLIST_NOT_FOUND */
export const searchTracks = (store: Store, search: TrackSearch = {}): TrackPage => {
  const { ids, total } = findTracks(store, search)
  return { tracks: trackOverviewsOf(store, ids), total }
}

/** The same, a few tracks at a time. */
export const searchTracksInTurns = async (store: Store, search: TrackSearch = {}): Promise<TrackPage> => {
  const { ids, total } = findTracks(store, search)
  return { tracks: await manyTrackOverviews(store, ids), total }
}

export const trackOverviews = (store: Store, standing?: TrackStanding): readonly TrackOverview[] =>
  searchTracks(store, { sort: 'added', standing }).tracks

export const withoutQuality = ({ quality: _, ...facts }: TrackFacts): Omit<TrackFacts, 'quality'> => facts

export const trackDetails = (store: Store, track: Track): TrackDetails => {
  const grid = store.grids.current(track.id)
  const analysis = store.analyses.get(track.id)
  return {
    ...trackOverviewsOf(store, [track.id])[0]!,
    contentHash: track.audioDigest,
    tags: track.tags,
    locations: track.locations,
    grid,
    offeredGrids: store.imports
      .offeredGrids(track.id)
      .map((edit) => (grid ? inMetre(edit, grid.grid.beatsPerBar) : edit)),
    facts: analysis && withoutQuality(analysis.facts),
    quality: trackQuality(store, track),
    analysedAt: analysis?.analysedAt ?? null,
  }
}
