import type { Section } from '../../core/sections/decode-sections.ts'
import type { Sql } from './connect.ts'
import { wantSounds } from './section-sound-rows.ts'

/** What a version of a team has read in a track, and what it was read from. */
export type TeamSections = {
  readonly trackId: number
  readonly version: number
  readonly gridDigest: string
  readonly spec: string
  readonly sections: readonly Section[]
  readonly madeAt: Date
}

const COLUMNS = 'track_id AS "trackId", version, grid_digest AS "gridDigest", spec, sections, made_at AS "madeAt"'

/** Of the tracks that the version has read. */
export const readSections = (
  sql: Sql,
  {
    teamId,
    version,
    trackIds,
  }: { readonly teamId: number; readonly version: number; readonly trackIds: readonly number[] },
): Promise<readonly TeamSections[]> =>
  sql(
    `SELECT ${COLUMNS}
     FROM algiers.sections WHERE team_id = $1 AND version = $2 AND track_id = ANY ($3)`,
    [teamId, version, trackIds],
  )

/** Of the tracks that the version which the team has chosen has read. */
export const readOwnSections = (
  sql: Sql,
  teamId: number,
  trackIds: readonly number[],
): Promise<readonly TeamSections[]> =>
  sql(
    `SELECT ${COLUMNS}
     FROM algiers.sections JOIN algiers.model_versions USING (team_id, version)
     WHERE team_id = $1 AND is_active AND track_id = ANY ($2)`,
    [teamId, trackIds],
  )

/** In place of what the version read before; nothing where it was deleted meanwhile. */
export const putSections = async (
  sql: Sql,
  teamId: number,
  { trackId, version, gridDigest, spec, sections }: Omit<TeamSections, 'madeAt'>,
): Promise<void> => {
  await sql(
    `INSERT INTO algiers.sections (team_id, track_id, version, grid_digest, spec, sections)
     SELECT $1, $2, $3, $4, $5, $6 WHERE EXISTS (
       SELECT 1 FROM algiers.model_versions WHERE team_id = $1 AND version = $3 AND deleted_at IS NULL)
     ON CONFLICT (team_id, track_id, version) DO UPDATE SET grid_digest = excluded.grid_digest, spec = excluded.spec,
       sections = excluded.sections, made_at = now()`,
    [teamId, trackId, version, gridDigest, spec, JSON.stringify(sections)],
  )
  await wantSounds(sql, { teamId, trackIds: [trackId] })
}
