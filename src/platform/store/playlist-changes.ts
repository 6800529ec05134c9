import type { DatabaseSync } from 'node:sqlite'
import { prepared } from './database.ts'
import { changeScenes, idsOf, type PlaylistScene, type PlaylistTable, restoreScene } from './playlist-scenes.ts'

export type PlaylistChange = {
  readonly id: number
  /** What was done, in a sentence. */
  readonly says: string
  /** Playlists that it made new. */
  readonly made: readonly number[]
}

export type TakenBackChange = {
  readonly says: string
  readonly playlistIds: readonly number[]
  /** Tracks that were in a playlist and have left the library since. */
  readonly lostTracks: number
}

type Row = { readonly says: string; readonly before: string; readonly after: string; readonly isUndone: number }

/** So many changes can be taken back, and fewer where they are of long lists. */
const MOST_CHANGES = 200
const MOST_BYTES = 32 << 20

/** What was done with playlists, and the way back; whoever calls it holds the transaction. */
export class PlaylistChanges {
  readonly #database: DatabaseSync
  readonly #rows: PlaylistTable

  constructor(database: DatabaseSync, rows: PlaylistTable) {
    this.#database = database
    this.#rows = rows
  }

  make(says: string, touched: readonly number[], make: (rows: PlaylistTable) => readonly number[]): PlaylistChange {
    const { made, before, after } = changeScenes(this.#rows, touched, make)
    const { lastInsertRowid } = prepared(
      this.#database,
      'INSERT INTO playlist_changes (says, before, after, changed_at) VALUES (?, ?, ?, ?)',
    ).run(says, JSON.stringify(before), JSON.stringify(after), new Date().toISOString())
    this.#prune()
    return { id: Number(lastInsertRowid), says, made }
  }

  next(way: 'undo' | 'redo'): number | null {
    const sql =
      way === 'undo'
        ? 'SELECT max(id) AS id FROM playlist_changes WHERE is_undone = 0'
        : `SELECT min(id) AS id FROM playlist_changes WHERE is_undone = 1
             AND id > (SELECT ifnull(max(id), 0) FROM playlist_changes WHERE is_undone = 0)`
    return (prepared(this.#database, sql).get() as { id: number | null }).id
  }

  takeBack(changeId: number, way: 'undo' | 'redo'): TakenBackChange | null {
    const sql = 'SELECT says, before, after, is_undone AS isUndone FROM playlist_changes WHERE id = ?'
    const row = prepared(this.#database, sql).get(changeId) as Row | undefined
    if (row === undefined || row.isUndone !== Number(way === 'redo')) return null
    const [before, after] = [JSON.parse(row.before), JSON.parse(row.after)] as [PlaylistScene, PlaylistScene]
    const [from, to] = way === 'undo' ? [after, before] : [before, after]
    const ids = idsOf(to)
    if (this.#hasNewer(changeId, new Set(ids))) return null
    const lostTracks = restoreScene(this.#rows, from, to)
    if (lostTracks === null) return null
    prepared(this.#database, 'UPDATE playlist_changes SET is_undone = ? WHERE id = ?').run(
      Number(way === 'undo'),
      changeId,
    )
    return { says: row.says, playlistIds: ids, lostTracks }
  }

  /** Whether a later change that holds is of one of these playlists. */
  #hasNewer(changeId: number, ids: ReadonlySet<number>): boolean {
    const sql = `SELECT json_extract(one.value, '$[0]') AS id FROM playlist_changes, json_each(after, '$.playlists') AS one
      WHERE playlist_changes.id > ? AND is_undone = 0`
    const rows = prepared(this.#database, sql).all(changeId) as { id: number }[]
    return rows.some(({ id }) => ids.has(id))
  }

  #prune(): void {
    const sql = `DELETE FROM playlist_changes WHERE id NOT IN (
      SELECT id FROM (SELECT id, row_number() OVER newest AS place,
        sum(length(before) + length(after)) OVER newest AS bytes
        FROM playlist_changes WINDOW newest AS (ORDER BY id DESC))
      WHERE place = 1 OR (place <= ? AND bytes <= ?))`
    prepared(this.#database, sql).run(MOST_CHANGES, MOST_BYTES)
  }
}
