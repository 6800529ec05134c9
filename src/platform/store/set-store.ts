import type { DatabaseSync } from 'node:sqlite'
import { inTransaction, prepared } from './database.ts'

export type SetVersionOutline = {
  readonly version: number
  /** The version that it was made of; null for the first. */
  readonly parent: number | null
  readonly name: string
  /** What was done, in words. */
  readonly change: string
  readonly tracks: number
  readonly createdAt: string
}

export type StoredSetVersion = SetVersionOutline & {
  readonly contentSchema: number
  /** JSON. */
  readonly content: string
}

export type SetOutline = Pick<StoredSetVersion, 'name' | 'tracks' | 'version' | 'contentSchema'> & {
  readonly id: number
  readonly createdAt: string
  readonly changedAt: string
}

export type NewSetVersion = Pick<StoredSetVersion, 'name' | 'change' | 'contentSchema' | 'content'> & {
  /** In their order. */
  readonly trackIds: readonly number[]
}

/** More steps than anybody takes back; the oldest go first. */
const MOST_VERSIONS = 200

const OUTLINE = 'version, parent, name, change, tracks, created_at AS createdAt'

/** Keeps sets: versions of what is to be played, of which one is in force. */
export class SetStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** The last changed one first. */
  list(): readonly SetOutline[] {
    return this.#outlines('ORDER BY changed_at DESC, id DESC').all() as SetOutline[]
  }

  get(id: number): SetOutline | null {
    return (this.#outlines('WHERE id = ?').get(id) as SetOutline | undefined) ?? null
  }

  version(id: number, version: number): StoredSetVersion | null {
    const sql = `SELECT ${OUTLINE}, content_schema AS contentSchema, content FROM set_versions WHERE set_id = ? AND version = ?`
    return (prepared(this.#database, sql).get(id, version) as StoredSetVersion | undefined) ?? null
  }

  /** The newest first. */
  versions(id: number): readonly SetVersionOutline[] {
    const sql = `SELECT ${OUTLINE} FROM set_versions WHERE set_id = ? ORDER BY version DESC`
    return prepared(this.#database, sql).all(id) as SetVersionOutline[]
  }

  /** @returns its id */
  add(first: NewSetVersion): number {
    return inTransaction(this.#database, () => {
      const now = new Date().toISOString()
      const sql = 'INSERT INTO sets (version, created_at, changed_at) VALUES (1, ?, ?)'
      const id = Number(prepared(this.#database, sql).run(now, now).lastInsertRowid)
      this.#put(id, { ...first, version: 1, parent: null, now })
      return id
    })
  }

  /** @param seen the version that the new one is made of @returns the new version; null where another one is in force by now */
  append(id: number, seen: number, next: NewSetVersion): number | null {
    return inTransaction(this.#database, () => {
      if (this.get(id)?.version !== seen) return null
      const last = this.versions(id)[0]!.version
      this.#put(id, { ...next, version: last + 1, parent: seen, now: new Date().toISOString() })
      this.#putInForce(id, last + 1, next.trackIds)
      prepared(this.#database, 'DELETE FROM set_versions WHERE set_id = ? AND version <= ?').run(
        id,
        last + 1 - MOST_VERSIONS,
      )
      return last + 1
    })
  }

  /** Puts another version in force. @param seen the one that is @returns false where it is not any more */
  goTo(
    id: number,
    seen: number,
    { version, trackIds }: { readonly version: number } & Pick<NewSetVersion, 'trackIds'>,
  ): boolean {
    return inTransaction(this.#database, () => {
      if (this.get(id)?.version !== seen) return false
      this.#putInForce(id, version, trackIds)
      return true
    })
  }

  /** @returns whether it was there */
  remove(id: number): boolean {
    return inTransaction(
      this.#database,
      () => prepared(this.#database, 'DELETE FROM sets WHERE id = ?').run(id).changes > 0,
    )
  }

  #outlines(rest: string): ReturnType<typeof prepared> {
    return prepared(
      this.#database,
      `SELECT sets.id AS id, name, tracks, sets.version AS version, content_schema AS contentSchema,
         sets.created_at AS createdAt, changed_at AS changedAt
       FROM sets JOIN set_versions ON set_id = sets.id AND set_versions.version = sets.version ${rest}`,
    )
  }

  #put(
    id: number,
    {
      version,
      parent,
      name,
      change,
      trackIds,
      contentSchema,
      content,
      now,
    }: NewSetVersion & Pick<StoredSetVersion, 'version' | 'parent'> & { readonly now: string },
  ): void {
    prepared(
      this.#database,
      `INSERT INTO set_versions (set_id, version, parent, name, change, tracks, content_schema, content, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(id, version, parent, name, change, trackIds.length, contentSchema, content, now)
    if (parent === null) this.#holdTracks(id, trackIds)
  }

  #putInForce(id: number, version: number, trackIds: readonly number[]): void {
    prepared(this.#database, 'UPDATE sets SET version = ?, changed_at = ? WHERE id = ?').run(
      version,
      new Date().toISOString(),
      id,
    )
    this.#holdTracks(id, trackIds)
  }

  /** Tracks that have gone are not held any more. */
  #holdTracks(id: number, trackIds: readonly number[]): void {
    prepared(this.#database, 'DELETE FROM set_tracks WHERE set_id = ?').run(id)
    prepared(
      this.#database,
      'INSERT OR IGNORE INTO set_tracks (set_id, track_id) SELECT ?, id FROM tracks WHERE id IN (SELECT value FROM json_each(?))',
    ).run(id, JSON.stringify(trackIds))
  }
}
