import type { Sql } from './connect.ts'
import { wantSounds } from './section-sound-rows.ts'

/** A model version of a team. */
export type TeamVersion = {
  readonly version: number
  /** JSON, as the file of a card has it; null for the version that ships. */
  readonly card: string | null
  readonly isActive: boolean
  readonly isDeleted: boolean
  readonly publishedAt: Date
}

/** Every number that a team ever had, the lowest first. */
export const readVersions = (sql: Sql, teamId: number): Promise<readonly TeamVersion[]> =>
  sql(
    `SELECT version, card, is_active AS "isActive", deleted_at IS NOT NULL AS "isDeleted", published_at AS "publishedAt"
     FROM algiers.model_versions WHERE team_id = $1 ORDER BY version`,
    [teamId],
  )

export const readOnnx = async (sql: Sql, teamId: number, version: number): Promise<Buffer | null> => {
  const [row] = await sql<{ onnx: Buffer | null }>(
    'SELECT onnx FROM algiers.model_versions WHERE team_id = $1 AND version = $2',
    [teamId, version],
  )
  return row?.onnx ?? null
}

/** The version whose sections a team sees; null where it has chosen none. */
export const activeVersion = async (sql: Sql, teamId: number): Promise<number | null> => {
  const [row] = await sql<{ version: number }>(
    'SELECT version FROM algiers.model_versions WHERE team_id = $1 AND is_active',
    [teamId],
  )
  return row?.version ?? null
}

/** Keeps others of the team from changing its versions until the transaction ends; what only refers to the team, as events do, goes on. */
export const holdVersions = async (sql: Sql, teamId: number): Promise<void> => {
  await sql('SELECT 1 FROM algiers.teams WHERE id = $1 FOR NO KEY UPDATE', [teamId])
}

/** Adds a version under a number that is free. */
export const putVersion = async (
  sql: Sql,
  teamId: number,
  { version, onnx, card }: { readonly version: number; readonly onnx: Uint8Array | null; readonly card: string | null },
): Promise<void> => {
  await sql('INSERT INTO algiers.model_versions (team_id, version, onnx, card) VALUES ($1, $2, $3, $4)', [
    teamId,
    version,
    onnx && Buffer.from(onnx.buffer, onnx.byteOffset, onnx.byteLength),
    card,
  ])
}

export const putCard = async (sql: Sql, teamId: number, version: number, card: string): Promise<void> => {
  await sql('UPDATE algiers.model_versions SET card = $3 WHERE team_id = $1 AND version = $2', [teamId, version, card])
}

/** What versions have read may not be what the team sees any more, or be it now. */
const wantReadAnew = async (sql: Sql, teamId: number, versions: readonly (number | null)[]): Promise<void> => {
  const rows = await sql<{ id: number }>(
    'SELECT DISTINCT track_id AS id FROM algiers.sections WHERE team_id = $1 AND version = ANY ($2)',
    [teamId, versions],
  )
  await wantSounds(sql, { teamId, trackIds: rows.map(({ id }) => id) })
}

/** Makes a version the one whose sections the team sees. @param version null: none */
export const activate = async (sql: Sql, teamId: number, version: number | null): Promise<void> => {
  const before = await activeVersion(sql, teamId)
  await wantReadAnew(sql, teamId, [before, version])
  await sql('UPDATE algiers.model_versions SET is_active = false WHERE team_id = $1 AND is_active', [teamId])
  if (version === null) return
  await sql(
    `INSERT INTO algiers.model_versions (team_id, version, is_active) VALUES ($1, $2, true)
     ON CONFLICT (team_id, version) DO UPDATE SET is_active = true`,
    [teamId, version],
  )
}

/** Its number stays taken. */
export const removeVersion = async (sql: Sql, teamId: number, version: number): Promise<void> => {
  await wantReadAnew(sql, teamId, [version])
  await sql('DELETE FROM algiers.sections WHERE team_id = $1 AND version = $2', [teamId, version])
  await sql(
    'UPDATE algiers.model_versions SET onnx = NULL, card = NULL, deleted_at = now() WHERE team_id = $1 AND version = $2',
    [teamId, version],
  )
}
