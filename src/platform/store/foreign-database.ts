/**
 * The one reader of databases of other programs. They are opened read-only, and never where they lie: a copy with its journal is, so that
 * a running program is not disturbed and what it wrote last is seen. It stands here because this folder alone knows SQL.
 */
import { existsSync } from 'node:fs'
import { constants, copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { ForeignLibrary } from '../../core/interop/libraries/foreign-library.ts'
import type {
  ForeignRow,
  ForeignTables,
  LibraryDatabaseFormat,
  WantedTables,
} from '../../core/interop/libraries/foreign-rows.ts'
import { LIBRARY_DATABASE_FORMATS } from '../../core/interop/libraries/library-database-formats.ts'
import type { LibraryFormatName } from '../../core/interop/libraries/library-format.ts'
import { UserError } from '../../core/support/user-error.ts'
import { oddFileOf } from './database-files.ts'

/** What SQLite keeps beside a database: what was written last, or how to undo what was not finished. */
const JOURNALS = ['-wal', '-journal'] as const

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Numbers of eight bytes come as bigint: what a double rounds is exact enough for what other programs count. */
const plainRow = (row: Record<string, unknown>): ForeignRow =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      typeof value === 'bigint' ? Number(value) : (value as ForeignRow[string]),
    ]),
  )

/** A view is left out: a hostile one could have rows without end. */
const columnsOf = (database: DatabaseSync, table: string): readonly string[] =>
  database
    .prepare("SELECT i.name FROM sqlite_master m, pragma_table_info(m.name) i WHERE m.type = 'table' AND m.name = ?")
    .all(table)
    .map(({ name }) => String(name))

const readTables = (database: DatabaseSync, wants: WantedTables): ForeignTables =>
  Object.fromEntries(
    Object.entries(wants).map(([table, wanted]) => {
      const there = new Set(columnsOf(database, table))
      const columns = wanted.filter((column) => there.has(column))
      if (columns.length === 0) return [table, []]
      const statement = database.prepare(`SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(table)}`)
      statement.setReadBigInts(true)
      return [table, Array.from(statement.iterate(), (row) => plainRow(row as Record<string, unknown>))]
    }),
  )

/** What a program left unfinished when it died is undone, which only an opening for writing does. */
const recover = (copy: string): void => {
  using database = new DatabaseSync(copy)
  database.prepare('SELECT count(*) FROM sqlite_master').get()
}

const copyTo = async (folder: string, path: string): Promise<string> => {
  const copy = join(folder, basename(path))
  const odd = oddFileOf(path)
  if (odd !== null) throw new UserError('IMPORT_MALFORMED', `${basename(odd)} is a folder, device or pipe.`)
  await copyFile(path, copy, constants.COPYFILE_FICLONE)
  for (const journal of JOURNALS)
    await copyFile(path + journal, copy + journal, constants.COPYFILE_FICLONE).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
  return copy
}

const onCopy = async <Result>(path: string, use: (database: DatabaseSync) => Result): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'algiers-foreign-'))
  try {
    const copy = await copyTo(folder, path)
    try {
      recover(copy)
      using database = new DatabaseSync(copy, { readOnly: true })
      return use(database)
    } catch (error) {
      throw new UserError('IMPORT_MALFORMED', `${basename(path)}: ${(error as Error).message}`, {}, error)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * @param wants tables and columns; what the database lacks is left out
 * @throws UserError IMPORT_MALFORMED where it is no database of SQLite, or a damaged one
 */
export const readForeignDatabase = (path: string, wants: WantedTables): Promise<ForeignTables> =>
  onCopy(path, (database) => readTables(database, wants))

const tableNames = (database: DatabaseSync): ReadonlySet<string> =>
  new Set(
    database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
      .all()
      .map(({ name }) => String(name)),
  )

type Read = { readonly format: LibraryDatabaseFormat; readonly tables: ForeignTables }

const readAsFormat = (database: DatabaseSync): Read | null => {
  const names = tableNames(database)
  const format = LIBRARY_DATABASE_FORMATS.find(({ tables }) => tables.every((table) => names.has(table)))
  return format === undefined ? null : { format, tables: readTables(database, format.wants) }
}

const joinTables = (all: readonly ForeignTables[]): ForeignTables => {
  const names = new Set(all.flatMap((tables) => Object.keys(tables)))
  return Object.fromEntries([...names].map((name) => [name, all.flatMap((tables) => tables[name] ?? [])]))
}

export type LibraryInDatabase = {
  readonly format: LibraryFormatName
  /** As people call it: "Engine DJ library". */
  readonly title: string
  readonly library: ForeignLibrary
}

/**
 * Recognises a library by its tables, whatever the file is called, and reads it with the databases beside it that belong to it.
 * @returns null for a database of a program that is not read
 * @throws UserError IMPORT_MALFORMED where it is no database of SQLite, or a damaged one
 */
export const openLibraryDatabase = async (path: string): Promise<LibraryInDatabase | null> => {
  const read = await onCopy(path, readAsFormat)
  if (read === null) return null
  const { name, title, wants, beside, parse } = read.format
  const others = beside.map((other) => join(dirname(path), other)).filter((other) => existsSync(other))
  const tables = await Promise.all(others.map((other) => readForeignDatabase(other, wants)))
  return { format: name, title, library: parse(joinTables([read.tables, ...tables])) }
}
