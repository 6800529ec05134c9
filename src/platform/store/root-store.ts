import type { DatabaseSync } from 'node:sqlite'
import { changing } from './changing.ts'

export type Root = {
  readonly id: number
  readonly path: string
  readonly addedAt: string
  readonly scannedAt: string | null
  readonly offlineSince: string | null
}

const COLUMNS = 'id, path, added_at AS addedAt, scanned_at AS scannedAt, offline_since AS offlineSince'

export class RootStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  list(): readonly Root[] {
    return this.#database.prepare(`SELECT ${COLUMNS} FROM roots ORDER BY path`).all() as Root[]
  }

  get(id: number): Root | null {
    return (this.#database.prepare(`SELECT ${COLUMNS} FROM roots WHERE id = ?`).get(id) as Root | undefined) ?? null
  }

  /** Adding a folder again returns its first root. */
  add(path: string): Root {
    const insert = this.#database.prepare(
      'INSERT INTO roots (path, added_at) VALUES (?, ?) ON CONFLICT (path) DO NOTHING',
    )
    changing(() => insert.run(path, new Date().toISOString()))
    return this.#database.prepare(`SELECT ${COLUMNS} FROM roots WHERE path = ?`).get(path) as Root
  }

  /** Forgets the folder with its file locations; its tracks stay. */
  remove(id: number): void {
    changing(() => this.#database.prepare('DELETE FROM roots WHERE id = ?').run(id))
  }

  markScanned(id: number): void {
    const update = this.#database.prepare('UPDATE roots SET scanned_at = ?, offline_since = NULL WHERE id = ?')
    changing(() => update.run(new Date().toISOString(), id))
  }

  /** Folders below it that lay on other drives when it was last scanned, relative, with slashes. */
  mounts(id: number): readonly string[] {
    const row = this.#database.prepare('SELECT mounts FROM roots WHERE id = ?').get(id)
    return row === undefined ? [] : (JSON.parse(row.mounts as string) as readonly string[])
  }

  putMounts(id: number, mounts: readonly string[]): void {
    const update = this.#database.prepare('UPDATE roots SET mounts = ? WHERE id = ?')
    changing(() => update.run(JSON.stringify(mounts), id))
  }

  markOffline(id: number): void {
    const update = this.#database.prepare('UPDATE roots SET offline_since = COALESCE(offline_since, ?) WHERE id = ?')
    changing(() => update.run(new Date().toISOString(), id))
  }
}
