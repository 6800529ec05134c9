import type { DatabaseSync } from 'node:sqlite'
import { changing } from './changing.ts'
import { inTransaction } from './database.ts'

/** A stored job; `engine/jobs/` knows what its JSON members hold. */
export type StoredJob = {
  readonly id: number
  readonly kind: string
  readonly status: string
  /** The highest runs first. */
  readonly priority: number
  readonly payload: unknown
  readonly progress: unknown
  readonly result: unknown
  readonly error: unknown
  /** How often it was started. */
  readonly attempt: number
  readonly createdAt: string
  readonly startedAt: string | null
  readonly completedAt: string | null
}

export type JobChange = Partial<Omit<StoredJob, 'id' | 'kind' | 'payload' | 'createdAt'>>
export type NewJob = Pick<StoredJob, 'kind' | 'status' | 'priority' | 'payload' | 'progress'>
export type JobFilter = {
  readonly kind?: string | undefined
  readonly statuses?: readonly string[] | undefined
  readonly limit?: number | undefined
}

type JobRow = Omit<StoredJob, 'payload' | 'progress' | 'result' | 'error'> & {
  readonly payload: string
  readonly progress: string
  readonly result: string | null
  readonly error: string | null
}

const COLUMNS = `id, kind, status, priority, payload, progress, result, error, attempt,
  created_at AS createdAt, started_at AS startedAt, completed_at AS completedAt`

/** What cannot be read is as good as not there: one damaged row must not keep all others from being told. */
const parseOptional = (text: string | null): unknown => {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}
const formatOptional = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value)

const toJob = (row: JobRow): StoredJob => ({
  ...row,
  payload: parseOptional(row.payload),
  progress: parseOptional(row.progress),
  result: parseOptional(row.result),
  error: parseOptional(row.error),
})

/** The queue and the history of jobs. */
export class JobStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  add({ kind, status, priority, payload, progress }: NewJob): StoredJob {
    const insert = this.#database.prepare(
      `INSERT INTO jobs (kind, status, priority, payload, progress, created_at) VALUES (?, ?, ?, ?, ?, ?)
       RETURNING ${COLUMNS}`,
    )
    const values = [kind, status, priority, JSON.stringify(payload), JSON.stringify(progress)]
    return toJob(inTransaction(this.#database, () => insert.get(...values, new Date().toISOString())) as JobRow)
  }

  get(id: number): StoredJob | null {
    const row = this.#database.prepare(`SELECT ${COLUMNS} FROM jobs WHERE id = ?`).get(id)
    return row ? toJob(row as JobRow) : null
  }

  /** Newest first. */
  list({ kind, statuses, limit = -1 }: JobFilter = {}): readonly StoredJob[] {
    const rows = this.#database
      .prepare(
        `SELECT ${COLUMNS} FROM jobs
         WHERE (:kind IS NULL OR kind = :kind)
           AND (:statuses IS NULL OR status IN (SELECT value FROM json_each(:statuses)))
         ORDER BY id DESC LIMIT :limit`,
      )
      .all({ kind: kind ?? null, statuses: formatOptional(statuses), limit }) as JobRow[]
    return rows.map(toJob)
  }

  /** Newest first. */
  ids(statuses: readonly string[]): readonly number[] {
    const rows = this.#database
      .prepare('SELECT id FROM jobs WHERE status IN (SELECT value FROM json_each(?)) ORDER BY id DESC')
      .all(JSON.stringify(statuses)) as { id: number }[]
    return rows.map(({ id }) => id)
  }

  /** Jobs that have not ended, of kinds or with statuses that this version does not know. */
  strangers(known: {
    readonly kinds: readonly string[]
    readonly live: readonly string[]
    readonly ended: readonly string[]
  }): readonly StoredJob[] {
    const rows = this.#database
      .prepare(
        `SELECT ${COLUMNS} FROM jobs WHERE status NOT IN (SELECT value FROM json_each(:ended))
           AND (kind NOT IN (SELECT value FROM json_each(:kinds)) OR status NOT IN (SELECT value FROM json_each(:live)))`,
      )
      .all({
        kinds: JSON.stringify(known.kinds),
        live: JSON.stringify(known.live),
        ended: JSON.stringify(known.ended),
      }) as JobRow[]
    return rows.map(toJob)
  }

  count(status: string): number {
    return this.#database.prepare('SELECT count(*) AS jobs FROM jobs WHERE status = ?').get(status)!.jobs as number
  }

  /** The first job of each kind and priority with a status, in the order in which they will run. @param but ids of jobs that do not count */
  firstQueued(status: string, but: readonly number[]): readonly StoredJob[] {
    const rows = this.#database
      .prepare(
        `SELECT ${COLUMNS} FROM jobs WHERE id IN (
           SELECT min(id) FROM jobs WHERE status = ? AND id NOT IN (SELECT value FROM json_each(?)) GROUP BY kind, priority)
         ORDER BY priority DESC, id`,
      )
      .all(status, JSON.stringify(but)) as JobRow[]
    return rows.map(toJob)
  }

  /** A job with a status, of a kind and with just this payload. @param but ids of jobs that do not count */
  find(
    { status, kind, payload }: Pick<NewJob, 'status' | 'kind' | 'payload'>,
    but: readonly number[],
  ): StoredJob | null {
    const row = this.#database
      .prepare(
        `SELECT ${COLUMNS} FROM jobs
         WHERE status = ? AND kind = ? AND payload = ? AND id NOT IN (SELECT value FROM json_each(?)) LIMIT 1`,
      )
      .get(status, kind, JSON.stringify(payload), JSON.stringify(but))
    return row ? toJob(row as JobRow) : null
  }

  /** Forgets all but the newest `keep` jobs with the given statuses; jobs of the kinds in `but` are never forgotten. */
  forgetOld(
    statuses: readonly string[],
    { keep, but }: { readonly keep: number; readonly but: readonly string[] },
  ): void {
    const remove = this.#database.prepare(
      `DELETE FROM jobs WHERE kind NOT IN (SELECT value FROM json_each(:but)) AND id IN (
         SELECT id FROM jobs WHERE status IN (SELECT value FROM json_each(:statuses)) ORDER BY id DESC LIMIT -1 OFFSET :keep)`,
    )
    changing(() => remove.run({ statuses: JSON.stringify(statuses), keep, but: JSON.stringify(but) }))
  }

  /** Writes the given members and leaves the others. */
  update(id: number, change: JobChange): StoredJob {
    const before = this.get(id)
    if (before === null) throw new Error(`There is no job ${id}`)
    const after = { ...before, ...change }
    const write = this.#database.prepare(
      `UPDATE jobs SET status = ?, priority = ?, progress = ?, result = ?, error = ?, attempt = ?,
         started_at = ?, completed_at = ? WHERE id = ?`,
    )
    const { status, priority, attempt, startedAt, completedAt } = after
    const [progress, result, error] = [after.progress, after.result, after.error].map(formatOptional)
    inTransaction(this.#database, () =>
      write.run(status, priority, progress!, result!, error!, attempt, startedAt, completedAt, id),
    )
    return after
  }
}
