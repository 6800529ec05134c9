import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import type { GridVersion } from '../../core/beats/grid-version.ts'
import type { Track } from '../../core/library/track.ts'
import { EMPTY_TAGS, type TrackTags } from '../../core/library/track-tags.ts'
import type { QualityFlag } from '../../core/quality/quality-flag.ts'
import type { TrackFacts } from '../../core/quality/track-facts.ts'
import type { Section } from '../../core/sections/decode-sections.ts'
import { pathOf } from './audio-storage.ts'
import type { Sql } from './connect.ts'

/** The analysis of a track that is in force. */
type CatalogueAnalysis = {
  readonly spec: string
  readonly featureSpecDigest: string
  readonly gridDigest: string
  readonly durationSeconds: number
  /** Without the long members where only a summary was asked for. */
  readonly facts: TrackFacts
  readonly heardFlags: { readonly flags: readonly QualityFlag[] } | null
  readonly sections: readonly Section[] | null
  readonly sectionsVersion: number | null
  readonly sectionsSpec: string | null
  readonly analysedAt: string
}

/** Everything that the rows tell of a track. */
export type CatalogueTrack = {
  readonly track: Track
  readonly grid: GridVersion | null
  readonly analysis: CatalogueAnalysis | null
  /** Of the network that heard it. */
  readonly packDigest: string | null
}

type Row = {
  readonly id: number
  readonly audioDigest: string
  readonly tags: Partial<TrackTags>
  readonly addedAt: Date
  readonly lastPath: string | null
  readonly packDigest: string | null
  readonly spec: string | null
  readonly featureSpecDigest: string
  readonly grid: BeatGrid
  readonly gridDigest: string
  /** Of the team, where it works on the track. */
  readonly own: Omit<GridVersion, 'trackId'> | null
  readonly durationSeconds: number
  readonly facts: TrackFacts
  readonly heardFlags: CatalogueAnalysis['heardFlags']
  readonly sections: readonly Section[] | null
  readonly sectionsVersion: number | null
  readonly sectionsSpec: string | null
  readonly analysedAt: Date
}

type FileRow = {
  readonly trackId: number
  readonly prefixId: number
  readonly prefix: string
  readonly key: string
  readonly fileDigest: string
  readonly sizeBytes: number
  readonly stamp: string
}

const columns = (isWhole: boolean): string => `
  tracks.id, tracks.audio_digest AS "audioDigest", tags, added_at AS "addedAt", last_path AS "lastPath", pack_digest AS "packDigest",
  found.spec, found.feature_spec AS "featureSpecDigest", found.grid_digest AS "gridDigest", analyses.grid,
  found.duration_seconds AS "durationSeconds",
  ${isWhole ? 'found.facts' : `found.facts - 'energyCurve' - 'onsets' AS facts`}, heard_flags AS "heardFlags", found.sections,
  found.sections_version AS "sectionsVersion", found.sections_spec AS "sectionsSpec", found.analysed_at AS "analysedAt",
  CASE WHEN own.version IS NULL THEN NULL ELSE json_build_object('version', own.version, 'digest', own.digest,
    'origin', own.origin, 'edit', own.edit, 'grid', own.grid, 'createdAt', own.created_at) END AS own`

/** The parts of an analysis that depend on the grid. */
const FOUND =
  'spec, feature_spec, grid_digest, duration_seconds, facts, sections, sections_version, sections_spec, analysed_at'

/** The grid of the team, and what was measured on it: by the analysis where that has the same one, else by itself; until then the analysis stands. */
const FROM = `algiers.tracks LEFT JOIN algiers.analyses ON analyses.id = analysis_id
  LEFT JOIN LATERAL (SELECT version, digest, origin, edit, grid, created_at FROM algiers.team_grids
    WHERE team_id = $2 AND track_id = tracks.id ORDER BY version DESC LIMIT 1) AS own ON true
  LEFT JOIN LATERAL (
    SELECT ${FOUND}, 1 AS place, id FROM algiers.grid_analyses
      WHERE grid_analyses.audio_digest = tracks.audio_digest AND grid_analyses.grid_digest = own.digest AND own.digest <> analyses.grid_digest
    UNION ALL SELECT analyses.spec, analyses.feature_spec, analyses.grid_digest, analyses.duration_seconds, analyses.facts,
      analyses.sections, analyses.sections_version, analyses.sections_spec, analyses.analysed_at, 2, analyses.id
      WHERE analyses.id IS NOT NULL
    ORDER BY place, id DESC LIMIT 1) AS found ON true`

const locationOf = ({ prefixId, prefix, key, fileDigest, sizeBytes, stamp }: FileRow): Track['locations'][number] => ({
  rootId: prefixId,
  path: pathOf({ prefix, key }),
  fileDigest,
  sizeBytes,
  // Storages of objects tell no time in it.
  modifiedMs: Number.isFinite(Number(stamp)) ? Number(stamp) : 0,
  missingSince: null,
  offline: false,
})

const NO_SECTIONS = { sections: null, sectionsVersion: null, sectionsSpec: null } as const

const toTrack = (row: Row, files: readonly FileRow[]): CatalogueTrack => {
  const { id, audioDigest, lastPath, packDigest, spec } = row
  const track: Track = {
    id,
    audioDigest,
    tags: { ...EMPTY_TAGS, ...row.tags },
    addedAt: row.addedAt.toISOString(),
    lastPath,
    locations: files.map(locationOf),
  }
  const own = row.own && { ...row.own, trackId: id, createdAt: new Date(row.own.createdAt).toISOString() }
  if (spec === null) return { track, grid: own, analysis: null, packDigest }
  const analysedAt = row.analysedAt.toISOString()
  const { featureSpecDigest, gridDigest, durationSeconds, facts, heardFlags } = row
  // Beats of another grid are other beats.
  const isOnGrid = own === null || own.digest === gridDigest
  const { sections, sectionsVersion, sectionsSpec } = isOnGrid ? row : NO_SECTIONS
  return {
    track,
    packDigest,
    grid: own ?? {
      trackId: id,
      version: 1,
      digest: gridDigest,
      origin: 'estimated',
      edit: null,
      grid: row.grid,
      createdAt: analysedAt,
    },
    analysis: {
      spec,
      featureSpecDigest,
      gridDigest,
      durationSeconds,
      facts,
      heardFlags,
      sections,
      sectionsVersion,
      sectionsSpec,
      analysedAt,
    },
  }
}

const read = async (
  sql: Sql,
  {
    column,
    values,
    teamId,
  }: {
    readonly column: 'id' | 'audio_digest'
    readonly values: readonly (string | number)[]
    readonly teamId: number
  },
  isWhole: boolean,
): Promise<readonly CatalogueTrack[]> => {
  const type = column === 'id' ? 'integer' : 'text'
  const rows = await sql<Row>(
    `SELECT ${columns(isWhole)} FROM unnest($1::${type}[]) WITH ORDINALITY AS wanted (value, nth) JOIN (${FROM})
     ON tracks.${column} = wanted.value ORDER BY wanted.nth`,
    [values, teamId],
  )
  const files = await sql<FileRow>(
    `SELECT track_id AS "trackId", prefix_id AS "prefixId", url AS prefix, key, coalesce(file_digest, '') AS "fileDigest",
       size_bytes::float8 AS "sizeBytes", stamp
     FROM algiers.files JOIN algiers.prefixes ON prefixes.id = prefix_id WHERE track_id = ANY ($1) ORDER BY files.id`,
    [rows.map(({ id }) => id)],
  )
  const filesOf = Map.groupBy(files, ({ trackId }) => trackId)
  return rows.map((row) => toTrack(row, filesOf.get(row.id) ?? []))
}

/** As a team sees them, in the order of the ids; what is not there is left out, and so are the long members of the facts. */
export const readTracks = (sql: Sql, teamId: number, ids: readonly number[]): Promise<readonly CatalogueTrack[]> =>
  read(sql, { column: 'id', values: ids, teamId }, false)

/** @param reference its id or the digest of its audio @returns null where there is none */
export const readTrack = async (sql: Sql, teamId: number, reference: string): Promise<CatalogueTrack | null> => {
  if (/^[1-9]\d{0,8}$/.test(reference))
    return (await read(sql, { column: 'id', values: [Number(reference)], teamId }, true))[0] ?? null
  if (!/^[0-9a-f]{64}$/.test(reference)) return null
  return (await read(sql, { column: 'audio_digest', values: [reference], teamId }, true))[0] ?? null
}
