import type { DatabaseSync } from 'node:sqlite'
import type { LabelCounts } from '../../core/labels/label-counts.ts'
import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import type { EditedLabel, StoredLabel } from '../../core/labels/stored-label.ts'
import { changing } from './changing.ts'
import { inTransaction, prepared } from './database.ts'
import { LABEL_COLUMNS, type LabelFilter, type LabelRow, readLabels, toLabel, writeLabels } from './label-rows.ts'
import { labelsRevision } from './track-revision.ts'

/** The new labels of a track, and the state that they were planned on. */
export type LabelPlan = {
  readonly trackId: number
  /** The answer of `LabelStore.revision`. */
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

  /** Labels of each labelled track among these, in the order of the track. */
  ofTracks(trackIds: readonly number[]): ReadonlyMap<number, readonly StoredLabel[]> {
    const rows = this.#database
      .prepare(
        `SELECT ${LABEL_COLUMNS} FROM labels
         WHERE track_id IN (SELECT value FROM json_each(?)) ORDER BY track_id, start_beat`,
      )
      .all(JSON.stringify(trackIds)) as LabelRow[]
    return Map.groupBy(rows.map(toLabel), ({ trackId }) => trackId)
  }

  /** Tracks that have labels. */
  trackIds(): readonly number[] {
    const rows = prepared(this.#database, 'SELECT DISTINCT track_id AS id FROM labels ORDER BY id').all()
    return (rows as { id: number }[]).map(({ id }) => id)
  }

  /** How many labels there are of each kind. */
  counts(): LabelCounts {
    const rows = prepared(this.#database, 'SELECT kind, count(*) AS count FROM labels GROUP BY kind').all()
    const counts = Object.fromEntries(
      (rows as { kind: SectionKind; count: number }[]).map((row) => [row.kind, row.count]),
    )
    return Object.fromEntries(SECTION_KINDS.map((kind) => [kind, counts[kind] ?? 0])) as LabelCounts
  }

  get(id: number): StoredLabel | null {
    const row = this.#database.prepare(`SELECT ${LABEL_COLUMNS} FROM labels WHERE id = ?`).get(id)
    return row === undefined ? null : toLabel(row as LabelRow)
  }

  /** Tracks with labels of a kind of the person's own. */
  withOwnKind(ownKindId: number): readonly number[] {
    const sql = 'SELECT DISTINCT track_id AS id FROM labels WHERE own_kind_id = ? ORDER BY id'
    return (prepared(this.#database, sql).all(ownKindId) as { id: number }[]).map(({ id }) => id)
  }

  /** Changes with any label of the track, and with its grid. */
  revision(trackId: number): string {
    return labelsRevision(this.#database, trackId)
  }

  /**
   * Replaces a track's labels by planned ones as one step. A label that comes with its id keeps it.
   * @returns the track's labels; null, with nothing changed, if they or the grid have changed since the plan
   */
  put({ trackId, revision, labels }: LabelPlan): readonly StoredLabel[] | null {
    return inTransaction(this.#database, () =>
      labelsRevision(this.#database, trackId) === revision ? writeLabels(this.#database, trackId, labels) : null,
    )
  }

  /** @returns whether the label existed */
  delete(id: number): boolean {
    return changing(() => this.#database.prepare('DELETE FROM labels WHERE id = ?').run(id).changes === 1)
  }
}
