import type { DatabaseSync } from 'node:sqlite'
import type { FolderPath } from '../../core/library/playlist-folders.ts'
import { inTransaction, prepared } from './database.ts'
import { ImportedPlaylists, type PlaylistBringing, type PlaylistFates } from './imported-playlists.ts'
import { type PlaylistChange, PlaylistChanges, type TakenBackChange } from './playlist-changes.ts'
import { type PlaylistFilter, PlaylistRows, type PlaylistState, parseFilter } from './playlist-rows.ts'
import type { PlaylistTable } from './playlist-scenes.ts'
import { isMissingSql } from './track-conditions.ts'

export type NewPlaylist = Pick<PlaylistState, 'name' | 'folders' | 'trackIds'> & {
  readonly filter?: PlaylistFilter | null
}

export type PlaylistOutline = Omit<PlaylistState, 'trackIds'> & {
  readonly id: number
  /** Places in it; of a smart one, which has none of its own, 0. */
  readonly places: number
}

type OutlineRow = Omit<PlaylistOutline, 'folders' | 'filter'> & {
  readonly folders: string
  readonly filter: string | null
}

const OUTLINES = `SELECT playlists.id AS id, name, folders, filter, import_id AS importId, created_at AS createdAt,
    changed_at AS changedAt, (SELECT count(*) FROM playlist_tracks WHERE playlist_id = playlists.id) AS places
  FROM playlists`

const toOutline = (row: OutlineRow): PlaylistOutline => ({
  ...row,
  folders: JSON.parse(row.folders) as FolderPath,
  filter: parseFilter(row.filter),
})

/** A new playlist as it is kept. */
export const freshPlaylist = (playlist: NewPlaylist, importId: number | null = null): PlaylistState => {
  const now = new Date().toISOString()
  return { filter: null, ...playlist, importId, createdAt: now, changedAt: now }
}

/** Keeps playlists: ordered groups of tracks in folders, and smart ones, which are filters. */
export class PlaylistStore {
  readonly #database: DatabaseSync
  readonly #rows: PlaylistRows
  readonly #changes: PlaylistChanges
  readonly #imported: ImportedPlaylists

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#rows = new PlaylistRows(database)
    this.#changes = new PlaylistChanges(database, this.#rows)
    this.#imported = new ImportedPlaylists(database, this.#rows)
  }

  /** In their order. */
  list(): readonly PlaylistOutline[] {
    return (prepared(this.#database, `${OUTLINES} ORDER BY position, id`).all() as OutlineRow[]).map(toOutline)
  }

  get(id: number): PlaylistOutline | null {
    const row = prepared(this.#database, `${OUTLINES} WHERE id = ?`).get(id) as OutlineRow | undefined
    return row === undefined ? null : toOutline(row)
  }

  /** Folders that stay while nothing is in them. */
  keptFolders(): readonly FolderPath[] {
    return this.#rows.keptFolders()
  }

  trackIds(id: number): readonly number[] {
    return this.#rows.trackIds(id)
  }

  /** How many of its tracks no folder of the library holds any more. */
  missing(id: number): number {
    const sql = `SELECT count(DISTINCT track_id) AS missing FROM playlist_tracks
      WHERE playlist_id = ? AND ${isMissingSql('playlist_tracks.track_id')}`
    return (prepared(this.#database, sql).get(id) as { missing: number }).missing
  }

  /** Adds playlists after those that there are. @returns their ids */
  add(playlists: readonly NewPlaylist[]): readonly number[] {
    return inTransaction(this.#database, () => playlists.map((playlist) => this.#rows.insert(freshPlaylist(playlist))))
  }

  /** Adds the playlists of an import, or brings those up to date that earlier imports of the program brought. */
  bringIn(playlists: readonly NewPlaylist[], bringing: PlaylistBringing): PlaylistFates {
    const fresh = playlists.map((playlist) => freshPlaylist(playlist, bringing.importId))
    return inTransaction(this.#database, () => this.#imported.bringIn(fresh, bringing))
  }

  /** Removes the playlists of an import that nobody has changed, or puts them back as they were before it. */
  removeOfImport(importId: number): { readonly removed: number; readonly restored: number; readonly kept: number } {
    return inTransaction(this.#database, () => {
      const restored = this.#imported.restore(importId)
      const { changes } = this.#database
        .prepare('DELETE FROM playlists WHERE import_id = ? AND changed_at = created_at')
        .run(importId)
      const { kept } = this.#database
        .prepare('SELECT count(*) AS kept FROM playlists WHERE import_id = ?')
        .get(importId) as { kept: number }
      return { removed: Number(changes), restored, kept }
    })
  }

  /**
   * Makes a change as one step that can be taken back.
   * @param says what was done, in a sentence @param touched playlists that are there and are changed or removed
   * @param make changes rows @returns ids of playlists that are new
   */
  change(says: string, touched: readonly number[], make: (rows: PlaylistTable) => readonly number[]): PlaylistChange {
    return inTransaction(this.#database, () => this.#changes.make(says, touched, make))
  }

  /** The change that undo, or redo, would take back now; null where there is none. */
  nextToTakeBack(way: 'undo' | 'redo'): number | null {
    return this.#changes.next(way)
  }

  /** Puts playlists back as they were before a change, or after it. @returns null where they have changed since */
  takeBack(changeId: number, way: 'undo' | 'redo'): TakenBackChange | null {
    return inTransaction(this.#database, () => this.#changes.takeBack(changeId, way))
  }
}
