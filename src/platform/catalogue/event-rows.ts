import type { Connection, Sql } from './connect.ts'

const CHANNEL = 'algiers_events'
/** Events are kept in the order in which they become visible, so that whoever catches up misses none. */
const ORDER_LOCK = 74_702

export type EventRow = {
  readonly id: number
  readonly at: Date
  readonly teamId: number | null
  readonly event: unknown
}

const COLUMNS = 'id::float8 AS id, at, team_id AS "teamId", event'

/** Tells everybody, or a team, what has happened, once the transaction ends; the last statement of it, since all others wait meanwhile. */
export const putEvent = async (sql: Sql, teamId: number | null, event: object): Promise<void> => {
  await sql('SELECT pg_advisory_xact_lock($1)', [ORDER_LOCK])
  await sql(
    `WITH made AS (INSERT INTO algiers.events (team_id, event) VALUES ($1, $2) RETURNING id)
     SELECT pg_notify('${CHANNEL}', id::text) FROM made`,
    [teamId, JSON.stringify(event)],
  )
}

/** Events after one, the oldest first. */
export const eventsAfter = (sql: Sql, id: number, most: number): Promise<readonly EventRow[]> =>
  sql(`SELECT ${COLUMNS} FROM algiers.events WHERE id > $1 ORDER BY id LIMIT $2`, [id, most])

/** The first event that is kept and the last; zeros where none is. */
export const eventRange = async (sql: Sql): Promise<{ readonly first: number; readonly last: number }> => {
  const [row] = await sql<{ first: number | null; last: number | null }>(
    'SELECT min(id)::float8 AS first, max(id)::float8 AS last FROM algiers.events',
  )
  return { first: row?.first ?? 0, last: row?.last ?? 0 }
}

/** Forgets what nobody needs to catch up with. */
export const forgetEvents = async (sql: Sql, keptDays: number): Promise<void> => {
  await sql(`DELETE FROM algiers.events WHERE at < now() - make_interval(days => $1)`, [keptDays])
}

/** How often a line that only listens is asked whether it is still there: one that was cut without a word would be silent for ever. */
export const ASKED_EVERY_MS = 15_000

/**
 * Listens on a connection of its own until it breaks.
 * @param onEvent somebody has made an event
 * @param onEnd nothing more is heard
 * @returns ends it
 */
export const listen = async (
  { session }: Pick<Connection, 'session'>,
  {
    onEvent,
    onEnd,
    askedEveryMs = ASKED_EVERY_MS,
  }: { readonly onEvent: () => void; readonly onEnd: () => void; readonly askedEveryMs?: number },
): Promise<() => void> => {
  const client = await session()
  let isOpen = true
  const question = { text: 'SELECT 1', query_timeout: askedEveryMs }
  const asking = setInterval(() => void client.query(question).catch(end), askedEveryMs).unref()
  const end = (error?: Error): void => {
    if (!isOpen) return
    isOpen = false
    clearInterval(asking)
    client.release(error ?? true)
    onEnd()
  }
  client.on('error', end)
  client.on('end', () => end())
  client.on('notification', onEvent)
  try {
    await client.query(`LISTEN ${CHANNEL}`)
  } catch (error) {
    end(error as Error)
    throw error
  }
  return () => end()
}
