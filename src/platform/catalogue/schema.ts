import { UserError } from '../../core/support/user-error.ts'
import type { Connection, Sql } from './connect.ts'
import { CATALOGUE_MIGRATIONS } from './migrations.ts'

/** Only one program at a time changes the schema. */
const MIGRATION_LOCK = 74_701

/** Only one at a time makes or changes the tables of the queue, which are not ours. */
const QUEUE_LOCK = 74_703

const CURRENT = CATALOGUE_MIGRATIONS.length

/** Version of the schema; 0 where there is no catalogue yet. */
const versionOf = async (sql: Sql): Promise<number> => {
  const [found] = await sql<{ there: boolean }>(`SELECT to_regclass('algiers.schema_version') IS NOT NULL AS there`)
  if (!found!.there) return 0
  const [row] = await sql<{ version: number }>('SELECT version FROM algiers.schema_version')
  return row?.version ?? 0
}

const tooNew = (version: number): UserError =>
  new UserError('CATALOGUE_TOO_NEW', `The catalogue has version ${version}, this Algiers knows ${CURRENT}.`)

/** Brings the schema up to date. @returns the versions before and after @throws CATALOGUE_TOO_NEW */
export const migrateSchema = ({
  transaction,
}: Pick<Connection, 'transaction'>): Promise<{ readonly from: number; readonly to: number }> =>
  transaction(async (sql) => {
    await sql('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    await sql('CREATE SCHEMA IF NOT EXISTS algiers')
    await sql('CREATE TABLE IF NOT EXISTS algiers.schema_version (version integer NOT NULL)')
    const from = await versionOf(sql)
    if (from > CURRENT) throw tooNew(from)
    for (const migration of CATALOGUE_MIGRATIONS.slice(from)) await sql(migration)
    await sql('DELETE FROM algiers.schema_version')
    await sql('INSERT INTO algiers.schema_version VALUES ($1)', [CURRENT])
    return { from, to: CURRENT }
  })

/** Runs what changes the tables of the queue, while nobody else does. */
export const whileAlone = async ({ session }: Pick<Connection, 'session'>, run: () => Promise<void>): Promise<void> => {
  const client = await session()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [QUEUE_LOCK])
    await run()
  } finally {
    // The lock ends with its connection, whatever has become of it.
    client.release(true)
  }
}

/** @throws CATALOGUE_MISSING, CATALOGUE_OUTDATED, CATALOGUE_TOO_NEW */
export const requireSchema = async ({ sql, address }: Pick<Connection, 'sql' | 'address'>): Promise<void> => {
  const version = await versionOf(sql)
  if (version === 0) throw new UserError('CATALOGUE_MISSING', `${address} holds no catalogue.`)
  if (version > CURRENT) throw tooNew(version)
  if (version < CURRENT)
    throw new UserError('CATALOGUE_OUTDATED', `The catalogue has version ${version}, this Algiers needs ${CURRENT}.`)
}
