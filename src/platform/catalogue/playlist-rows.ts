import type { FolderPath } from '../../core/library/playlist-folders.ts'
import type { PlaylistFilter, PlaylistState } from '../store/playlist-rows.ts'
import type { PlaylistOutline } from '../store/playlist-store.ts'
import type { Sql } from './connect.ts'
import { type NumberedPlaylist, PlaylistsInHand } from './playlists-in-hand.ts'
import { storableJson } from './storable.ts'

const OUTLINE = `id, name, folders, filter, created_at AS "createdAt", changed_at AS "changedAt"`

type OutlineRow = {
  readonly id: number
  readonly name: string
  readonly folders: FolderPath
  readonly filter: PlaylistFilter | null
  readonly createdAt: string
  readonly changedAt: string
  readonly places: number
  readonly tracks: number
}

/** A playlist without its tracks, and how many they are; none of a smart one. */
export type TeamPlaylist = PlaylistOutline & { readonly tracks: number }

/** Nothing is imported into a catalogue. */
const toOutline = (row: OutlineRow): TeamPlaylist => ({ ...row, importId: null })

const COUNTED = `${OUTLINE}, cardinality(track_ids) AS places,
  (SELECT count(DISTINCT track) FROM unnest(track_ids) AS own (track))::int AS tracks`

/** Those of a team, in its order. */
export const listPlaylists = async (sql: Sql, teamId: number): Promise<readonly TeamPlaylist[]> => {
  const rows = await sql<OutlineRow>(
    `SELECT ${COUNTED} FROM algiers.playlists WHERE team_id = $1 ORDER BY position, id`,
    [teamId],
  )
  return rows.map(toOutline)
}

/** @returns null where the team has none of that id */
export const readPlaylist = async (sql: Sql, teamId: number, id: number): Promise<TeamPlaylist | null> => {
  const [row] = await sql<OutlineRow>(
    `SELECT ${COUNTED} FROM algiers.playlists WHERE team_id = $1 AND id = $2::bigint`,
    [teamId, id],
  )
  return row === undefined ? null : toOutline(row)
}

/** In their order; none of a smart one. */
export const readPlaylistTracks = async (sql: Sql, teamId: number, id: number): Promise<readonly number[]> => {
  const [row] = await sql<{ trackIds: readonly number[] }>(
    'SELECT track_ids AS "trackIds" FROM algiers.playlists WHERE team_id = $1 AND id = $2::bigint',
    [teamId, id],
  )
  return row?.trackIds ?? []
}

export const readPlaylistFolders = async (sql: Sql, teamId: number): Promise<readonly FolderPath[]> => {
  const rows = await sql<{ folders: string }>('SELECT folders FROM algiers.playlist_folders WHERE team_id = $1', [
    teamId,
  ])
  return rows.map(({ folders }) => JSON.parse(folders) as FolderPath)
}

/** Keeps others of the team from changing its playlists until the transaction ends. @param most that can be made @returns them all */
export const holdPlaylists = async (sql: Sql, teamId: number, most = 1): Promise<PlaylistsInHand> => {
  await sql('SELECT 1 FROM algiers.teams WHERE id = $1 FOR NO KEY UPDATE', [teamId])
  const rows = await sql<Omit<NumberedPlaylist, 'importId'>>(
    `SELECT ${OUTLINE}, track_ids AS "trackIds" FROM algiers.playlists WHERE team_id = $1 ORDER BY position, id`,
    [teamId],
  )
  const free = await sql<{ id: number }>(
    `SELECT nextval(pg_get_serial_sequence('algiers.playlists', 'id'))::int AS id FROM generate_series(1, $1)`,
    [most],
  )
  const playlists = rows.map((row) => ({ ...row, importId: null }))
  return new PlaylistsInHand(
    playlists,
    await readPlaylistFolders(sql, teamId),
    free.map(({ id }) => id),
  )
}

const putPlaylist = async (
  sql: Sql,
  { teamId, id, position }: { readonly teamId: number; readonly id: number; readonly position: number },
  { name, folders, filter, trackIds, createdAt, changedAt }: PlaylistState,
): Promise<void> => {
  await sql(
    `INSERT INTO algiers.playlists (id, team_id, position, name, folders, filter, track_ids, created_at, changed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, folders = excluded.folders, filter = excluded.filter,
       track_ids = excluded.track_ids, changed_at = excluded.changed_at WHERE playlists.team_id = excluded.team_id`,
    [id, teamId, position, name, storableJson(folders), filter && storableJson(filter), trackIds, createdAt, changedAt],
  )
}

/** Keeps what became of the playlists that are held. @param before as they were */
export const keepPlaylists = async (
  sql: Sql,
  teamId: number,
  { before, after }: { readonly before: ReadonlyMap<number, PlaylistState>; readonly after: PlaylistsInHand },
): Promise<void> => {
  const order = after.order()
  const gone = [...before.keys()].filter((id) => after.get(id) === null)
  await sql('DELETE FROM algiers.playlists WHERE team_id = $1 AND id = ANY ($2)', [teamId, gone])
  for (const [position, id] of order.entries())
    if (before.get(id) !== after.get(id)) await putPlaylist(sql, { teamId, id, position }, after.get(id)!)
  await sql(
    `UPDATE algiers.playlists SET position = placed.nth FROM unnest($2::int[]) WITH ORDINALITY AS placed (id, nth)
     WHERE team_id = $1 AND playlists.id = placed.id AND position <> placed.nth`,
    [teamId, order],
  )
  await sql('DELETE FROM algiers.playlist_folders WHERE team_id = $1', [teamId])
  await sql('INSERT INTO algiers.playlist_folders SELECT $1, folders FROM unnest($2::text[]) AS kept (folders)', [
    teamId,
    after.keptFolders().map((path) => storableJson(path)),
  ])
}
