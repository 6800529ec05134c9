import type { StoredLabel } from '../../core/labels/stored-label.ts'
import type { StaleReason } from '../../core/library/stale.ts'
import type { TrackNotes } from '../../core/library/track-notes.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Sql } from '../../platform/catalogue/connect.ts'
import { readLabels } from '../../platform/catalogue/label-rows.ts'
import { readNotes } from '../../platform/catalogue/note-rows.ts'
import { readOwnSections, type TeamSections } from '../../platform/catalogue/section-rows.ts'
import { type CatalogueTrack, readTrack, readTracks } from '../../platform/catalogue/track-rows.ts'
import { findByName } from '../../platform/catalogue/track-search.ts'
import type { CatalogueUser } from '../../platform/catalogue/user-rows.ts'
import type { SectionsOutline } from '../../platform/store/section-store.ts'
import type { AnalysisStatus } from '../analysis/analysis-state.ts'
import { overviewOf, type TrackDetails, type TrackOverview, withoutQuality } from '../collection/track-overview.ts'
import { MOST_CANDIDATES, severalFit } from '../kit/track-reference.ts'

/**
 * Finds the track a person means by its id, the digest of its audio, the path of its file, its title, or a part of its name that fits only one.
 * @throws TRACK_NOT_FOUND
 */
export const requireShared = async (
  sql: Sql,
  { teamId }: Pick<CatalogueUser, 'teamId'>,
  reference: string,
): Promise<CatalogueTrack> => {
  const found = await readTrack(sql, teamId, reference)
  if (found !== null) return found
  const isNumber = /^\d+$/.test(reference)
  const { ids, total } = isNumber ? { ids: [], total: 0 } : await findByName(sql, reference, MOST_CANDIDATES)
  const [only] = ids
  if (only === undefined) throw new UserError('TRACK_NOT_FOUND', `No track has the id, path or name "${reference}".`)
  if (total > 1) {
    const candidates = await readTracks(sql, teamId, ids)
    throw severalFit(
      reference,
      total,
      candidates.map(({ track }) => track),
    )
  }
  return (await readTrack(sql, teamId, String(only)))!
}

/** @param spec of the analyses that hold */
const staleOf = ({ analysis, grid }: CatalogueTrack, spec: string): StaleReason | null => {
  if (analysis === null) return 'not analysed'
  if (grid?.digest !== analysis.gridDigest) return 'grid changed'
  return analysis.spec === spec ? null : 'features changed'
}

const statusOf = (shared: CatalogueTrack, spec: string): AnalysisStatus => {
  const { track, grid, analysis } = shared
  return {
    track,
    grid,
    analysis: analysis && { ...analysis, trackId: track.id, audioDigest: track.audioDigest },
    stale: staleOf(shared, spec),
  }
}

/** What the version of the team has read, or else the one that ships. */
const outlineOf = ({ analysis }: CatalogueTrack, own: TeamSections | undefined): SectionsOutline | null => {
  if (own) return { gridDigest: own.gridDigest, specDigest: own.spec, spans: own.sections }
  return analysis?.sections && analysis.sectionsSpec
    ? { gridDigest: analysis.gridDigest, specDigest: analysis.sectionsSpec, spans: analysis.sections }
    : null
}

const overview = (
  shared: CatalogueTrack,
  {
    labels,
    own,
    notes,
  }: { readonly labels: readonly StoredLabel[]; readonly own: TeamSections | undefined; readonly notes: TrackNotes },
  spec: string,
): TrackOverview => {
  const outline = outlineOf(shared, own)
  return overviewOf(statusOf(shared, spec), { labels, outline, notes, failure: null })
}

export type Asking = { readonly sql: Sql; readonly spec: string; readonly teamId: number }

/** Overviews in the order of the ids; what is not there any more is left out. */
export const sharedOverviews = async (
  { sql, spec, teamId }: Asking,
  ids: readonly number[],
): Promise<readonly TrackOverview[]> => {
  if (ids.length === 0) return []
  const [tracks, labels, sections, notes] = await Promise.all([
    readTracks(sql, teamId, ids),
    readLabels(sql, { teamId, trackIds: ids }),
    readOwnSections(sql, teamId, ids),
    readNotes(sql, teamId, ids),
  ])
  const byTrack = Map.groupBy(labels, ({ trackId }) => trackId)
  const ownOf = new Map(sections.map((own) => [own.trackId, own]))
  return tracks.map((shared) => {
    const { id } = shared.track
    return overview(shared, { labels: byTrack.get(id) ?? [], own: ownOf.get(id), notes: notes.get(id)! }, spec)
  })
}

export const sharedDetails = async ({ sql, spec, teamId }: Asking, shared: CatalogueTrack): Promise<TrackDetails> => {
  const { track, grid, analysis } = shared
  const labels = await readLabels(sql, { teamId, trackIds: [track.id] })
  const [own] = await readOwnSections(sql, teamId, [track.id])
  const notes = (await readNotes(sql, teamId, [track.id])).get(track.id)!
  const found = analysis?.facts.quality
  return {
    ...overview(shared, { labels, own, notes }, spec),
    contentHash: track.audioDigest,
    tags: track.tags,
    locations: track.locations,
    grid,
    // Nothing is imported into a catalogue.
    offeredGrids: [],
    facts: analysis && withoutQuality(analysis.facts),
    quality: found ? [...found.flags, ...(analysis.heardFlags?.flags ?? [])] : null,
    analysedAt: analysis?.analysedAt ?? null,
  }
}
