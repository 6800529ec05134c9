import { engineDatabase } from './engine/engine-database.ts'
import type { LibraryDatabaseFormat } from './foreign-rows.ts'
import { mixxxDatabase } from './mixxx/mixxx-database.ts'

/** Every library in a database that is read. */
export const LIBRARY_DATABASE_FORMATS: readonly LibraryDatabaseFormat[] = [mixxxDatabase, engineDatabase]
