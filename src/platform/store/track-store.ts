import { join, relative, sep } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { FoundFile, KnownFile } from '../../core/library/scan-plan.ts'
import type { TagReading } from '../../core/library/tag-readings.ts'
import type { Track, TrackLocation } from '../../core/library/track.ts'
import { TAGS_VERSION, type TrackTags } from '../../core/library/track-tags.ts'
import { inTransaction, prepared } from './database.ts'
import { type LibraryFigures, libraryFigures } from './library-figures.ts'
import { countTracks, findTrackIds, type TrackMatches, type TrackQuery } from './track-query.ts'
import { fillTrackRows, parseTags, refreshTrackRow } from './track-row.ts'
import { revisionOf } from './until-written.ts'

/** What reading a file's bytes revealed about it. */
export type IdentifiedFile = FoundFile & {
  readonly audioDigest: string
  readonly fileDigest: string
  readonly tags: TrackTags
}

/** Null is what is not known. */
export type TrackMeasures = {
  readonly tempoBpm: number | null
  readonly camelot: string | null
  readonly energy: number | null
  readonly durationSeconds: number | null
}

type TrackRow = {
  id: number
  audioDigest: string
  tags: string
  tagReading: TagReading | null
  addedAt: string
  lastPath: string | null
}
type LocationRow = {
  trackId: number
  rootId: number
  rootPath: string
  path: string
  fileDigest: string
  sizeBytes: number
  modifiedMs: number
  missingSince: string | null
  offlineSince: string | null
}

const TRACK_COLUMNS =
  'id, audio_digest AS audioDigest, tags, tag_reading AS tagReading, added_at AS addedAt, last_path AS lastPath'
const LOCATIONS = `
  SELECT track_id AS trackId, root_id AS rootId, roots.path AS rootPath, locations.path AS path, file_digest AS fileDigest,
    size_bytes AS sizeBytes, modified_ms AS modifiedMs, missing_since AS missingSince, offline_since AS offlineSince
  FROM locations JOIN roots ON roots.id = root_id`

const toLocation = (row: LocationRow): TrackLocation => ({
  rootId: row.rootId,
  path: join(row.rootPath, ...row.path.split('/')),
  fileDigest: row.fileDigest,
  sizeBytes: row.sizeBytes,
  modifiedMs: row.modifiedMs,
  missingSince: row.missingSince,
  offline: row.offlineSince !== null,
})

const toTrack = (row: TrackRow, locations: readonly TrackLocation[]): Track => ({
  id: row.id,
  audioDigest: row.audioDigest,
  tags: parseTags(row.tags, row.tagReading),
  addedAt: row.addedAt,
  locations,
  lastPath: row.lastPath,
})

/** Whether a file is of a track: by its sound, or byte by byte, since an earlier version may have told the sound otherwise. */
export const isFileOf = (
  { audioDigest, locations }: Track,
  file: Pick<IdentifiedFile, 'audioDigest' | 'fileDigest'>,
): boolean => audioDigest === file.audioDigest || locations.some(({ fileDigest }) => fileDigest === file.fileDigest)

const OGG_PATH = /\.(?:og[agvx]|opus|spx)$/i

/** Keeps recordings and where their files lie. */
export class TrackStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
    fillTrackRows(database)
  }

  /** A page of ids; everything else is read by id. */
  find(query: TrackQuery): TrackMatches {
    return findTrackIds(this.#database, query)
  }

  count(query: TrackQuery): number {
    return countTracks(this.#database, query)
  }

  /** How the tracks that match spread over what is known of them. @param rest lets others have their turn */
  figures(query: TrackQuery, rest: () => Promise<void>): Promise<LibraryFigures> {
    return libraryFigures(this.#database, query, rest)
  }

  /** Another text once anything of the library was written. */
  revision(): string {
    return revisionOf(this.#database)
  }

  list(): readonly Track[] {
    const locations = new Map<number, TrackLocation[]>()
    for (const row of this.#database.prepare(`${LOCATIONS} ORDER BY missing_since IS NOT NULL, locations.id`).all()) {
      const { trackId } = row as LocationRow
      locations.set(trackId, [...(locations.get(trackId) ?? []), toLocation(row as LocationRow)])
    }
    const rows = this.#database.prepare(`SELECT ${TRACK_COLUMNS} FROM tracks ORDER BY id`).all() as TrackRow[]
    return rows.map((row) => toTrack(row, locations.get(row.id) ?? []))
  }

  ids(): readonly number[] {
    const rows = this.#database.prepare('SELECT id FROM tracks ORDER BY id').all() as { id: number }[]
    return rows.map(({ id }) => id)
  }

  /** Those ids that no track has. */
  unknown(ids: readonly number[]): readonly number[] {
    const sql = 'SELECT value AS id FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM tracks WHERE id = value)'
    const rows = prepared(this.#database, sql).all(JSON.stringify(ids)) as { id: number }[]
    return rows.map(({ id }) => id)
  }

  /** What a pool of tracks is chosen by; of all tracks, by their ids. */
  measures(): ReadonlyMap<number, TrackMeasures> {
    const sql =
      'SELECT track_id AS id, bpm AS tempoBpm, camelot, energy, duration_seconds AS durationSeconds FROM track_rows'
    const rows = prepared(this.#database, sql).all() as (TrackMeasures & { readonly id: number })[]
    return new Map(rows.map(({ id, ...measures }) => [id, measures]))
  }

  /** Tags of several tracks at once, without where their files are; ids that are not there are left out. */
  tagsOf(ids: readonly number[]): readonly Pick<Track, 'id' | 'audioDigest' | 'tags'>[] {
    const sql = `SELECT id, audio_digest AS audioDigest, tags, tag_reading AS tagReading FROM tracks
      WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`
    const rows = prepared(this.#database, sql).all(JSON.stringify(ids)) as TrackRow[]
    return rows.map(({ tags, tagReading, ...track }) => ({ ...track, tags: parseTags(tags, tagReading) }))
  }

  get(id: number): Track | null {
    return this.#read('id', id)
  }

  findByDigest(audioDigest: string): Track | null {
    return this.#read('audio_digest', audioDigest)
  }

  /** @param path absolute */
  findByPath(path: string): Track | null {
    const roots = this.#database.prepare('SELECT id, path FROM roots').all() as { id: number; path: string }[]
    for (const root of roots) {
      const row = this.#database
        .prepare('SELECT track_id AS trackId FROM locations WHERE root_id = ? AND path = ?')
        .get(root.id, relative(root.path, path).split(sep).join('/')) as { trackId: number } | undefined
      if (row) return this.get(row.trackId)
    }
    return null
  }

  /** The files of a root as earlier scans recorded them. */
  knownFiles(rootId: number): readonly KnownFile[] {
    const rows = this.#database
      .prepare(
        `SELECT path, size_bytes AS sizeBytes, modified_ms AS modifiedMs, missing_since AS missingSince
         FROM locations WHERE root_id = ?`,
      )
      .all(rootId) as (FoundFile & { missingSince: string | null })[]
    return rows.map(({ path, sizeBytes, modifiedMs, missingSince }) => ({
      path,
      sizeBytes,
      modifiedMs,
      missing: missingSince !== null,
    }))
  }

  /** Records a file: the same audio is the same track, wherever it lies and whatever its tags say. */
  recordFile(rootId: number, file: IdentifiedFile): { readonly trackId: number; readonly isNew: boolean } {
    return inTransaction(this.#database, () => {
      const existing =
        this.#database.prepare('SELECT id FROM tracks WHERE audio_digest = ?').get(file.audioDigest) ??
        this.#renewed(file)
      const tags = JSON.stringify(file.tags)
      const root = this.#database.prepare('SELECT path FROM roots WHERE id = ?').get(rootId) as { path: string }
      const lastPath = join(root.path, ...file.path.split('/'))
      const row = existing
        ? this.#database
            .prepare('UPDATE tracks SET tags = ?, tags_version = ?, last_path = ? WHERE id = ? RETURNING id')
            .get(tags, TAGS_VERSION, lastPath, existing.id!)
        : this.#database
            .prepare(
              'INSERT INTO tracks (audio_digest, tags, tags_version, added_at, last_path) VALUES (?, ?, ?, ?, ?) RETURNING id',
            )
            .get(file.audioDigest, tags, TAGS_VERSION, new Date().toISOString(), lastPath)
      const trackId = row!.id as number
      this.#database
        .prepare(
          `INSERT INTO locations (track_id, root_id, path, file_digest, size_bytes, modified_ms) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (root_id, path) DO UPDATE SET track_id = excluded.track_id, file_digest = excluded.file_digest,
             size_bytes = excluded.size_bytes, modified_ms = excluded.modified_ms, missing_since = NULL`,
        )
        .run(trackId, rootId, file.path, file.fileDigest, file.sizeBytes, file.modifiedMs)
      refreshTrackRow(this.#database, trackId)
      return { trackId, isNew: existing === undefined }
    })
  }

  /**
   * Brings a track up to date whose sound an earlier version told otherwise; what is derived from it is made anew. Nothing changes where
   * another track has that sound.
   */
  renewDigest(trackId: number, audioDigest: string): void {
    this.#database.prepare('UPDATE OR IGNORE tracks SET audio_digest = ? WHERE id = ?').run(audioDigest, trackId)
  }

  /** The track that has had this very file, byte by byte. */
  #renewed({ path, fileDigest, audioDigest }: IdentifiedFile): { readonly id: number } | undefined {
    // Of no other kind has the digest of the sound ever changed; looking through all files for each new one takes long.
    if (!OGG_PATH.test(path)) return undefined
    const sql = 'SELECT track_id AS id FROM locations WHERE file_digest = ? ORDER BY id LIMIT 1'
    const found = prepared(this.#database, sql).get(fileDigest) as { id: number } | undefined
    if (found) this.renewDigest(found.id, audioDigest)
    return found
  }

  /** How the tags are written in the file, whatever a person wants them read as, and what that is. */
  writtenTags(id: number): { readonly tags: TrackTags; readonly reading: TagReading | null } | null {
    const row = prepared(this.#database, 'SELECT tags, tag_reading AS reading FROM tracks WHERE id = ?').get(id)
    if (!row) return null
    const { tags, reading } = row as { tags: string; reading: TagReading | null }
    return { tags: parseTags(tags, null), reading }
  }

  /** @param reading null takes the decision back */
  readTagsAs(id: number, reading: TagReading | null): void {
    inTransaction(this.#database, () => {
      this.#database.prepare('UPDATE tracks SET tag_reading = ? WHERE id = ?').run(reading, id)
      refreshTrackRow(this.#database, id)
    })
  }

  /** Tracks of a root whose tags an earlier version read, each with a file that is there, relative to the root. */
  withOldTags(rootId: number): readonly { readonly trackId: number; readonly path: string }[] {
    return this.#database
      .prepare(
        `SELECT track_id AS trackId, min(path) AS path FROM locations JOIN tracks ON tracks.id = track_id
         WHERE root_id = ? AND missing_since IS NULL AND tags_version < ? GROUP BY track_id`,
      )
      .all(rootId, TAGS_VERSION) as { trackId: number; path: string }[]
  }

  putTags(trackId: number, tags: TrackTags): void {
    inTransaction(this.#database, () => {
      this.#database
        .prepare('UPDATE tracks SET tags = ?, tags_version = ? WHERE id = ?')
        .run(JSON.stringify(tags), TAGS_VERSION, trackId)
      refreshTrackRow(this.#database, trackId)
    })
  }

  /** Marks files that a complete scan of a reachable root did not find, and forgets old places of tracks that have moved. */
  settleScan(rootId: number, vanished: readonly KnownFile[], returned: readonly FoundFile[]): void {
    const now = new Date().toISOString()
    inTransaction(this.#database, () => {
      const mark = this.#database.prepare('UPDATE locations SET missing_since = ? WHERE root_id = ? AND path = ?')
      const trackOf = this.#database.prepare('SELECT track_id AS id FROM locations WHERE root_id = ? AND path = ?')
      const touched = [...vanished, ...returned].map(({ path }) => (trackOf.get(rootId, path) as { id: number }).id)
      for (const file of vanished) mark.run(now, rootId, file.path)
      for (const file of returned) mark.run(null, rootId, file.path)
      this.#database
        .prepare(
          `DELETE FROM locations WHERE missing_since IS NOT NULL AND EXISTS (
             SELECT 1 FROM locations AS other WHERE other.track_id = locations.track_id AND other.missing_since IS NULL)`,
        )
        .run()
      for (const id of new Set(touched)) refreshTrackRow(this.#database, id)
    })
  }

  #read(column: 'id' | 'audio_digest', value: number | string): Track | null {
    const row = prepared(this.#database, `SELECT ${TRACK_COLUMNS} FROM tracks WHERE ${column} = ?`).get(value)
    if (!row) return null
    const { id } = row as TrackRow
    const locations = prepared(
      this.#database,
      `${LOCATIONS} WHERE track_id = ? ORDER BY missing_since IS NOT NULL, locations.id`,
    ).all(id) as LocationRow[]
    return toTrack(row as TrackRow, locations.map(toLocation))
  }
}
