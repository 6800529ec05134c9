import type { DatabaseSync } from 'node:sqlite'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { Seconds } from '../../core/units/units.ts'
import { changing } from './changing.ts'
import { prepared } from './database.ts'

/** What the person called a stretch of a track, and called it again without seeing that. */
export type Relabelling = {
  readonly trackId: number
  readonly startSeconds: Seconds
  readonly endSeconds: Seconds
  readonly labelled: SectionKind
  readonly said: SectionKind
}

export type StoredRelabelling = Relabelling & { readonly id: number; readonly saidAt: string }

/** Keeps how the person answered when asked again. */
export class RelabellingStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** The newest first. */
  list(): readonly StoredRelabelling[] {
    const sql = `SELECT id, track_id AS trackId, start_seconds AS startSeconds, end_seconds AS endSeconds, labelled, said,
      said_at AS saidAt FROM relabellings ORDER BY id DESC`
    return prepared(this.#database, sql).all() as StoredRelabelling[]
  }

  /** @returns its id */
  add({ trackId, startSeconds, endSeconds, labelled, said }: Relabelling): number {
    const sql = `INSERT INTO relabellings (track_id, start_seconds, end_seconds, labelled, said, said_at)
      VALUES (?, ?, ?, ?, ?, ?)`
    const { lastInsertRowid } = changing(() =>
      prepared(this.#database, sql).run(trackId, startSeconds, endSeconds, labelled, said, new Date().toISOString()),
    )
    return Number(lastInsertRowid)
  }

  /** @returns whether it was there */
  delete(id: number): boolean {
    return changing(() => prepared(this.#database, 'DELETE FROM relabellings WHERE id = ?').run(id).changes === 1)
  }
}
