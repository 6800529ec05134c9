import { setTimeout as wait } from 'node:timers/promises'
import { Pool, type PoolClient, type QueryResult, type QueryResultRow } from 'pg'
import { catalogueUrl, withoutSecrets } from './catalogue-url.ts'
import { isPassing, isUnanswered, told } from './connection-errors.ts'
import { storable } from './storable.ts'

/** What runs statements: the pool, or one connection inside a transaction. */
export type Sql = <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>

/** Connections to the database of a catalogue. */
export type Connection = {
  /** Without what lets anyone in. */
  readonly address: string
  readonly sql: Sql
  /** All of it or nothing. */
  readonly transaction: <Result>(run: (sql: Sql) => Promise<Result>) => Promise<Result>
  /** One connection for as long as it is used, for what belongs to a session. */
  readonly session: () => Promise<PoolClient>
  readonly close: () => Promise<void>
}

const CONNECT_WITHIN_MS = 10_000
const CLOSED_WITHIN_MS = 5000
/** So long a line may say nothing before it is asked whether it is still there. */
const KEEP_ALIVE_SECONDS = 10
/** Statements of servers and workers are short: one that is not answered so long was lost on a line that is cut. */
export const ANSWERED_WITHIN_MS = 60_000

export type ConnectOptions = {
  /** Connections at once. @default 10 */
  readonly most?: number
  /** A statement that takes longer counts as lost; as long as it takes where it is left out, as keeping a catalogue does. */
  readonly answeredWithinMs?: number
  /**
   * So long a transaction may stand still. Whoever is cut off amid one holds rows, and the order of all events, against everybody else.
   * @default 30000
   */
  readonly idleWithinMs?: number
}
const sqlOf =
  (client: Pick<Pool, 'query'> | PoolClient): Sql =>
  async <Row extends QueryResultRow>(text: string, values: readonly unknown[] = []) => {
    const answer: QueryResult<Row> | readonly QueryResult<Row>[] = await client.query<Row>(text, values.map(storable))
    // Several statements in one text have an answer each.
    return (Array.isArray(answer) ? answer : [answer]).flatMap(({ rows }: QueryResult<Row>) => rows)
  }

/** The database finds out, too, that a line is cut, and drops what was begun on it. */
const sessionOf = ({ answeredWithinMs = 0, idleWithinMs = 30_000 }: ConnectOptions): string =>
  `SET statement_timeout = ${answeredWithinMs}; SET idle_in_transaction_session_timeout = ${idleWithinMs};
   SET tcp_keepalives_idle = ${KEEP_ALIVE_SECONDS}; SET tcp_keepalives_interval = ${KEEP_ALIVE_SECONDS}; SET tcp_keepalives_count = 3;
   SET tcp_user_timeout = ${idleWithinMs}`

/** @throws CATALOGUE_URL_INVALID */
export const connect = (url: string, options: ConnectOptions = {}): Connection => {
  const { most = 10, answeredWithinMs } = options
  const address = withoutSecrets(url)
  const pool = new Pool({
    connectionString: catalogueUrl(url),
    max: most,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 1000 * KEEP_ALIVE_SECONDS,
    ...(answeredWithinMs === undefined ? {} : { query_timeout: answeredWithinMs }),
    onConnect: async (client) => void (await client.query(sessionOf(options))),
    application_name: 'algiers',
  })
  // A connection that idles may be cut at any time; whoever asks next gets another.
  pool.on('error', () => {})
  const telling = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    try {
      return await run()
    } catch (error) {
      throw told(error, address)
    }
  }
  const inTransaction = async <Result>(run: (sql: Sql) => Promise<Result>): Promise<Result> => {
    const client = await pool.connect()
    let broken: Error | undefined
    // Nobody else hears of a connection that breaks while it is lent.
    const onBroken = (error: Error): void => {
      broken = error
    }
    client.on('error', onBroken)
    try {
      await client.query('BEGIN')
      const result = await run(sqlOf(client))
      await client.query('COMMIT')
      return result
    } catch (error) {
      // Nothing goes through a line that does not answer; the database takes back what was begun on it.
      if (isUnanswered(error)) broken = error as Error
      else await client.query('ROLLBACK').catch(onBroken)
      throw error
    } finally {
      client.off('error', onBroken)
      client.release(broken)
    }
  }
  const sql = sqlOf(pool)
  return {
    address,
    sql: (text, values) => telling(() => sql(text, values)),
    transaction: (run) => telling(() => inTransaction(run)),
    session: () => telling(() => pool.connect()),
    // Whoever is cut off is not answered a farewell either.
    close: () => Promise.race([pool.end(), wait(CLOSED_WITHIN_MS, undefined, { ref: false })]),
  }
}

/** Asks once whether the database is there. @throws CATALOGUE_UNREACHABLE, CATALOGUE_REFUSED */
export const requireConnection = async ({ sql }: Pick<Connection, 'sql'>): Promise<void> => {
  await sql('SELECT 1')
}

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5000

/**
 * Repeats what may be repeated until the database is back.
 * @param run may be run again also where nobody knows whether it came through
 */
export const untilBack = async <Result>(
  run: () => Promise<Result>,
  { signal, onWait }: { readonly signal?: AbortSignal; readonly onWait?: (error: Error) => void } = {},
): Promise<Result> => {
  for (let pause = FIRST_WAIT_MS; ; pause = Math.min(2 * pause, LONGEST_WAIT_MS)) {
    try {
      return await run()
    } catch (error) {
      if (!isPassing(error)) throw error
      onWait?.(error as Error)
      await wait(pause, undefined, signal ? { signal } : {})
    }
  }
}
