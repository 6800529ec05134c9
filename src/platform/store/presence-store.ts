import type { DatabaseSync } from 'node:sqlite'
import { UNREADABLE_CODES } from '../../core/library/lasting-failure.ts'
import { inTransaction, prepared } from './database.ts'
import { deleteTracks } from './delete-tracks.ts'
import { HAS_OWN_WORK, isMissingSql } from './track-conditions.ts'

/** Tracks by how they stand; no track counts twice. */
export type PresenceCounts = {
  /** In the library: all but those that are missing. */
  readonly tracks: number
  /** Of these, tracks that no analysis has tried yet. */
  readonly notAnalysed: number
  /** Of these, tracks whose files are broken, or that no decoder here knows. */
  readonly unreadable: number
  /** Of these, tracks that could not be analysed for another reason. */
  readonly failed: number
  readonly missing: number
  readonly ignoredFiles: number
}

/** What a person made of some tracks. */
export type OwnWork = {
  readonly tracks: number
  readonly labels: number
  readonly editedGrids: number
  readonly decisions: number
}

type IdRow = { readonly id: number }

const idsOf = (rows: readonly unknown[]): readonly number[] => (rows as readonly IdRow[]).map(({ id }) => id)

/** Tells which tracks still have files, which of them hold a person's work, and forgets tracks. */
export class PresenceStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** Looks at each track once. */
  counts(): PresenceCounts {
    const sql = `WITH standing AS (
        SELECT ${isMissingSql('tracks.id')} AS missing, analysis_failures.code AS failure,
          analysis_failures.code IN (SELECT value FROM json_each(?)) AS unreadable,
          analyses.track_id IS NULL AS unanalysed
        FROM tracks LEFT JOIN analysis_failures ON analysis_failures.track_id = tracks.id
          LEFT JOIN analyses ON analyses.track_id = tracks.id)
      SELECT count(*) FILTER (WHERE NOT missing) AS tracks,
        count(*) FILTER (WHERE NOT missing AND failure IS NULL AND unanalysed) AS notAnalysed,
        count(*) FILTER (WHERE NOT missing AND unreadable) AS unreadable,
        count(*) FILTER (WHERE NOT missing AND NOT unreadable) AS failed,
        count(*) FILTER (WHERE missing) AS missing,
        (SELECT count(*) FROM ignored_files) AS ignoredFiles
      FROM standing`
    return { ...(prepared(this.#database, sql).get(JSON.stringify(UNREADABLE_CODES)) as PresenceCounts) }
  }

  missingIds(): readonly number[] {
    return idsOf(prepared(this.#database, `SELECT id FROM tracks WHERE ${isMissingSql('tracks.id')}`).all())
  }

  /** Missing tracks that no person has worked on: nothing is lost with them. */
  lostIds(): readonly number[] {
    const sql = `SELECT id FROM tracks WHERE ${isMissingSql('tracks.id')} AND NOT ${HAS_OWN_WORK} ORDER BY id`
    return idsOf(prepared(this.#database, sql).all())
  }

  /** Tracks that no other folder holds a file of. */
  idsOnlyIn(rootId: number): readonly number[] {
    const sql = `SELECT id FROM tracks WHERE EXISTS (
        SELECT 1 FROM locations WHERE track_id = tracks.id AND root_id = :root)
      AND NOT EXISTS (SELECT 1 FROM locations JOIN roots ON roots.id = root_id
        WHERE track_id = tracks.id AND root_id <> :root AND (missing_since IS NULL OR offline_since IS NOT NULL))
      ORDER BY id`
    return idsOf(prepared(this.#database, sql).all({ root: rootId }))
  }

  /** How many tracks have a file in a folder, or had one that is missing now. */
  countIn(rootId: number): number {
    const sql = 'SELECT count(DISTINCT track_id) AS count FROM locations WHERE root_id = ?'
    return (prepared(this.#database, sql).get(rootId) as { count: number }).count
  }

  /** Those of some tracks that a person has worked on. */
  withOwnWork(trackIds: readonly number[]): readonly number[] {
    const sql = `SELECT id FROM tracks WHERE id IN (SELECT value FROM json_each(?)) AND ${HAS_OWN_WORK} ORDER BY id`
    return idsOf(prepared(this.#database, sql).all(JSON.stringify(trackIds)))
  }

  ownWork(trackIds: readonly number[]): OwnWork {
    const ids = JSON.stringify(trackIds)
    const within = 'track_id IN (SELECT value FROM json_each(:ids))'
    const counts = prepared(
      this.#database,
      `SELECT (SELECT count(*) FROM labels WHERE ${within}) AS labels,
         (SELECT count(*) FROM grids WHERE ${within} AND origin = 'edited') AS editedGrids,
         (SELECT count(*) FROM suggestion_decisions WHERE ${within}) AS decisions`,
    ).get({ ids }) as Omit<OwnWork, 'tracks'>
    return { tracks: this.withOwnWork(trackIds).length, ...counts }
  }

  /** Deletes tracks with everything recorded of them, labels too. */
  forget(trackIds: readonly number[]): void {
    if (trackIds.length > 0) inTransaction(this.#database, () => deleteTracks(this.#database, trackIds))
  }
}
