import type { Sql } from './connect.ts'
import { storableJson } from './storable.ts'

/** A job of a team; `engine/catalogue/` knows what its members hold. */
export type JobRow = {
  readonly id: number
  readonly teamId: number
  readonly kind: string
  readonly status: string
  readonly payload: unknown
  readonly progress: unknown
  readonly result: unknown
  readonly error: unknown
  readonly attempt: number
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly completedAt: Date | null
}

const COLUMNS = `id, team_id AS "teamId", kind, status, payload, progress, result, error, attempt, created_at AS "createdAt",
  started_at AS "startedAt", completed_at AS "completedAt"`

/** A worker that says nothing for so long is taken for dead, and what it did is begun again by another. */
export const SILENT_SECONDS = 30

/** @returns null where the team has one of this kind under way, of which there may be one only */
export const putJob = async (
  sql: Sql,
  { teamId, kind, payload, progress }: Pick<JobRow, 'teamId' | 'kind' | 'payload' | 'progress'>,
): Promise<JobRow | null> => {
  const [row] = await sql<JobRow>(
    `INSERT INTO algiers.jobs (team_id, kind, payload, progress) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
    [teamId, kind, storableJson(payload), storableJson(progress)],
  )
  return row ?? null
}

/** Those of a team, the newest first; of others nothing is told. */
export const readJobs = (
  sql: Sql,
  { teamId, kind, limit }: { readonly teamId: number; readonly kind?: string | undefined; readonly limit: number },
): Promise<readonly JobRow[]> =>
  sql(
    `SELECT ${COLUMNS} FROM algiers.jobs WHERE team_id = $1 AND ($2::text IS NULL OR kind = $2) ORDER BY id DESC LIMIT $3`,
    [teamId, kind ?? null, limit],
  )

export const readJob = async (sql: Sql, teamId: number, id: number): Promise<JobRow | null> => {
  const [row] = await sql<JobRow>(`SELECT ${COLUMNS} FROM algiers.jobs WHERE team_id = $1 AND id = $2::bigint`, [
    teamId,
    id,
  ])
  return row ?? null
}

/** Gives the caller a job that waits, or whose worker has fallen silent; nobody else gets it meanwhile. */
export const claimJob = async (sql: Sql, status: string): Promise<JobRow | null> => {
  const [row] = await sql<JobRow>(
    `UPDATE algiers.jobs SET status = $1, attempt = attempt + 1, beat_at = now(), started_at = coalesce(started_at, now())
     WHERE id = (SELECT id FROM algiers.jobs WHERE completed_at IS NULL
       AND (beat_at IS NULL OR beat_at < now() - make_interval(secs => ${SILENT_SECONDS}))
       ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING ${COLUMNS}`,
    [status],
  )
  return row ?? null
}

/** Which try of a job it is: what an earlier one brings is dropped. */
export type JobTry = Pick<JobRow, 'id' | 'attempt'>

const OWN = 'id = $1 AND attempt = $2 AND completed_at IS NULL'

/** Says that the worker lives, and how far it is. @returns false where the job is not its own any more, or was cancelled */
export const beatJob = async (
  sql: Sql,
  { id, attempt }: JobTry,
  { status, progress }: Pick<JobRow, 'status' | 'progress'>,
): Promise<boolean> => {
  const rows = await sql(
    `UPDATE algiers.jobs SET beat_at = now(), status = $3, progress = $4 WHERE ${OWN} RETURNING 1`,
    [id, attempt, status, storableJson(progress)],
  )
  return rows.length > 0
}

/** @returns false as of `beatJob` */
export const endJob = async (
  sql: Sql,
  { id, attempt }: JobTry,
  { status, progress, result, error }: Pick<JobRow, 'status' | 'progress' | 'result' | 'error'>,
): Promise<boolean> => {
  const rows = await sql(
    `UPDATE algiers.jobs SET status = $3, progress = $4, result = $5, error = $6, completed_at = now() WHERE ${OWN} RETURNING 1`,
    [
      id,
      attempt,
      status,
      storableJson(progress),
      result === null ? null : storableJson(result),
      error === null ? null : storableJson(error),
    ],
  )
  return rows.length > 0
}

/** Lets another worker begin it again, at once. */
export const giveBackJob = async (sql: Sql, { id, attempt }: JobTry): Promise<void> => {
  await sql(`UPDATE algiers.jobs SET status = 'pending', beat_at = NULL WHERE ${OWN}`, [id, attempt])
}

/** @returns whether it was under way or waited */
export const cancelJob = async (sql: Sql, teamId: number, id: number): Promise<boolean> => {
  const rows = await sql(
    `UPDATE algiers.jobs SET status = 'cancelled', completed_at = now() WHERE team_id = $1 AND id = $2::bigint AND completed_at IS NULL RETURNING 1`,
    [teamId, id],
  )
  return rows.length > 0
}
