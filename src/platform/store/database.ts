import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { storageError } from '../../core/support/storage-error.ts'
import { UserError } from '../../core/support/user-error.ts'
import { removeDatabase } from './database-files.ts'
import { diskEffects, syncFile } from './disk-effects.ts'
import { beginLog, LibraryDatabase, requireInPlace } from './library-database.ts'
import { migrations as allMigrations } from './migrations.ts'

export type OpenDatabaseOptions = {
  readonly path: string
  /** Folder for the copy made before a migration. */
  readonly backups: string
  readonly migrations?: readonly string[]
  /** Told before each part of an update begins, while which nothing else of this thread runs. */
  readonly onUpdate?: (update: LibraryUpdate) => void
}

/** What is done to a library that an older Algiers has left. */
export type LibraryUpdate =
  | { readonly stage: 'checking' }
  /** `path` grows to about so many bytes. */
  | { readonly stage: 'copying'; readonly path: string; readonly bytes: number }
  /** Steps are counted from 1. */
  | { readonly stage: 'changing'; readonly step: number; readonly steps: number }

/** 3.51.3 fixed a corruption of the write-ahead log (sqlite.org/releaselog, 13 March 2026). */
const MINIMUM_SQLITE = [3, 51, 3] as const

const assertSqliteVersion = (database: DatabaseSync): void => {
  const { version } = database.prepare('SELECT sqlite_version() AS version').get() as { version: string }
  const found = version.split('.').map(Number)
  const differing = MINIMUM_SQLITE.findIndex((part, position) => found[position] !== part)
  if (differing >= 0 && found[differing]! < MINIMUM_SQLITE[differing]!)
    throw new Error(`SQLite ${version} is too old: ${MINIMUM_SQLITE.join('.')} or later is needed`)
}

export const schemaVersion = (database: DatabaseSync): number =>
  (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version

const statements = new WeakMap<DatabaseSync, Map<string, StatementSync>>()

/** A statement that is compiled only once, for queries repeated for every line of a list. */
export const prepared = (database: DatabaseSync, sql: string): StatementSync => {
  const known = statements.get(database) ?? new Map<string, StatementSync>()
  statements.set(database, known)
  const statement = known.get(sql) ?? database.prepare(sql)
  known.set(sql, statement)
  return statement
}

/** All or nothing. Nesting is a bug, which SQLite reports. */
export const inTransaction = <Result>(database: DatabaseSync, run: () => Result): Result => {
  requireInPlace(database)
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = run()
    requireInPlace(database)
    database.exec('COMMIT')
    requireInPlace(database)
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw storageError(error)
  }
}

const figure = (database: DatabaseSync, name: 'page_count' | 'freelist_count' | 'page_size'): number =>
  Object.values(database.prepare(`PRAGMA ${name}`).get() as Record<string, number>)[0]!

type Migration = Omit<OpenDatabaseOptions, 'backups'> & { readonly backups: string | null }

/** Others see the whole copy or none. */
const backUp = (database: DatabaseSync, backups: string, onUpdate: OpenDatabaseOptions['onUpdate']): void => {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  const name = `algiers-schema-${schemaVersion(database)}-${stamp}.db`
  // What a kill has left of an earlier try is overwritten.
  const partial = join(backups, `.partial-algiers-schema-${schemaVersion(database)}.db`)
  const pages = figure(database, 'page_count') - figure(database, 'freelist_count')
  onUpdate?.({ stage: 'copying', path: partial, bytes: pages * figure(database, 'page_size') })
  try {
    removeDatabase(partial)
    database.prepare('VACUUM INTO ?').run(partial)
    syncFile(partial)
    diskEffects.rename(partial, join(backups, name))
    diskEffects.syncFolder(backups)
  } catch (error) {
    // Where the disk is full, half a copy is what it has least room for.
    removeDatabase(partial)
    throw error
  }
}

const migrate = (database: DatabaseSync, { path, backups, migrations = allMigrations, onUpdate }: Migration): void => {
  const version = schemaVersion(database)
  if (version > migrations.length)
    throw new UserError(
      'SCHEMA_TOO_NEW',
      `${path} has schema ${version}; this Algiers knows up to ${migrations.length}.`,
      { found: version, supported: migrations.length },
    )
  const isOld = version > 0 && version < migrations.length
  if (isOld && backups !== null) backUp(database, backups, onUpdate)
  const take = (step: number): void => {
    database.exec(migrations[step]!)
    database.exec(`PRAGMA user_version = ${step + 1}`)
  }
  const steps = [...migrations.keys()].slice(version)
  // A new library is one change: to have each step kept by the disk by itself takes it ten times as long.
  if (version === 0) inTransaction(database, () => steps.forEach(take))
  else
    for (const step of steps) {
      if (isOld) onUpdate?.({ stage: 'changing', step: step + 1 - version, steps: migrations.length - version })
      inTransaction(database, () => take(step))
    }
}

/** For a file that is a copy already. @throws SCHEMA_TOO_NEW */
export const migrateWithoutCopy = (database: DatabaseSync, path: string): void =>
  migrate(database, { path, backups: null })

/** Primary result codes of SQLite (sqlite.org/rescode.html) for a damaged file. */
const DAMAGE_CODES: readonly number[] = [11, 26]

export const damaged = (path: string, found: string, cause?: unknown): UserError =>
  new UserError('DATABASE_DAMAGED', `${path}: ${found}.`, {}, cause)

/** Refuses a damaged database, because using it would lose labels. @throws DATABASE_DAMAGED */
export const requireSound = (database: DatabaseSync, path: string): void => {
  const { quick_check: found } = database.prepare('PRAGMA quick_check(1)').get() as Record<string, string>
  if (found !== 'ok') throw damaged(path, found!)
}

/** A database without a version is a new library where it has no tables, and somebody else's where it has. @throws DATABASE_DAMAGED */
const requireOurs = (database: DatabaseSync, path: string): void => {
  if (schemaVersion(database) > 0) return
  const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number }
  if (tables > 0) throw damaged(path, 'is the database of another program')
}

/**
 * Opens the database, and makes or migrates it where needed. Nothing changes when the schema is too new or the file is damaged.
 * @throws SCHEMA_TOO_NEW, DATABASE_DAMAGED
 */
export const openDatabase = (options: OpenDatabaseOptions): LibraryDatabase => {
  const isNew = !existsSync(options.path)
  const database = new LibraryDatabase(options.path)
  try {
    assertSqliteVersion(database)
    const { migrations = allMigrations } = options
    const found = schemaVersion(database)
    if (found > 0 && found < migrations.length) options.onUpdate?.({ stage: 'checking' })
    if (!isNew) requireSound(database, options.path)
    if (!isNew && schemaVersion(database) > migrations.length) migrate(database, options)
    if (!isNew) requireOurs(database, options.path)
    beginLog(database)
    migrate(database, options)
    database.settle()
    return database
  } catch (error) {
    database.close()
    const { errcode, message } = error as { errcode?: number; message: string }
    throw DAMAGE_CODES.includes((errcode ?? 0) & 0xff) ? damaged(options.path, message, error) : error
  }
}
