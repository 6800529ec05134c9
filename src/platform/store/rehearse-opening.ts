import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { storageError } from '../../core/support/storage-error.ts'
import { UserError } from '../../core/support/user-error.ts'
import { migrateWithoutCopy, requireSound, schemaVersion } from './database.ts'
import { JobStore } from './job-store.ts'
import { countLibrary } from './list-backups.ts'
import { SettingsStore } from './settings-store.ts'

const damaged = (name: string, found: string, cause?: unknown): UserError =>
  new UserError('DATABASE_DAMAGED', `${name}: ${found}.`, {}, cause)

type Rehearsal = {
  readonly path: string
  /** What the copy is called in the list. */
  readonly name: string
  /** Folder of the model versions. */
  readonly models: string
}

/** Every table with its columns, and what acts by itself, by name and with what it does. */
type Shape = { readonly columns: ReadonlySet<string>; readonly acting: ReadonlyMap<string, string> }

/** What a statement does, however its lines are laid out. */
const statementOf = (sql: string): string => sql.replaceAll(/\s+/g, ' ').trim()

const shapeOf = (database: DatabaseSync): Shape => {
  const columns = database
    .prepare(
      `SELECT tables.name || '.' || columns.name AS place FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
       WHERE tables.type = 'table'`,
    )
    .all() as { readonly place: string }[]
  const acting = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view')").all() as {
    readonly name: string
    readonly sql: string
  }[]
  return {
    columns: new Set(columns.map(({ place }) => place)),
    acting: new Map(acting.map(({ name, sql }) => [name, statementOf(sql)])),
  }
}

/** What a library that was made today has. */
const expectedShape = (): Shape => {
  const fresh = new DatabaseSync(':memory:')
  try {
    migrateWithoutCopy(fresh, ':memory:')
    return shapeOf(fresh)
  } finally {
    fresh.close()
  }
}

/**
 * A version that an Algiers of another kind gave its file says nothing of the tables in it, and a trigger that is none of ours, by its
 * name and by what it does, would change the library at each write.
 * @throws DATABASE_DAMAGED
 */
const requireShape = (database: DatabaseSync, name: string): void => {
  const [found, expected] = [shapeOf(database), expectedShape()]
  const missing = [...expected.columns].find((place) => !found.columns.has(place))
  if (missing !== undefined) throw damaged(name, `is no library of Algiers: it has no ${missing}`)
  for (const [acting, sql] of found.acting)
    if (expected.acting.get(acting) !== sql)
      throw damaged(name, `is no library of Algiers: it has a trigger or view ${acting} of its own`)
  const lacking = [...expected.acting.keys()].find((acting) => !found.acting.has(acting))
  if (lacking !== undefined) throw damaged(name, `is no library of Algiers: it has no trigger ${lacking}`)
}

/** Deactivates a version whose files have been deleted since the copy. */
const dropMissingModel = (copy: DatabaseSync, models: string): void => {
  // The version that ships, 0, has no files here.
  const row = copy.prepare('SELECT version FROM model_versions WHERE active = 1 AND version > 0').get()
  if (row && !existsSync(join(models, `dj_section_v${row.version}.onnx`)))
    copy.exec('UPDATE model_versions SET active = 0 WHERE active = 1')
}

/**
 * Opens a copy as a start would: checks it, migrates it, and reads what a start reads.
 * @throws DATABASE_DAMAGED, SCHEMA_TOO_NEW, STORAGE_FULL
 */
export const rehearseOpening = ({ path, name, models }: Rehearsal): void => {
  const copy = new DatabaseSync(path, { enableForeignKeyConstraints: true })
  try {
    requireSound(copy, name)
    if (schemaVersion(copy) <= 0) throw damaged(name, 'is no library of Algiers')
    migrateWithoutCopy(copy, name)
    requireShape(copy, name)
    countLibrary(copy)
    new SettingsStore(copy).all()
    new JobStore(copy).list()
    dropMissingModel(copy, models)
    copy.exec('PRAGMA journal_mode = DELETE')
  } catch (error) {
    const told = storageError(error)
    throw told instanceof UserError ? told : damaged(name, (error as Error).message, error)
  } finally {
    copy.close()
  }
}
