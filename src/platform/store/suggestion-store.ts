import type { DatabaseSync } from 'node:sqlite'
import type { Span } from '../../core/labels/span.ts'
import { changing } from './changing.ts'
import { inTransaction } from './database.ts'

/** What a person said about a proposed span; carried along with the labels when the grid changes. */
export type SuggestionDecision = Span & {
  readonly trackId: number
  readonly kind: string
  readonly decision: 'accepted' | 'rejected'
  readonly modelVersion: number
}

type StoredDecision = SuggestionDecision & { readonly id: number; readonly decidedAt: string }

export class SuggestionStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  decisions(trackId: number): readonly StoredDecision[] {
    return this.#database
      .prepare(
        `SELECT id, track_id AS trackId, start_beat AS startBeat, end_beat AS endBeat, kind, decision,
           model_version AS modelVersion, decided_at AS decidedAt
         FROM suggestion_decisions WHERE track_id = ? ORDER BY id`,
      )
      .all(trackId) as StoredDecision[]
  }

  decide({ trackId, startBeat, endBeat, kind, decision, modelVersion }: SuggestionDecision): void {
    inTransaction(this.#database, () =>
      this.#database
        .prepare(
          `INSERT INTO suggestion_decisions (track_id, start_beat, end_beat, kind, decision, model_version, decided_at)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(trackId, startBeat, endBeat, kind, decision, modelVersion, new Date().toISOString()),
    )
  }

  /** As if it had never been decided. */
  forget(id: number): void {
    const remove = this.#database.prepare('DELETE FROM suggestion_decisions WHERE id = ?')
    changing(() => remove.run(id))
  }
}
