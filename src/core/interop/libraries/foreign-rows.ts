import type { ForeignLibrary } from './foreign-library.ts'
import type { LibraryFormatName } from './library-format.ts'

/** Rows of a database of another program, as plain values; whole numbers that no double can hold exactly are rounded. */
export type ForeignRow = Readonly<Record<string, number | string | Uint8Array | null>>
/** By the name of the table; a table that is not there has no rows. */
export type ForeignTables = Readonly<Record<string, readonly ForeignRow[]>>
/** Which columns of which tables a reader asks for; a column that is not there is missing from the rows. */
export type WantedTables = Readonly<Record<string, readonly string[]>>

/** How a library in a database is recognised by the names of its tables, and read. */
export type LibraryDatabaseFormat = {
  readonly name: LibraryFormatName
  readonly title: string
  /** Of the files that are such databases, in lower case. */
  readonly fileNames: readonly string[]
  /** Which tables tell that a database is one. */
  readonly tables: readonly string[]
  /** Names of databases beside it whose tables belong to it. */
  readonly beside: readonly string[]
  readonly wants: WantedTables
  readonly parse: (tables: ForeignTables) => ForeignLibrary
}

export const rowNumber = (row: ForeignRow, column: string): number | null => {
  const value = row[column]
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  // SQLite keeps a number as text where somebody wrote one.
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  return Number.isFinite(number) ? number : null
}

/** Of audio that anybody has: what lies outside is a damaged number. */
const SAMPLE_RATES_HZ = [4000, 768_000] as const
export const isSampleRate = (rate: number | null): rate is number =>
  rate !== null && rate >= SAMPLE_RATES_HZ[0] && rate <= SAMPLE_RATES_HZ[1]

export const rowText = (row: ForeignRow, column: string): string | null => {
  const value = row[column]
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  return text === '' ? null : text
}

export const rowBytes = (row: ForeignRow, column: string): Uint8Array | null => {
  const value = row[column]
  return value instanceof Uint8Array && value.length > 0 ? value : null
}

/** Rows by a number that several may share, such as the track that they belong to. */
export const rowsBy = (rows: readonly ForeignRow[] = [], column: string): ReadonlyMap<number, readonly ForeignRow[]> =>
  Map.groupBy(
    rows.filter((row) => rowNumber(row, column) !== null),
    (row) => rowNumber(row, column)!,
  )
