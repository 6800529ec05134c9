import type { DatabaseSync } from 'node:sqlite'
import { changing } from './changing.ts'
import { inTransaction, prepared } from './database.ts'

/** What was done with labels at one press. */
export type LabelStep = {
  readonly id: number
  /** In a sentence. */
  readonly says: string
  /** JSON. */
  readonly wayBack: string
  readonly madeAt: string
  /** Null while it holds. */
  readonly undoneAt: string | null
}

const COLUMNS = 'id, says, way_back AS wayBack, made_at AS madeAt, undone_at AS undoneAt'
/** More than anybody takes back. Steps whose labels nobody has looked at stay, since these are remembered by them. */
const MOST_STEPS = 200

/** Keeps what was done with labels at one press, and which labels nobody has looked at one by one. */
export class LabelStepStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** @returns its id */
  add(says: string, wayBack: unknown): number {
    return inTransaction(this.#database, () => {
      const { lastInsertRowid } = prepared(
        this.#database,
        'INSERT INTO label_steps (says, way_back, made_at) VALUES (?, ?, ?)',
      ).run(says, JSON.stringify(wayBack), new Date().toISOString())
      prepared(
        this.#database,
        `DELETE FROM label_steps WHERE id <= (SELECT max(id) FROM label_steps) - ?
           AND id NOT IN (SELECT step_id FROM bulk_labels)`,
      ).run(MOST_STEPS)
      return Number(lastInsertRowid)
    })
  }

  rename(id: number, says: string): void {
    changing(() => prepared(this.#database, 'UPDATE label_steps SET says = ? WHERE id = ?').run(says, id))
  }

  get(id: number): LabelStep | null {
    return (prepared(this.#database, `SELECT ${COLUMNS} FROM label_steps WHERE id = ?`).get(id) as LabelStep) ?? null
  }

  /** The newest first. */
  list(limit: number): readonly LabelStep[] {
    const sql = `SELECT ${COLUMNS} FROM label_steps ORDER BY id DESC LIMIT ?`
    return prepared(this.#database, sql).all(limit) as LabelStep[]
  }

  markUndone(id: number): void {
    const sql = 'UPDATE label_steps SET undone_at = ? WHERE id = ?'
    changing(() => prepared(this.#database, sql).run(new Date().toISOString(), id))
  }

  /** Labels that nobody has looked at, of one step or of all. */
  bulkLabels(stepId: number | null = null): readonly { readonly labelId: number; readonly trackId: number }[] {
    const sql = `SELECT label_id AS labelId, track_id AS trackId FROM bulk_labels JOIN labels ON labels.id = label_id
      WHERE ? IS NULL OR step_id = ? ORDER BY track_id, start_beat`
    return prepared(this.#database, sql).all(stepId, stepId) as { labelId: number; trackId: number }[]
  }

  /** Somebody has looked at these. */
  lookedAt(labelIds: readonly number[]): void {
    const sql = 'DELETE FROM bulk_labels WHERE label_id IN (SELECT value FROM json_each(?))'
    changing(() => prepared(this.#database, sql).run(JSON.stringify(labelIds)))
  }

  /** Deletes those of these labels of a step that nobody has looked at. @returns the tracks that they lay in, once for each label */
  removeBulk(stepId: number, labelIds: readonly number[]): readonly number[] {
    return inTransaction(this.#database, () => {
      const rows = prepared(
        this.#database,
        `DELETE FROM labels WHERE id IN (SELECT value FROM json_each(?))
           AND EXISTS (SELECT 1 FROM bulk_labels WHERE label_id = labels.id AND step_id = ?) RETURNING track_id AS trackId`,
      ).all(JSON.stringify(labelIds), stepId) as { trackId: number }[]
      return rows.map(({ trackId }) => trackId)
    })
  }
}
