import type { DatabaseSync } from 'node:sqlite'

/** Tables whose rows hold a track in place, so that nothing but this takes them along; rows of all others go by themselves. */
const HOLDING = ['labels', 'suggestion_decisions', 'analysis_failures', 'analyses', 'grids', 'locations'] as const

/** Deletes tracks with everything that is recorded of them. Call it in a transaction. */
export const deleteTracks = (database: DatabaseSync, trackIds: readonly number[]): void => {
  const ids = JSON.stringify(trackIds)
  for (const table of HOLDING)
    database.prepare(`DELETE FROM ${table} WHERE track_id IN (SELECT value FROM json_each(?))`).run(ids)
  database.prepare('DELETE FROM tracks WHERE id IN (SELECT value FROM json_each(?))').run(ids)
}
