import type { DatabaseSync } from 'node:sqlite'
import { type FolderPath, leadingFolders } from '../../core/library/playlist-folders.ts'
import { prepared } from './database.ts'
import type { TrackQuery } from './track-query.ts'

/** What a smart playlist finds its tracks by. */
export type PlaylistFilter = TrackQuery & {
  /** Only tracks whose keys mix with this one. */
  readonly compatibleWith?: string | undefined
}

/** All that is kept of a playlist. */
export type PlaylistState = {
  readonly name: string
  /** Names of the folders around it, the outermost first. */
  readonly folders: FolderPath
  /** What a smart playlist finds its tracks by; null for one whose tracks a person chose. */
  readonly filter: PlaylistFilter | null
  /** The import that brought it; null where the person made it. */
  readonly importId: number | null
  readonly createdAt: string
  readonly changedAt: string
  /** In their order, a track as often as it is there. */
  readonly trackIds: readonly number[]
}

type Row = Omit<PlaylistState, 'folders' | 'filter' | 'trackIds'> & {
  readonly folders: string
  readonly filter: string | null
}

export const parseFilter = (json: string | null): PlaylistFilter | null =>
  json === null ? null : (JSON.parse(json) as PlaylistFilter)

const filterText = (filter: PlaylistFilter | null): string | null => (filter === null ? null : JSON.stringify(filter))

/** What a playlist says after a change, later than it was made even where both are of one millisecond: an import tells by it what is untouched. */
export const laterThan = (createdAt: string): string => {
  const now = Date.now()
  return new Date(Math.max(now, Date.parse(createdAt) + 1)).toISOString()
}

/** Rows of playlists, one by one; whoever writes them holds the transaction. */
export class PlaylistRows {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  trackIds(id: number): readonly number[] {
    const sql = 'SELECT track_id AS trackId FROM playlist_tracks WHERE playlist_id = ? ORDER BY position'
    return (prepared(this.#database, sql).all(id) as { trackId: number }[]).map(({ trackId }) => trackId)
  }

  get(id: number): PlaylistState | null {
    const sql = `SELECT name, folders, filter, import_id AS importId, created_at AS createdAt, changed_at AS changedAt
      FROM playlists WHERE id = ?`
    const row = prepared(this.#database, sql).get(id) as Row | undefined
    if (row === undefined) return null
    const folders = JSON.parse(row.folders) as FolderPath
    return { ...row, folders, filter: parseFilter(row.filter), trackIds: this.trackIds(id) }
  }

  /** The ids of all, in their order. */
  order(): readonly number[] {
    const rows = prepared(this.#database, 'SELECT id FROM playlists ORDER BY position, id').all()
    return (rows as { id: number }[]).map(({ id }) => id)
  }

  /** Moves a playlist in front of another; to the end where that is null or not there. */
  place(id: number, nextId: number | null): void {
    const others = this.order().filter((other) => other !== id)
    const at = nextId === null ? -1 : others.indexOf(nextId)
    const order = others.toSpliced(at < 0 ? others.length : at, 0, id)
    const put = prepared(this.#database, 'UPDATE playlists SET position = ? WHERE id = ?')
    for (const [position, one] of order.entries()) put.run(position, one)
  }

  /** Adds a playlist after all others. @param id the next where left out @returns its id */
  insert(playlist: PlaylistState, id: number | null = null): number {
    const { name, folders, filter, importId, createdAt, changedAt, trackIds } = playlist
    const sql = `INSERT INTO playlists (id, name, folders, filter, position, import_id, created_at, changed_at)
      VALUES (?, ?, ?, ?, (SELECT ifnull(max(position), 0) + 1 FROM playlists), ?, ?, ?)`
    const values = [id, name, JSON.stringify(folders), filterText(filter), importId, createdAt, changedAt]
    const { lastInsertRowid } = prepared(this.#database, sql).run(...values)
    this.#putTracks(Number(lastInsertRowid), trackIds)
    return Number(lastInsertRowid)
  }

  /** Makes a playlist this. */
  put(id: number, playlist: PlaylistState): void {
    const { name, folders, filter, changedAt, trackIds } = playlist
    const sql = 'UPDATE playlists SET name = ?, folders = ?, filter = ?, changed_at = ? WHERE id = ?'
    prepared(this.#database, sql).run(name, JSON.stringify(folders), filterText(filter), changedAt, id)
    this.#putTracks(id, trackIds)
  }

  /** The same, as a change of now. */
  change(id: number, change: Partial<Pick<PlaylistState, 'name' | 'folders' | 'filter' | 'trackIds'>>): void {
    const before = this.get(id)!
    this.put(id, { ...before, ...change, changedAt: laterThan(before.createdAt) })
  }

  remove(id: number): void {
    prepared(this.#database, 'DELETE FROM playlists WHERE id = ?').run(id)
  }

  /** Folders that stay while nothing is in them. */
  keptFolders(): readonly FolderPath[] {
    const rows = prepared(this.#database, 'SELECT folders FROM playlist_folders ORDER BY folders').all()
    return (rows as { folders: string }[]).map(({ folders }) => JSON.parse(folders) as FolderPath)
  }

  /** Keeps a folder and those around it, so that they can be filled again. */
  keepFolder(path: FolderPath): void {
    this.putKeptFolders([...this.keptFolders(), ...leadingFolders(path)])
  }

  putKeptFolders(folders: readonly FolderPath[]): void {
    prepared(this.#database, 'DELETE FROM playlist_folders').run()
    const insert = prepared(this.#database, 'INSERT OR IGNORE INTO playlist_folders (folders) VALUES (?)')
    for (const path of folders) insert.run(JSON.stringify(path))
  }

  /** Only tracks that the library has. */
  #putTracks(id: number, trackIds: readonly number[]): void {
    prepared(this.#database, 'DELETE FROM playlist_tracks WHERE playlist_id = ?').run(id)
    prepared(
      this.#database,
      `INSERT INTO playlist_tracks (playlist_id, position, track_id)
       SELECT ?, key, value FROM json_each(?) WHERE value IN (SELECT id FROM tracks)`,
    ).run(id, JSON.stringify(trackIds))
  }
}
