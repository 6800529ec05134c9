import type { DatabaseSync } from 'node:sqlite'
import { UNREADABLE_CODES } from '../../core/library/lasting-failure.ts'
import { inTransaction, prepared } from './database.ts'
import { deleteTracks } from './delete-tracks.ts'
import { missingTrackIds } from './missing-tracks.ts'
import { HAS_OWN_WORK, IGNORED_IN_ROOT, isMissingSql } from './track-conditions.ts'
import { untilWritten } from './until-written.ts'

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
  /** Tracks with a rating, a colour, a comment or tags of the person's own. */
  readonly notes: number
  /** Tracks of which a person said how their tags are to be read. */
  readonly tagReadings: number
  /** Tracks that a playlist of the person's own making holds. */
  readonly inPlaylists: number
  /** Tracks that a set holds. */
  readonly inSets: number
  /** Transitions that the person has set. */
  readonly transitions: number
}

/** The digests that name files of the cache; null where nothing was made. */
export type CachedTrack = {
  readonly audioDigest: string
  readonly gridDigest: string | null
  readonly featureSpecDigest: string | null
  readonly packDigest: string | null
}

type IdRow = { readonly id: number }

const idsOf = (rows: readonly unknown[]): readonly number[] => (rows as readonly IdRow[]).map(({ id }) => id)

/** Tells which tracks still have files, which of them hold a person's work, and forgets tracks. */
export class PresenceStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  counts(): PresenceCounts {
    const sql = `WITH
      missing AS (SELECT count(*) AS count FROM tracks WHERE ${isMissingSql('tracks.id')}),
      failures AS (SELECT code IN (SELECT value FROM json_each(?)) AS unreadable FROM analysis_failures
        WHERE NOT (${isMissingSql('analysis_failures.track_id')}))
      SELECT (SELECT count(*) FROM tracks) - missing.count AS tracks, missing.count AS missing,
        (SELECT count(*) FROM track_rows WHERE duration_seconds IS NULL
          AND NOT EXISTS (SELECT 1 FROM analysis_failures WHERE track_id = track_rows.track_id)
          AND NOT (${isMissingSql('track_rows.track_id')})) AS notAnalysed,
        (SELECT count(*) FROM failures WHERE unreadable) AS unreadable,
        (SELECT count(*) FROM failures WHERE NOT unreadable) AS failed,
        (SELECT count(*) FROM ignored_files
          WHERE EXISTS (SELECT 1 FROM roots WHERE ${IGNORED_IN_ROOT})) AS ignoredFiles
      FROM missing`
    const count = (): PresenceCounts =>
      prepared(this.#database, sql).get(JSON.stringify(UNREADABLE_CODES)) as PresenceCounts
    return { ...untilWritten(this.#database, sql, count) }
  }

  missingIds(): readonly number[] {
    return missingTrackIds(this.#database)
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
         (SELECT count(*) FROM suggestion_decisions WHERE ${within}) AS decisions,
         (SELECT count(*) FROM (SELECT track_id FROM track_notes WHERE ${within}
           UNION SELECT track_id FROM my_tags WHERE ${within})) AS notes,
         (SELECT count(*) FROM tracks WHERE tag_reading IS NOT NULL
           AND id IN (SELECT value FROM json_each(:ids))) AS tagReadings,
         (SELECT count(DISTINCT track_id) FROM playlist_tracks JOIN playlists ON playlists.id = playlist_id
           WHERE ${within} AND (import_id IS NULL OR changed_at <> created_at)) AS inPlaylists,
         (SELECT count(DISTINCT track_id) FROM set_tracks WHERE ${within}) AS inSets`,
    ).get({ ids }) as Omit<OwnWork, 'tracks' | 'transitions'>
    return { tracks: this.withOwnWork(trackIds).length, ...counts, transitions: this.transitionsOf(trackIds) }
  }

  /** How many transitions the person has set from or to tracks; one between two of them counts once. */
  transitionsOf(trackIds: readonly number[]): number {
    const sql = `SELECT count(*) AS transitions FROM kept_transitions WHERE from_id IN (SELECT value FROM json_each(:ids))
      OR to_id IN (SELECT value FROM json_each(:ids))`
    const row = prepared(this.#database, sql).get({ ids: JSON.stringify(trackIds) })
    return (row as { transitions: number }).transitions
  }

  /** What the cache may hold of tracks: a line for each version of a grid. */
  cached(trackIds: readonly number[]): readonly CachedTrack[] {
    const sql = `SELECT tracks.audio_digest AS audioDigest, grids.digest AS gridDigest,
        feature_spec_digest AS featureSpecDigest, pack_digest AS packDigest
      FROM tracks LEFT JOIN grids ON grids.track_id = tracks.id LEFT JOIN analyses ON analyses.track_id = tracks.id
        LEFT JOIN heard_tracks ON heard_tracks.track_id = tracks.id
      WHERE tracks.id IN (SELECT value FROM json_each(?))`
    return prepared(this.#database, sql).all(JSON.stringify(trackIds)) as CachedTrack[]
  }

  /** Deletes tracks with everything recorded of them, labels too. */
  forget(trackIds: readonly number[]): void {
    if (trackIds.length > 0) inTransaction(this.#database, () => deleteTracks(this.#database, trackIds))
  }
}
