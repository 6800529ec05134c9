import { engineDatabase } from './engine/engine-database.ts'
import type { LibraryDatabaseFormat } from './foreign-rows.ts'
import { mixxxDatabase } from './mixxx/mixxx-database.ts'

/** Every library in a database that is read. */
export const LIBRARY_DATABASE_FORMATS: readonly LibraryDatabaseFormat[] = [mixxxDatabase, engineDatabase]

const FILE_NAMES: ReadonlySet<string> = new Set(LIBRARY_DATABASE_FORMATS.flatMap(({ fileNames }) => fileNames))

/** Whether a file in a folder is called as such a database is; of a file that a person names, the tables tell. */
export const isLibraryDatabaseName = (name: string): boolean =>
  FILE_NAMES.has(name.slice(name.lastIndexOf('/') + 1).toLowerCase())
