import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import type { TrackFacts } from '../../core/quality/track-facts.ts'
import type { Section } from '../../core/sections/decode-sections.ts'
import type { StoredFile } from './audio-storage.ts'
import type { Sql } from './connect.ts'
import type { DeadLetter } from './file-rows.ts'
import { wantSounds } from './section-sound-rows.ts'
import { storableJson } from './storable.ts'

/** A grid that a team works on and on which nobody has measured the track in the way that the catalogue asks for. */
export type UnmeasuredGrid = {
  readonly teamId: number
  readonly trackId: number
  readonly version: number
  readonly audioDigest: string
  readonly digest: string
  readonly grid: BeatGrid
  readonly file: StoredFile
}

/** So long nobody else measures it; what died is begun again after that. */
const CLAIMED_MINUTES = 10
/** So long a grid waits whose storage was away. */
const PUT_OFF_MINUTES = 1
/** Who is stopped so often by the same track will not get further. */
export const MOST_GRID_TRIES = 5

/** The newest grid of a team for a track, in the table that is named `one`, which is not the grid of the track's analysis and was not measured. */
export const UNMEASURED = `one.digest <> analyses.grid_digest
  AND one.version = (SELECT max(version) FROM algiers.team_grids AS any_one
    WHERE any_one.team_id = one.team_id AND any_one.track_id = one.track_id)
  AND NOT EXISTS (SELECT 1 FROM algiers.grid_analyses WHERE grid_analyses.audio_digest = tracks.audio_digest
    AND grid_analyses.grid_digest = one.digest AND grid_analyses.spec = $1)`

/** Gives the caller a grid to measure a track on, for a while: only tracks with a file that is done have one. */
export const claimUnmeasured = async (sql: Sql, spec: string): Promise<UnmeasuredGrid | null> => {
  const [row] = await sql<Omit<UnmeasuredGrid, 'file'> & StoredFile>(
    `UPDATE algiers.team_grids AS mine
     SET claimed_until = now() + make_interval(mins => ${CLAIMED_MINUTES}), tries = mine.tries + 1
     FROM (
       SELECT team_id, track_id, version, tracks.audio_digest, file.url AS prefix, file.key, file.size_bytes, file.stamp
       FROM algiers.team_grids AS one JOIN algiers.tracks ON tracks.id = track_id
         JOIN algiers.analyses ON analyses.id = analysis_id
         JOIN LATERAL (SELECT url, key, size_bytes, stamp FROM algiers.files JOIN algiers.prefixes ON prefixes.id = prefix_id
           WHERE files.track_id = tracks.id AND state = 'done' ORDER BY files.id LIMIT 1) AS file ON true
       WHERE ${UNMEASURED} AND claimed_until < now() AND tries < ${MOST_GRID_TRIES}
       LIMIT 1 FOR UPDATE OF one SKIP LOCKED) AS found
     WHERE (mine.team_id, mine.track_id, mine.version) = (found.team_id, found.track_id, found.version)
     RETURNING mine.team_id AS "teamId", mine.track_id AS "trackId", mine.version, found.audio_digest AS "audioDigest", digest, grid, prefix, key,
       size_bytes::float8 AS "sizeBytes", stamp`,
    [spec],
  )
  if (row === undefined) return null
  const { prefix, key, sizeBytes, stamp, ...grid } = row
  return { ...grid, file: { prefix, key, sizeBytes, stamp } }
}

/** Has a grid wait that is not at fault, and counts no try against it. */
export const putOffGrid = async (
  sql: Sql,
  { teamId, trackId, version }: Pick<UnmeasuredGrid, 'teamId' | 'trackId' | 'version'>,
): Promise<void> => {
  await sql(
    `UPDATE algiers.team_grids SET tries = greatest(tries - 1, 0), claimed_until = now() + make_interval(mins => ${PUT_OFF_MINUTES})
     WHERE (team_id, track_id, version) = ($1, $2, $3)`,
    [teamId, trackId, version],
  )
}

/** Says why a track could not be measured on a grid. */
export const failGrid = async (
  sql: Sql,
  { teamId, trackId, version }: Pick<UnmeasuredGrid, 'teamId' | 'trackId' | 'version'>,
  failure: DeadLetter,
): Promise<void> => {
  await sql('UPDATE algiers.team_grids SET failure = $4 WHERE (team_id, track_id, version) = ($1, $2, $3)', [
    teamId,
    trackId,
    version,
    storableJson(failure),
  ])
}

/** Grids on which their track was tried so often that nobody tries any more. */
export const countGivenUpGrids = async (sql: Sql, spec: string): Promise<number> => {
  const [row] = await sql<{ count: number }>(
    `SELECT count(*)::int AS count FROM algiers.team_grids AS one JOIN algiers.tracks ON tracks.id = track_id
       JOIN algiers.analyses ON analyses.id = analysis_id
     WHERE ${UNMEASURED} AND tries >= ${MOST_GRID_TRIES} AND claimed_until < now()`,
    [spec],
  )
  return row!.count
}

/** Forgets how often was tried what, so that whatever was given up comes to its turn. */
export const tryGridsAnew = async (sql: Sql): Promise<void> => {
  await sql('UPDATE algiers.team_grids SET tries = 0, failure = NULL WHERE tries > 0')
}

export type GridAnalysis = {
  readonly audioDigest: string
  readonly gridDigest: string
  readonly spec: string
  readonly featureSpec: string
  readonly durationSeconds: number
  readonly facts: TrackFacts
  readonly sections: { readonly version: number; readonly spec: string; readonly sections: readonly Section[] }
}

/** Keeps what was measured; the same a second time changes nothing. */
export const putGridAnalysis = async (sql: Sql, made: GridAnalysis): Promise<void> => {
  await sql(
    `INSERT INTO algiers.grid_analyses (audio_digest, grid_digest, spec, feature_spec, duration_seconds, facts, sections,
       sections_version, sections_spec) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
    [
      made.audioDigest,
      made.gridDigest,
      made.spec,
      made.featureSpec,
      made.durationSeconds,
      JSON.stringify(made.facts),
      JSON.stringify(made.sections.sections),
      made.sections.version,
      made.sections.spec,
    ],
  )
  const teams = await sql<{ teamId: number; trackId: number }>(
    `SELECT DISTINCT team_id AS "teamId", track_id AS "trackId" FROM algiers.team_grids JOIN algiers.tracks ON tracks.id = track_id
     WHERE digest = $1 AND audio_digest = $2 ORDER BY team_id`,
    [made.gridDigest, made.audioDigest],
  )
  for (const { teamId, trackId } of teams) await wantSounds(sql, { teamId, trackIds: [trackId] })
}
