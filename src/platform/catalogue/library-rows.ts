import type { Sql } from './connect.ts'

/** A library as it was brought in: the parts of its database, by their digests, and recordings on which the team works otherwise. */
export type BroughtLibrary = {
  readonly parts: readonly string[]
  readonly leftAlone: readonly string[]
  /** Ids in the library of the playlists that the team was given, also where it has removed them since. */
  readonly playlists: readonly number[]
  /** Recordings of which the team notes something else. */
  readonly notesLeftAlone: readonly string[]
  /** Whether its notes and kept folders of playlists became the team's, which an earlier version of Algiers did not do. */
  readonly isWhole: boolean
  /** It is in the library from then on; null where an earlier version of Algiers brought it in. */
  readonly mark: string | null
}

/** @returns null where no library of that name was brought in */
export const readLibrary = async (sql: Sql, teamId: number, name: string): Promise<BroughtLibrary | null> => {
  const [row] = await sql<BroughtLibrary>(
    `SELECT parts, left_alone AS "leftAlone", playlists, notes_left_alone AS "notesLeftAlone", is_whole AS "isWhole", mark
     FROM algiers.libraries WHERE team_id = $1 AND name = $2`,
    [teamId, name],
  )
  return row ?? null
}

/** In place of what was brought in under the name before. */
export const putLibrary = async (
  sql: Sql,
  { teamId, name }: { readonly teamId: number; readonly name: string },
  { parts, leftAlone, playlists, notesLeftAlone, isWhole, mark }: BroughtLibrary,
): Promise<void> => {
  await sql(
    `INSERT INTO algiers.libraries (team_id, name, parts, left_alone, playlists, notes_left_alone, is_whole, mark)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (team_id, name) DO UPDATE SET parts = excluded.parts, left_alone = excluded.left_alone,
       playlists = excluded.playlists, notes_left_alone = excluded.notes_left_alone, is_whole = excluded.is_whole, mark = excluded.mark,
       brought_in_at = now()`,
    [teamId, name, parts, leftAlone, playlists, notesLeftAlone, isWhole, mark],
  )
}
