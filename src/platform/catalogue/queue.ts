import { type JobWithMetadata, PgBoss } from 'pg-boss'
import type { Connection, Sql } from './connect.ts'
import type { DeadLetter } from './file-rows.ts'

const QUEUE = 'algiers_analyse'
const DEAD = 'algiers_analyse_dead'
const SCHEMA = 'algiers_queue'

/** A worker that says nothing for so long is taken for dead, and its files are given to others. */
const SILENT_SECONDS = 30
/** How often a worker says that it lives: several times before it is taken for dead. */
export const BEAT_MS = 5000
/** How often somebody looks for workers that have died. */
const LOOK_SECONDS = 5
/** However long it takes, an analysis whose worker says that it lives goes on. */
const LONGEST_SECONDS = 6 * 3600
/** A file whose workers died so often is what kills them. */
const MOST_TRIES = 5
/** What is done is told by the files, so that the queue forgets it soon. */
const KEPT_SECONDS = 600
/** A queue holds files that wait as long as anything holds them. */
const WAITING_SECONDS = 10 * 365 * 24 * 3600
const HOPELESS_AT_ONCE = 100

/** A file that was given to a worker; `attempt` proves that it is still that worker's. */
export type Claim = {
  readonly fileId: number
  readonly jobId: string
  readonly attempt: { readonly id: string; readonly retryCount: number }
}

type Payload = { readonly fileId: number; readonly jobId: string }

export type Queue = {
  readonly fill: (
    sql: Sql,
    files: readonly { readonly id: number; readonly jobId: string; readonly priority: number }[],
  ) => Promise<void>
  /** The most urgent first; nothing where nothing waits. */
  readonly claim: (most: number) => Promise<readonly Claim[]>
  /** Says that the worker lives. */
  readonly beat: (claims: readonly Claim[]) => Promise<void>
  /** Within the transaction that keeps the result. */
  readonly settle: (sql: Sql, claim: Claim) => Promise<void>
  /** Gives a file back, to be tried again later. @param reason what goes into the list of dead letters where that was the last try */
  readonly giveBack: (claim: Claim, reason: DeadLetter) => Promise<void>
  /** Files that were tried again and again: takes them off the queue for good. */
  readonly takeHopeless: (sql: Sql) => Promise<readonly (Payload & { readonly reason: DeadLetter })[]>
  readonly close: () => Promise<void>
}

/** Where no worker lived to say why. */
const LOST: DeadLetter = { code: 'WORKER_LOST', detail: `${MOST_TRIES + 1} workers stopped while they analysed it.` }

const reasonOf = (output: unknown): DeadLetter => {
  const { code, detail } = (output ?? {}) as Partial<DeadLetter>
  return code !== undefined && detail !== undefined ? { code, detail } : LOST
}

const asDatabase = (sql: Sql) => ({
  executeSql: async (text: string, values?: unknown[]) => ({ rows: [...(await sql(text, values ?? []))] }),
})

/**
 * The queue of a catalogue, which is `pg-boss` on the same connections. Each file is given to one worker at a time; a worker that dies
 * loses its files to others.
 * @param supervises whether this process looks for workers that have died, which one of them must
 * @param report what goes wrong beside
 */
export const openQueue = async (
  { sql }: Pick<Connection, 'sql'>,
  { supervises, report }: { readonly supervises: boolean; readonly report: (error: Error) => void },
): Promise<Queue> => {
  const boss = new PgBoss({
    db: asDatabase(sql),
    schema: SCHEMA,
    supervise: supervises,
    schedule: false,
    superviseIntervalSeconds: LOOK_SECONDS,
    monitorIntervalSeconds: LOOK_SECONDS,
    maintenanceIntervalSeconds: 60,
    monitorVacuum: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
  })
  boss.on('error', report)
  await boss.start()
  const lasting = { retentionSeconds: WAITING_SECONDS, deleteAfterSeconds: KEPT_SECONDS }
  await boss.createQueue(DEAD, lasting)
  await boss.createQueue(QUEUE, {
    ...lasting,
    deadLetter: DEAD,
    retryLimit: MOST_TRIES,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    expireInSeconds: LONGEST_SECONDS,
    heartbeatSeconds: SILENT_SECONDS,
  })
  const toClaim = ({ id, retryCount, data }: JobWithMetadata<Payload>): Claim => ({
    ...data,
    attempt: { id, retryCount },
  })
  return {
    fill: async (inside, files) => {
      const jobs = files.map(({ id, jobId, priority }) => ({ id: jobId, data: { fileId: id, jobId }, priority }))
      await boss.insert(QUEUE, jobs, { db: asDatabase(inside) })
    },
    claim: async (most) => (await boss.fetch<Payload>(QUEUE, { batchSize: most, includeMetadata: true })).map(toClaim),
    beat: async (claims) => {
      if (claims.length > 0)
        await boss.touch(
          QUEUE,
          claims.map(({ attempt }) => attempt),
        )
    },
    settle: async (inside, { attempt }) => {
      await boss.complete(QUEUE, attempt, null, { db: asDatabase(inside) })
    },
    giveBack: async ({ attempt }, reason) => {
      await boss.fail(QUEUE, attempt, reason)
    },
    takeHopeless: async (inside) => {
      const options = { batchSize: HOPELESS_AT_ONCE, includeMetadata: true, db: asDatabase(inside) } as const
      const jobs = await boss.fetch<Payload>(DEAD, options)
      if (jobs.length > 0)
        await boss.complete(
          DEAD,
          jobs.map(({ id }) => id),
          null,
          { db: asDatabase(inside) },
        )
      return jobs.map(({ data, output }) => ({ ...data, reason: reasonOf(output) }))
    },
    close: () => boss.stop({ graceful: false, close: false }),
  }
}

/** Jobs in the queue by what they wait for. */
export const countQueued = async (sql: Sql): Promise<{ readonly waiting: number; readonly running: number }> => {
  const [row] = await sql<{ waiting: number; running: number }>(
    `SELECT count(*) FILTER (WHERE state IN ('created', 'retry'))::int AS waiting, count(*) FILTER (WHERE state = 'active')::int AS running
     FROM ${SCHEMA}.job WHERE name = $1 AND state < 'completed'`,
    [QUEUE],
  )
  return row!
}

/**
 * Lets files wait again that are said to be queued and are not: whoever emptied the queue, no file is lost.
 * @returns how many
 */
export const recoverLost = async (sql: Sql): Promise<number> => {
  const rows = await sql(
    `UPDATE algiers.files SET state = 'waiting', job_id = NULL WHERE state = 'queued' AND NOT EXISTS (
       SELECT 1 FROM ${SCHEMA}.job WHERE name IN ($1, $2) AND state < 'completed'
       AND (job.id = files.job_id OR job.data ->> 'jobId' = files.job_id::text)) RETURNING 1`,
    [QUEUE, DEAD],
  )
  return rows.length
}
