import type { Sql } from './connect.ts'

/** What wrote a row last, and where it lies: no two states of a table agree in both for all rows. */
const WRITTEN = 'xmin::text || ctid::text'
const TRACKS = 'SELECT track_id FROM algiers.labels WHERE team_id = $1'
const RECORDINGS = `SELECT audio_digest FROM algiers.tracks WHERE id IN (${TRACKS})`

const rowsOf = (table: string, condition: string): string =>
  `SELECT '${table}' || ${WRITTEN} AS written FROM algiers.${table} WHERE ${condition}`

const VERSIONS = rowsOf('model_versions', 'team_id = $1')
const VERSIONS_AND_LABELS = [
  VERSIONS,
  rowsOf('labels', 'team_id = $1'),
  rowsOf('team_grids', 'team_id = $1'),
  rowsOf('tracks', `id IN (${TRACKS})`),
  rowsOf('files', `track_id IN (${TRACKS})`),
  rowsOf('analyses', `audio_digest IN (${RECORDINGS})`),
  rowsOf('grid_analyses', `audio_digest IN (${RECORDINGS})`),
].join(' UNION ALL ')

const stampOf = async (sql: Sql, rows: string, teamId: number): Promise<string> => {
  const [row] = await sql<{ stamp: string | null }>(
    `SELECT encode(sha256(convert_to(string_agg(written, ',' ORDER BY written), 'UTF8')), 'hex') AS stamp FROM (${rows}) AS all_rows`,
    [teamId],
  )
  return row?.stamp ?? ''
}

/** Changes with the model versions of a team, whoever changes them. */
export const stampOfVersions = (sql: Sql, teamId: number): Promise<string> => stampOf(sql, VERSIONS, teamId)

/** Changes with its versions, its labels, and whatever is known of the tracks that these are of. */
export const stampOfLabelledWork = (sql: Sql, teamId: number): Promise<string> =>
  stampOf(sql, VERSIONS_AND_LABELS, teamId)
