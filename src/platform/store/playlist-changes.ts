import type { DatabaseSync } from 'node:sqlite'
import { type FolderPath, folderKey } from '../../core/library/playlist-folders.ts'
import { prepared } from './database.ts'
import type { PlaylistRows, PlaylistState } from './playlist-rows.ts'

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

type Placed = PlaylistState & {
  /** The playlist that it stands in front of; null for the last. */
  readonly nextId: number | null
}

/** Some playlists at one moment; null where there is none of that id. */
type PlaylistScene = {
  readonly playlists: readonly (readonly [id: number, state: Placed | null])[]
  readonly keptFolders: readonly FolderPath[]
}

type Row = { readonly says: string; readonly before: string; readonly after: string; readonly isUndone: number }

/** So many changes can be taken back, and fewer where they are of long lists. */
const MOST_CHANGES = 200
const MOST_BYTES = 32 << 20

/** What was done with playlists, and the way back; whoever calls it holds the transaction. */
export class PlaylistChanges {
  readonly #database: DatabaseSync
  readonly #rows: PlaylistRows

  constructor(database: DatabaseSync, rows: PlaylistRows) {
    this.#database = database
    this.#rows = rows
  }

  make(says: string, touched: readonly number[], make: (rows: PlaylistRows) => readonly number[]): PlaylistChange {
    const before = this.#scene(touched)
    const made = make(this.#rows)
    const after = this.#scene([...touched, ...made])
    const added = made.map((id) => [id, null] as const)
    const { lastInsertRowid } = prepared(
      this.#database,
      'INSERT INTO playlist_changes (says, before, after, changed_at) VALUES (?, ?, ?, ?)',
    ).run(
      says,
      JSON.stringify({ ...before, playlists: [...before.playlists, ...added] }),
      JSON.stringify(after),
      new Date().toISOString(),
    )
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
    const ids = to.playlists.map(([id]) => id)
    if (this.#hasNewer(changeId, new Set(ids)) || !this.#isThere(from)) return null
    const lostTracks = this.#restore(to)
    this.#restoreFolders(from.keptFolders, to.keptFolders)
    prepared(this.#database, 'UPDATE playlist_changes SET is_undone = ? WHERE id = ?').run(
      Number(way === 'undo'),
      changeId,
    )
    return { says: row.says, playlistIds: ids, lostTracks }
  }

  #scene(ids: readonly number[]): PlaylistScene {
    const order = this.#rows.order()
    const placeOf = new Map(order.map((id, at) => [id, at]))
    return {
      playlists: ids
        .toSorted((one, other) => (placeOf.get(one) ?? 0) - (placeOf.get(other) ?? 0))
        .map((id) => {
          const state = this.#rows.get(id)
          return [id, state && { ...state, nextId: order[placeOf.get(id)! + 1] ?? null }] as const
        }),
      keptFolders: this.#rows.keptFolders(),
    }
  }

  /** Whether a later change that holds is of one of these playlists. */
  #hasNewer(changeId: number, ids: ReadonlySet<number>): boolean {
    const sql = `SELECT json_extract(one.value, '$[0]') AS id FROM playlist_changes, json_each(after, '$.playlists') AS one
      WHERE playlist_changes.id > ? AND is_undone = 0`
    const rows = prepared(this.#database, sql).all(changeId) as { id: number }[]
    return rows.some(({ id }) => ids.has(id))
  }

  /** Whether each playlist is there, or not there, as a scene has it. */
  #isThere(scene: PlaylistScene): boolean {
    const there = new Set(this.#rows.order())
    return scene.playlists.every(([id, state]) => there.has(id) === (state !== null))
  }

  /** @returns how many tracks are no longer there to be put back */
  #restore({ playlists }: PlaylistScene): number {
    let lost = 0
    // The last first, so that each finds the one that it stood in front of.
    const inOrder = playlists.toReversed()
    for (const [id, state] of inOrder) {
      if (state === null) {
        this.#rows.remove(id)
        continue
      }
      if (this.#rows.get(id) === null) this.#rows.insert(state, id)
      else this.#rows.put(id, state)
      lost += state.trackIds.length - this.#rows.trackIds(id).length
    }
    for (const [id, state] of inOrder) if (state !== null) this.#rows.place(id, state.nextId)
    return lost
  }

  /** Takes back what became of folders; what later changes made of others stays. */
  #restoreFolders(from: readonly FolderPath[], to: readonly FolderPath[]): void {
    const [left, wanted] = [new Set(from.map(folderKey)), new Set(to.map(folderKey))]
    const staying = this.#rows.keptFolders().filter((path) => wanted.has(folderKey(path)) || !left.has(folderKey(path)))
    this.#rows.putKeptFolders([...staying, ...to.filter((path) => !left.has(folderKey(path)))])
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
