import type { DatabaseSync } from 'node:sqlite'
import type { Seconds } from '../../core/units/units.ts'
import { changing } from './changing.ts'
import { prepared } from './database.ts'

/** What models that had not seen them said against labels. */
export type LabelCheckup = {
  /** Of all labels as they were looked at. */
  readonly labelsDigest: string
  readonly labels: number
  readonly tracks: number
  /** JSON. */
  readonly suspects: string
  readonly madeAt: string
}

/** A stretch of a track about which the person does not want to hear something again. */
export type DismissedFinding = {
  readonly trackId: number
  readonly code: string
  /** Of the label; null for what is about the grid. */
  readonly kind: string | null
  readonly startSeconds: Seconds
  readonly endSeconds: Seconds
}

/** Keeps what may be wrong with labels, as far as it is costly to find, and what the person has dismissed of it. */
export class FindingStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  checkup(): LabelCheckup | null {
    const sql =
      'SELECT labels_digest AS labelsDigest, labels, tracks, suspects, made_at AS madeAt FROM label_checkup WHERE id = 1'
    return (prepared(this.#database, sql).get() as LabelCheckup | undefined) ?? null
  }

  putCheckup({ labelsDigest, labels, tracks, suspects }: Omit<LabelCheckup, 'madeAt'>): void {
    changing(() =>
      prepared(
        this.#database,
        'INSERT OR REPLACE INTO label_checkup (id, labels_digest, labels, tracks, suspects, made_at) VALUES (1, ?, ?, ?, ?, ?)',
      ).run(labelsDigest, labels, tracks, suspects, new Date().toISOString()),
    )
  }

  dismissed(): readonly DismissedFinding[] {
    const sql = `SELECT track_id AS trackId, code, kind, start_seconds AS startSeconds, end_seconds AS endSeconds
      FROM dismissed_findings ORDER BY id`
    return prepared(this.#database, sql).all() as DismissedFinding[]
  }

  /** @returns its id */
  dismiss({ trackId, code, kind, startSeconds, endSeconds }: DismissedFinding): number {
    const { lastInsertRowid } = changing(() =>
      prepared(
        this.#database,
        `INSERT INTO dismissed_findings (track_id, code, kind, start_seconds, end_seconds, dismissed_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
      ).run(trackId, code, kind, startSeconds, endSeconds, new Date().toISOString()),
    )
    return Number(lastInsertRowid)
  }

  /** @returns whether it was there */
  takeBackDismissal(id: number): boolean {
    return changing(() => prepared(this.#database, 'DELETE FROM dismissed_findings WHERE id = ?').run(id).changes === 1)
  }
}
