import { idsOf, type MadeScenes, type PlaylistScene } from '../store/playlist-scenes.ts'
import type { Sql } from './connect.ts'
import { storableJson } from './storable.ts'

/** What somebody of a team did with playlists. */
export type TeamChange = {
  readonly id: number
  readonly says: string
  readonly before: PlaylistScene
  readonly after: PlaylistScene
  readonly isUndone: boolean
}

/** So many changes of a team can be taken back. */
const MOST_CHANGES = 100

/** @returns its number */
export const putChange = async (
  sql: Sql,
  { teamId, userId }: { readonly teamId: number; readonly userId: number },
  { says, before, after }: Pick<MadeScenes, 'before' | 'after'> & { readonly says: string },
): Promise<number> => {
  const [row] = await sql<{ id: number }>(
    `INSERT INTO algiers.playlist_changes (team_id, made_by, says, playlist_ids, before, after) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [teamId, userId, says, idsOf(after), storableJson(before), storableJson(after)],
  )
  await sql(
    `DELETE FROM algiers.playlist_changes WHERE team_id = $1 AND id <= (SELECT id FROM algiers.playlist_changes WHERE team_id = $1
       ORDER BY id DESC OFFSET ${MOST_CHANGES} LIMIT 1)`,
    [teamId],
  )
  return row!.id
}

/** The change of a person that undo, or redo, would take back now: what others did is theirs. */
export const nextChange = async (
  sql: Sql,
  { teamId, userId }: { readonly teamId: number; readonly userId: number },
  way: 'undo' | 'redo',
): Promise<number | null> => {
  const own = 'SELECT id, is_undone FROM algiers.playlist_changes WHERE team_id = $1 AND made_by = $2'
  const [row] = await sql<{ id: number | null }>(
    way === 'undo'
      ? `SELECT max(id) AS id FROM (${own}) AS own WHERE NOT is_undone`
      : `SELECT min(id) AS id FROM (${own}) AS own WHERE is_undone
           AND id > (SELECT coalesce(max(id), 0) FROM (${own}) AS done WHERE NOT is_undone)`,
    [teamId, userId],
  )
  return row!.id
}

/** @returns null where the person made no such change */
export const readChange = async (
  sql: Sql,
  { teamId, userId }: { readonly teamId: number; readonly userId: number },
  id: number,
): Promise<TeamChange | null> => {
  const [row] = await sql<TeamChange>(
    `SELECT id, says, before, after, is_undone AS "isUndone" FROM algiers.playlist_changes WHERE team_id = $1 AND made_by = $2 AND id = $3::bigint`,
    [teamId, userId, id],
  )
  return row ?? null
}

/** Whether a later change that holds is of one of these playlists. */
export const hasNewerChange = async (
  sql: Sql,
  teamId: number,
  { id, playlistIds }: { readonly id: number; readonly playlistIds: readonly number[] },
): Promise<boolean> => {
  const rows = await sql(
    'SELECT 1 FROM algiers.playlist_changes WHERE team_id = $1 AND id > $2::bigint AND NOT is_undone AND playlist_ids && $3::int[] LIMIT 1',
    [teamId, id, playlistIds],
  )
  return rows.length > 0
}

export const markChange = async (sql: Sql, teamId: number, id: number, isUndone: boolean): Promise<void> => {
  await sql('UPDATE algiers.playlist_changes SET is_undone = $3 WHERE team_id = $1 AND id = $2::bigint', [
    teamId,
    id,
    isUndone,
  ])
}
