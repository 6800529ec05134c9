import type { DatabaseSync } from 'node:sqlite'
import { prepared } from './database.ts'
import { isMissingSql } from './track-conditions.ts'
import { untilWritten } from './until-written.ts'

const MISSING = `SELECT id FROM tracks WHERE ${isMissingSql('tracks.id')}`

/** Tracks of which no folder of the library holds a file. */
export const missingTrackIds = (database: DatabaseSync): readonly number[] =>
  untilWritten(database, MISSING, () =>
    (prepared(database, MISSING).all() as { readonly id: number }[]).map(({ id }) => id),
  )
