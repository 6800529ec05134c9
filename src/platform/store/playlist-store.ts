import type { DatabaseSync } from 'node:sqlite'
import { inTransaction, prepared } from './database.ts'

export type NewPlaylist = {
  readonly name: string
  /** Names of the folders around it, the outermost first. */
  readonly folders: readonly string[]
  /** In their order, a track as often as it is there. */
  readonly trackIds: readonly number[]
}

export type PlaylistOutline = Omit<NewPlaylist, 'trackIds'> & {
  readonly id: number
  readonly tracks: number
  /** The import that brought it; null where the person made it. */
  readonly importId: number | null
  readonly createdAt: string
}

type Row = Omit<PlaylistOutline, 'folders'> & { readonly folders: string }

/** Keeps playlists: ordered groups of tracks in folders. */
export class PlaylistStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** In their order. */
  list(): readonly PlaylistOutline[] {
    const rows = this.#database
      .prepare(
        `SELECT playlists.id AS id, name, folders, import_id AS importId, created_at AS createdAt,
           (SELECT count(*) FROM playlist_tracks WHERE playlist_id = playlists.id) AS tracks
         FROM playlists ORDER BY position, id`,
      )
      .all() as Row[]
    return rows.map((row) => ({ ...row, folders: JSON.parse(row.folders) as string[] }))
  }

  trackIds(id: number): readonly number[] {
    const rows = prepared(
      this.#database,
      'SELECT track_id AS trackId FROM playlist_tracks WHERE playlist_id = ? ORDER BY position',
    ).all(id) as { trackId: number }[]
    return rows.map(({ trackId }) => trackId)
  }

  /** Adds playlists after those that there are, as one step. @param importId null where the person makes them @returns their ids */
  add(playlists: readonly NewPlaylist[], importId: number | null = null): readonly number[] {
    return inTransaction(this.#database, () => {
      const { last } = this.#database.prepare('SELECT ifnull(max(position), 0) AS last FROM playlists').get() as {
        last: number
      }
      const now = new Date().toISOString()
      const insert = prepared(
        this.#database,
        'INSERT INTO playlists (name, folders, position, import_id, created_at, changed_at) VALUES (?, ?, ?, ?, ?, ?)',
      )
      const insertTrack = prepared(
        this.#database,
        'INSERT INTO playlist_tracks (playlist_id, position, track_id) VALUES (?, ?, ?)',
      )
      return playlists.map(({ name, folders, trackIds }, index) => {
        const { lastInsertRowid } = insert.run(name, JSON.stringify(folders), last + 1 + index, importId, now, now)
        for (const [position, trackId] of trackIds.entries()) insertTrack.run(lastInsertRowid, position, trackId)
        return Number(lastInsertRowid)
      })
    })
  }

  /** Removes the playlists of an import that nobody has changed. @returns how many went, and how many stay */
  removeOfImport(importId: number): { readonly removed: number; readonly kept: number } {
    return inTransaction(this.#database, () => {
      const { changes } = this.#database
        .prepare('DELETE FROM playlists WHERE import_id = ? AND changed_at = created_at')
        .run(importId)
      const { kept } = this.#database
        .prepare('SELECT count(*) AS kept FROM playlists WHERE import_id = ?')
        .get(importId) as { kept: number }
      return { removed: Number(changes), kept }
    })
  }
}
