import type { DatabaseSync } from 'node:sqlite'
import { prepared } from './database.ts'

type Remembered = { readonly revision: string; readonly found: Map<string, unknown> }

const remembered = new WeakMap<DatabaseSync, Remembered>()
/** More questions than these have not been asked between two writes. */
const MOST_QUESTIONS = 200

/** Another text after every row that this connection writes, and every transaction of another. */
export const revisionOf = (database: DatabaseSync): string => {
  const { changes } = prepared(database, 'SELECT total_changes() AS changes').get() as { changes: number }
  const { data_version: version } = prepared(database, 'PRAGMA data_version').get() as { data_version: number }
  return `${changes} ${version}`
}

/**
 * What a question to the database found, kept until anything is written: the pages of a list, and everybody who asks how the library
 * is, ask the same again, and each time it would go through all tracks.
 * @param key names the question with all its values
 */
export const untilWritten = <Found>(database: DatabaseSync, key: string, find: () => Found): Found => {
  // What is rolled back later would have counted as written.
  if (database.isTransaction) return find()
  const revision = revisionOf(database)
  const known = remembered.get(database)
  const { found } = known?.revision === revision ? known : { found: new Map<string, unknown>() }
  if (known?.revision !== revision) remembered.set(database, { revision, found })
  if (!found.has(key)) {
    if (found.size >= MOST_QUESTIONS) found.clear()
    found.set(key, find())
  }
  return found.get(key) as Found
}
