import type { DatabaseSync } from 'node:sqlite'
import type { EditedLabel, StoredLabel } from '../../core/labels/stored-label.ts'
import { changing } from './changing.ts'
import { inTransaction } from './database.ts'
import { LABEL_COLUMNS, type LabelFilter, readLabels, writeLabels } from './label-rows.ts'
import { labelsRevision } from './track-revision.ts'

/** What the labels of a track become, and what that was planned on. */
export type LabelPlan = {
  readonly trackId: number
  /** As `LabelStore.revision` told it. */
  readonly revision: string
  readonly labels: readonly EditedLabel[]
}

export class LabelStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  list(filter: LabelFilter = {}): readonly StoredLabel[] {
    return readLabels(this.#database, filter)
  }

  /** Of each of the tracks that has any, in the order of the track. */
  ofTracks(trackIds: readonly number[]): ReadonlyMap<number, readonly StoredLabel[]> {
    const rows = this.#database
      .prepare(
        `SELECT ${LABEL_COLUMNS} FROM labels
         WHERE track_id IN (SELECT value FROM json_each(?)) ORDER BY track_id, start_beat`,
      )
      .all(JSON.stringify(trackIds)) as StoredLabel[]
    return Map.groupBy(rows, ({ trackId }) => trackId)
  }

  get(id: number): StoredLabel | null {
    return (this.#database.prepare(`SELECT ${LABEL_COLUMNS} FROM labels WHERE id = ?`).get(id) as StoredLabel) ?? null
  }

  /** Changes with any label of the track, and with its grid. */
  revision(trackId: number): string {
    return labelsRevision(this.#database, trackId)
  }

  /**
   * Puts planned labels in place of a track's as one step. A label with the id it had keeps it.
   * @returns the track's labels; null, and nothing is changed, where they or the grid are not those of the plan any more
   */
  put({ trackId, revision, labels }: LabelPlan): readonly StoredLabel[] | null {
    return inTransaction(this.#database, () =>
      labelsRevision(this.#database, trackId) === revision ? writeLabels(this.#database, trackId, labels) : null,
    )
  }

  /** @returns whether there was such a label */
  delete(id: number): boolean {
    return changing(() => this.#database.prepare('DELETE FROM labels WHERE id = ?').run(id).changes === 1)
  }
}
