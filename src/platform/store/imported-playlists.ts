import type { DatabaseSync } from 'node:sqlite'
import { importedName } from '../../core/library/kept-name.ts'
import { prepared } from './database.ts'
import type { PlaylistRows, PlaylistState } from './playlist-rows.ts'

/** What becomes of a playlist that an import brings: `kept` or `deleted` where the person has changed or deleted what an earlier import brought. */
type Fate = 'added' | 'updated' | 'unchanged' | 'kept' | 'deleted'

export type PlaylistBringing = {
  readonly program: string
  /** Null: only says what would become of them. */
  readonly importId: number | null
  /** Brings those again that the person has deleted. */
  readonly withDeleted: boolean
}

export type PlaylistFates = Readonly<Record<Fate, number>>

export const NO_PLAYLISTS: PlaylistFates = { added: 0, updated: 0, unchanged: 0, kept: 0, deleted: 0 }

/** How the other program calls it: by its folders and its name. */
const pathOf = ({ folders, name }: Pick<PlaylistState, 'folders' | 'name'>): string => JSON.stringify([folders, name])

/** The same as names are kept today: imports of earlier versions kept them as they came. */
const keptPath = (path: string): string => {
  const [folders, name] = JSON.parse(path) as [readonly string[], string]
  return pathOf({ folders: folders.map(importedName), name: importedName(name) })
}

type KnownRow = { readonly playlistId: number; readonly path: string }
type BeforeRow = { readonly playlistId: number; readonly before: string }

/** Playlists of imports, by what the other program called them; whoever calls it holds the transaction. */
export class ImportedPlaylists {
  readonly #database: DatabaseSync
  readonly #rows: PlaylistRows

  constructor(database: DatabaseSync, rows: PlaylistRows) {
    this.#database = database
    this.#rows = rows
  }

  /** Adds playlists, or brings those up to date that earlier imports of the program brought and nobody has changed. */
  bringIn(playlists: readonly PlaylistState[], { program, importId, withDeleted }: PlaylistBringing): PlaylistFates {
    const known = this.#known(program)
    const fates = { ...NO_PLAYLISTS }
    for (const playlist of playlists) {
      const path = keptPath(pathOf(playlist))
      const id = known.get(path)?.shift() ?? null
      const before = id === null ? null : this.#rows.get(id)
      const isDeleted = id !== null && before === null && !withDeleted
      const fate = isDeleted ? 'deleted' : fateOf(before, playlist)
      fates[fate]++
      if (importId === null || (fate !== 'added' && fate !== 'updated')) continue
      if (before === null) this.#keep(importId, this.#rows.insert(playlist), { path, before: null })
      else {
        // It stays as nobody has changed it, so that a later import may do the same.
        this.#put(id!, { ...before, trackIds: playlist.trackIds, importId })
        this.#keep(importId, id!, { path, before })
      }
    }
    return fates
  }

  /** Puts those back that an import brought up to date and nobody has changed since. @returns how many */
  restore(importId: number): number {
    const rows = prepared(
      this.#database,
      `SELECT playlist_id AS playlistId, before FROM imported_playlists JOIN playlists ON playlists.id = playlist_id
       WHERE imported_playlists.import_id = :importId AND before IS NOT NULL
         AND playlists.import_id = :importId AND changed_at = created_at`,
    ).all({ importId }) as BeforeRow[]
    const states = rows.map(({ playlistId, before }) => [playlistId, JSON.parse(before) as PlaylistState] as const)
    // What the import before brought is gone with that one.
    const restored = states.filter(([, { importId: earlier }]) => this.#isInForce(earlier))
    for (const [id, state] of restored) this.#put(id, state)
    return restored.length
  }

  #isInForce(importId: number | null): boolean {
    const sql = 'SELECT 1 FROM imports WHERE id = ? AND undone_at IS NULL'
    return prepared(this.#database, sql).get(importId) !== undefined
  }

  #put(id: number, state: PlaylistState): void {
    this.#rows.put(id, state)
    prepared(this.#database, 'UPDATE playlists SET import_id = ? WHERE id = ?').run(state.importId, id)
  }

  #keep(
    importId: number,
    playlistId: number,
    { path, before }: { readonly path: string; readonly before: PlaylistState | null },
  ): void {
    prepared(
      this.#database,
      'INSERT INTO imported_playlists (import_id, playlist_id, path, before) VALUES (?, ?, ?, ?)',
    ).run(importId, playlistId, path, before && JSON.stringify(before))
  }

  /** Of imports that are in force; the same path may be there several times, those last that the person has deleted. */
  #known(program: string): ReadonlyMap<string, number[]> {
    const rows = prepared(
      this.#database,
      `SELECT playlist_id AS playlistId, path FROM imported_playlists JOIN imports ON imports.id = import_id
       WHERE program = ? AND undone_at IS NULL GROUP BY playlist_id
       ORDER BY playlist_id NOT IN (SELECT id FROM playlists), playlist_id`,
    ).all(program) as KnownRow[]
    return new Map(
      [...Map.groupBy(rows, ({ path }) => keptPath(path))].map(([path, all]) => [
        path,
        all.map(({ playlistId }) => playlistId),
      ]),
    )
  }
}

const fateOf = (before: PlaylistState | null, brought: PlaylistState): Fate => {
  if (before === null) return 'added'
  if (before.changedAt !== before.createdAt) return 'kept'
  return before.trackIds.join() === brought.trackIds.join() ? 'unchanged' : 'updated'
}
