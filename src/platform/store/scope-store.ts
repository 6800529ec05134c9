import type { DatabaseSync } from 'node:sqlite'
import { ownNameKey } from '../../core/labels/own-kind.ts'
import { changing } from './changing.ts'
import { prepared } from './database.ts'
import type { PlaylistFilter } from './playlist-rows.ts'

/** Whether the active version of a scope does better there than the general one. */
export type ScopeProof = {
  readonly version: number
  /** The general version that it was set beside; null where there was none. */
  readonly against: number | null
  readonly isProven: boolean
  /** In a sentence. */
  readonly text: string
  /** Tracks of the scope at that time: of two that claim a track, the smaller answers. */
  readonly tracks: number
}

/** A part of the library that models are trained for by themselves. */
export type Scope = {
  readonly id: number
  readonly name: string
  readonly filter: PlaylistFilter
  readonly activeVersion: number | null
  readonly proof: ScopeProof | null
  readonly createdAt: string
  /** Null as long as it is in use. */
  readonly removedAt: string | null
}

type Row = Omit<Scope, 'filter' | 'proof'> & { readonly filter: string; readonly proof: string | null }

const SCOPES = `SELECT id, name, filter, active_version AS activeVersion, proof, created_at AS createdAt, removed_at AS removedAt
  FROM model_scopes`

const toScope = (row: Row): Scope => ({
  ...row,
  filter: JSON.parse(row.filter) as PlaylistFilter,
  proof: row.proof === null ? null : (JSON.parse(row.proof) as ScopeProof),
})

export class ScopeStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** Those in use, by name. */
  list(): readonly Scope[] {
    return (prepared(this.#database, `${SCOPES} WHERE removed_at IS NULL ORDER BY name_key`).all() as Row[]).map(
      toScope,
    )
  }

  /** Removed ones, too. */
  get(id: number): Scope | null {
    const row = prepared(this.#database, `${SCOPES} WHERE id = ?`).get(id) as Row | undefined
    return row === undefined ? null : toScope(row)
  }

  /** Removed ones, too. */
  named(name: string): Scope | null {
    const row = prepared(this.#database, `${SCOPES} WHERE name_key = ?`).get(ownNameKey(name)) as Row | undefined
    return row === undefined ? null : toScope(row)
  }

  /** Keeps a scope; one of that name that was removed comes back, with its versions. @returns its id */
  put(name: string, filter: PlaylistFilter): number {
    const sql = `INSERT INTO model_scopes (name, name_key, filter, created_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (name_key) DO UPDATE SET name = excluded.name, filter = excluded.filter, removed_at = NULL,
        active_version = NULL, proof = NULL RETURNING id`
    const values = [name, ownNameKey(name), JSON.stringify(filter), new Date().toISOString()]
    return changing(() => (prepared(this.#database, sql).get(...values) as { id: number }).id)
  }

  /** What was proven of another filter is proven no more. */
  change(id: number, { name, filter }: Pick<Scope, 'name' | 'filter'>): void {
    const sql = 'UPDATE model_scopes SET name = ?, name_key = ?, filter = ?, proof = NULL WHERE id = ?'
    changing(() => prepared(this.#database, sql).run(name, ownNameKey(name), JSON.stringify(filter), id))
  }

  /** @param version null: the general one answers for it again */
  activate(id: number, version: number | null): void {
    const sql = 'UPDATE model_scopes SET active_version = ?, proof = NULL WHERE id = ?'
    changing(() => prepared(this.#database, sql).run(version, id))
  }

  prove(id: number, proof: ScopeProof | null): void {
    const sql = 'UPDATE model_scopes SET proof = ? WHERE id = ?'
    changing(() => prepared(this.#database, sql).run(proof && JSON.stringify(proof), id))
  }

  /** Brings one that was removed back, with the version that was active. @returns whether it was removed */
  restore(id: number, version: number | null): boolean {
    const sql = 'UPDATE model_scopes SET removed_at = NULL, active_version = ? WHERE id = ? AND removed_at IS NOT NULL'
    return changing(() => prepared(this.#database, sql).run(version, id).changes > 0)
  }

  remove(id: number): void {
    const sql = 'UPDATE model_scopes SET removed_at = ?, active_version = NULL, proof = NULL WHERE id = ?'
    changing(() => prepared(this.#database, sql).run(new Date().toISOString(), id))
  }
}
