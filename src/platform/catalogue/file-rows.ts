import type { StoredFile } from './audio-storage.ts'
import type { Sql } from './connect.ts'

/** A file whose analysis is asked for. */
export type WantedFile = StoredFile & { readonly id: number }

type ListedFile = Omit<StoredFile, 'prefix'>

/** @returns the row of a prefix, which is made where it is missing */
export const putPrefix = async (sql: Sql, url: string): Promise<number> => {
  await sql('INSERT INTO algiers.prefixes (url) VALUES ($1) ON CONFLICT DO NOTHING', [url])
  const [row] = await sql<{ id: number }>('SELECT id FROM algiers.prefixes WHERE url = $1', [url])
  return row!.id
}

export const listPrefixes = (
  sql: Sql,
): Promise<readonly { readonly id: number; readonly url: string; readonly addedAt: Date }[]> =>
  sql('SELECT id, url, added_at AS "addedAt" FROM algiers.prefixes ORDER BY id')

/**
 * Records files that were found. What is there already and unchanged stays as it is; what has changed waits anew.
 * @returns how many now wait that did not before
 */
export const putFiles = async (
  sql: Sql,
  {
    prefixId,
    priority,
    files,
  }: { readonly prefixId: number; readonly priority: number; readonly files: readonly ListedFile[] },
): Promise<number> => {
  const rows = await sql(
    `INSERT INTO algiers.files AS file (prefix_id, key, size_bytes, stamp, priority)
     SELECT $1, key, size_bytes, stamp, $2 FROM unnest($3::text[], $4::bigint[], $5::text[]) AS found (key, size_bytes, stamp)
     ON CONFLICT (prefix_id, key) DO UPDATE SET size_bytes = excluded.size_bytes, stamp = excluded.stamp,
       priority = greatest(file.priority, excluded.priority), state = 'waiting', job_id = NULL, finished_at = NULL,
       put_off_until = NULL
       WHERE (file.size_bytes, file.stamp) IS DISTINCT FROM (excluded.size_bytes, excluded.stamp)
     RETURNING 1`,
    [
      prefixId,
      priority,
      files.map(({ key }) => key),
      files.map(({ sizeBytes }) => sizeBytes),
      files.map(({ stamp }) => stamp),
    ],
  )
  await sql(
    `DELETE FROM algiers.dead_letters USING algiers.files WHERE files.id = file_id AND state <> 'dead' AND prefix_id = $1`,
    [prefixId],
  )
  return rows.length
}

/** Lets what lies in the list of dead letters wait again. @returns how many */
export const reviveDead = async (sql: Sql): Promise<number> => {
  const rows = await sql(
    `WITH revived AS (UPDATE algiers.files SET state = 'waiting', job_id = NULL WHERE state = 'dead' RETURNING id)
     DELETE FROM algiers.dead_letters WHERE file_id IN (SELECT id FROM revived) RETURNING 1`,
  )
  return rows.length
}

/** Gives files that wait to the queue, the most urgent first; others may take theirs at the same time. */
export const takeWaiting = (
  sql: Sql,
  most: number,
): Promise<readonly { readonly id: number; readonly jobId: string; readonly priority: number }[]> =>
  sql(
    `UPDATE algiers.files SET state = 'queued', job_id = gen_random_uuid() WHERE id IN (
       SELECT id FROM algiers.files WHERE state = 'waiting' AND (put_off_until IS NULL OR put_off_until <= now())
       ORDER BY priority DESC, put_off_until NULLS FIRST, id LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING id, job_id AS "jobId", priority`,
    [most],
  )

/** So long a file waits whose storage was away. */
const PUT_OFF_SECONDS = 60

/** Has a file wait that is not at fault; others come first. @param isStorageAway otherwise it may be tried at once */
export const putOff = async (
  sql: Sql,
  { id, jobId, isStorageAway }: { readonly id: number; readonly jobId: string; readonly isStorageAway: boolean },
): Promise<void> => {
  await sql(
    `UPDATE algiers.files SET state = 'waiting', job_id = NULL, put_off_until = CASE WHEN $3 THEN now() + $4 * interval '1 second' END
     WHERE id = $1 AND job_id = $2 AND state = 'queued'`,
    [id, jobId, isStorageAway, PUT_OFF_SECONDS],
  )
}

/** Whether any file is still to be analysed, as 0 or 1. */
export const countOpen = async (sql: Sql): Promise<number> => {
  const [row] = await sql<{ open: number }>(
    `SELECT count(*)::int AS open FROM (SELECT 1 FROM algiers.files WHERE state IN ('waiting', 'queued') LIMIT 1) AS left_over`,
  )
  return row!.open
}

/** @returns null where it was taken out, or has changed and waits anew */
export const readWanted = async (sql: Sql, id: number, jobId: string): Promise<WantedFile | null> => {
  const [row] = await sql<WantedFile>(
    `SELECT files.id, url AS prefix, key, size_bytes::float8 AS "sizeBytes", stamp
     FROM algiers.files JOIN algiers.prefixes ON prefixes.id = prefix_id WHERE files.id = $1 AND job_id = $2`,
    [id, jobId],
  )
  return row ?? null
}

/** @returns whether it was still waited for */
export const finishFile = async (
  sql: Sql,
  {
    id,
    jobId,
    trackId,
    fileDigest,
  }: { readonly id: number; readonly jobId: string; readonly trackId: number; readonly fileDigest: string },
): Promise<boolean> => {
  const rows = await sql(
    `UPDATE algiers.files SET state = 'done', track_id = $3, file_digest = $4, finished_at = now()
     WHERE id = $1 AND job_id = $2 AND state = 'queued' RETURNING 1`,
    [id, jobId, trackId, fileDigest],
  )
  return rows.length === 1
}

export type DeadLetter = { readonly code: string; readonly detail: string }

/** @returns whether it was still waited for */
export const buryFile = async (
  sql: Sql,
  { id, jobId, code, detail }: DeadLetter & { readonly id: number; readonly jobId: string },
): Promise<boolean> => {
  const rows = await sql(
    `WITH buried AS (UPDATE algiers.files SET state = 'dead', finished_at = now()
       WHERE id = $1 AND job_id = $2 AND state = 'queued' RETURNING id)
     INSERT INTO algiers.dead_letters (file_id, code, detail) SELECT id, $3, $4 FROM buried
     ON CONFLICT (file_id) DO UPDATE SET code = excluded.code, detail = excluded.detail, died_at = now() RETURNING 1`,
    [id, jobId, code, detail],
  )
  return rows.length === 1
}

/** The file that lies below a prefix under a key; null where the catalogue has none there. */
export const findStored = async (sql: Sql, prefixId: number, path: string): Promise<StoredFile | null> => {
  const [row] = await sql<StoredFile>(
    `SELECT url AS prefix, key, size_bytes::float8 AS "sizeBytes", stamp
     FROM algiers.files JOIN algiers.prefixes ON prefixes.id = prefix_id WHERE prefix_id = $1 AND url || '/' || key = $2`,
    [prefixId, path],
  )
  return row ?? null
}
