import type { StoredDecision, SuggestionDecision } from '../../core/suggestions/suggestion-decision.ts'
import type { KeptGrid, TrackWork } from '../store/track-work-store.ts'
import type { Sql } from './connect.ts'
import { holdTrack, readLabels } from './label-rows.ts'

type Place = { readonly teamId: number; readonly trackId: number }

/** Versions of the grid that a team works on, the first one first; none where it does not. */
export const readGrids = async (sql: Sql, { teamId, trackId }: Place): Promise<readonly KeptGrid[]> => {
  const rows = await sql<Omit<KeptGrid, 'createdAt'> & { readonly createdAt: Date }>(
    `SELECT version, digest, origin, edit, grid, moves, created_at AS "createdAt" FROM algiers.team_grids
     WHERE team_id = $1 AND track_id = $2 ORDER BY version`,
    [teamId, trackId],
  )
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
}

/** Adds a version to those of a track that is held. */
export const putGrid = async (sql: Sql, { teamId, trackId }: Place, grid: KeptGrid): Promise<void> => {
  await sql(
    `INSERT INTO algiers.team_grids (team_id, track_id, version, digest, origin, edit, grid, moves, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      teamId,
      trackId,
      grid.version,
      grid.digest,
      grid.origin,
      grid.edit,
      JSON.stringify(grid.grid),
      JSON.stringify(grid.moves),
      grid.createdAt,
    ],
  )
}

/** What a team said of suggestions for a track, the first decision first. */
export const readDecisions = async (sql: Sql, { teamId, trackId }: Place): Promise<readonly StoredDecision[]> => {
  const rows = await sql<Omit<StoredDecision, 'decidedAt'> & { readonly decidedAt: Date }>(
    `SELECT id, track_id AS "trackId", start_beat AS "startBeat", end_beat AS "endBeat", kind, decision,
       model_version AS "modelVersion", decided_at AS "decidedAt"
     FROM algiers.decisions WHERE team_id = $1 AND track_id = $2 ORDER BY id`,
    [teamId, trackId],
  )
  return rows.map((row) => ({ ...row, decidedAt: row.decidedAt.toISOString() }))
}

/** @param decision when it was made, where that was elsewhere */
export const putDecision = async (
  sql: Sql,
  { teamId, userId }: { readonly teamId: number; readonly userId: number | null },
  decision: SuggestionDecision & { readonly decidedAt?: string },
): Promise<void> => {
  const { trackId, startBeat, endBeat, kind, modelVersion, decidedAt } = decision
  await sql(
    `INSERT INTO algiers.decisions (team_id, track_id, start_beat, end_beat, kind, decision, model_version, made_by, decided_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9::timestamptz, now()))`,
    [teamId, trackId, startBeat, endBeat, kind, decision.decision, modelVersion, userId, decidedAt ?? null],
  )
}

/** @returns whether the team had such a decision */
export const forgetDecision = async (sql: Sql, { teamId, trackId }: Place, id: number): Promise<boolean> => {
  const rows = await sql(
    `DELETE FROM algiers.decisions WHERE team_id = $1 AND track_id = $2 AND id = $3::bigint AND decision = 'rejected' RETURNING 1`,
    [teamId, trackId, id],
  )
  return rows.length > 0
}

/** Tracks that a team works on. */
export const workedTracks = async (sql: Sql, teamId: number): Promise<readonly number[]> => {
  const rows = await sql<{ id: number }>(
    'SELECT track_id AS id FROM algiers.labelled_tracks WHERE team_id = $1 ORDER BY track_id',
    [teamId],
  )
  return rows.map(({ id }) => id)
}

export const readWork = async (sql: Sql, place: Place): Promise<TrackWork> => ({
  grids: await readGrids(sql, place),
  labels: await readLabels(sql, { teamId: place.teamId, trackIds: [place.trackId] }),
  decisions: await readDecisions(sql, place),
})

/**
 * Takes the work on a track that was made in a library, unless the team has worked on it otherwise. Where only one of them has changed it since
 * it was last brought in, that one holds.
 * @param sql of a transaction
 * @param earlier the work when the library was last brought in; null where it was not, or the team had other work already
 * @param wasLeftAlone the team had it otherwise the last time, were it that it had removed it: it stays so until both say the same
 * @returns whether it is the team's now
 */
export const takeWork = async (
  sql: Sql,
  { teamId, trackId }: Place,
  {
    work,
    earlier,
    wasLeftAlone,
  }: { readonly work: TrackWork; readonly earlier: TrackWork | null; readonly wasLeftAlone: boolean },
): Promise<boolean> => {
  await holdTrack(sql, teamId, trackId)
  const before = await readWork(sql, { teamId, trackId })
  if (saysSame(before, work) || (earlier !== null && saysSame(earlier, work))) return true
  const isOwn =
    before.labels.length + before.decisions.length > 0 || before.grids.some(({ origin }) => origin === 'edited')
  if (wasLeftAlone || (earlier === null ? isOwn : !saysSame(before, earlier))) return false
  for (const table of ['labels', 'decisions', 'team_grids'])
    await sql(`DELETE FROM algiers.${table} WHERE team_id = $1 AND track_id = $2`, [teamId, trackId])
  for (const grid of work.grids) await putGrid(sql, { teamId, trackId }, grid)
  for (const { startBeat, endBeat, kind, source, createdAt } of work.labels)
    await sql(
      `INSERT INTO algiers.labels (team_id, track_id, start_beat, end_beat, kind, source, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [teamId, trackId, startBeat, endBeat, kind, source, createdAt],
    )
  for (const decision of work.decisions) await putDecision(sql, { teamId, userId: null }, { ...decision, trackId })
  return true
}

/** Whether two have the same grid in force and say the same on it. */
const saysSame = (a: TrackWork, b: TrackWork): boolean => {
  const saidIn = ({ grids, labels, decisions }: TrackWork): string =>
    JSON.stringify([
      grids.at(-1)?.digest,
      labels.map(({ startBeat, endBeat, kind, source }) => [startBeat, endBeat, kind, source]),
      decisions.map(({ startBeat, endBeat, kind, decision }) => [startBeat, endBeat, kind, decision]),
    ])
  return saidIn(a) === saidIn(b)
}
