import { randomUUID } from 'node:crypto'
import type { Sql } from './connect.ts'

/** Of which library somebody brought playlists in. */
export type BroughtFrom = { readonly teamId: number; readonly name: string }

/** A playlist of a team that came with a library. */
export type BroughtPlaylist = {
  readonly id: number
  /** In the library. */
  readonly libraryId: number
  /** Whether the team has left it as it came. */
  readonly isUntouched: boolean
}

/** Of the team, from one library. */
export const readBroughtPlaylists = (sql: Sql, { teamId, name }: BroughtFrom): Promise<readonly BroughtPlaylist[]> =>
  sql(
    `SELECT id, library_id AS "libraryId", changed_at = brought_changed_at AS "isUntouched" FROM algiers.playlists
     WHERE team_id = $1 AND library = $2`,
    [teamId, name],
  )

/** Ids of those that came with another library of the team. */
export const playlistsFromElsewhere = async (sql: Sql, { teamId, name }: BroughtFrom): Promise<readonly number[]> => {
  const rows = await sql<{ id: number }>('SELECT id FROM algiers.playlists WHERE team_id = $1 AND library <> $2', [
    teamId,
    name,
  ])
  return rows.map(({ id }) => id)
}

/** Says of playlists that came with a library under a name that is another one's now that they are from elsewhere. */
export const markFromElsewhere = async (sql: Sql, { teamId, name }: BroughtFrom): Promise<void> => {
  await sql('UPDATE algiers.playlists SET library = $3 WHERE team_id = $1 AND library = $2', [
    teamId,
    name,
    randomUUID(),
  ])
}

/** Says of playlists where they came from, and that they are as they came. */
export const markBrought = async (
  sql: Sql,
  { teamId, name }: BroughtFrom,
  playlists: readonly Pick<BroughtPlaylist, 'id' | 'libraryId'>[],
): Promise<void> => {
  await sql(
    `UPDATE algiers.playlists SET library = $2, library_id = brought.library_id, brought_changed_at = changed_at
     FROM unnest($3::int[], $4::int[]) AS brought (id, library_id) WHERE team_id = $1 AND playlists.id = brought.id`,
    [teamId, name, playlists.map(({ id }) => id), playlists.map(({ libraryId }) => libraryId)],
  )
}
