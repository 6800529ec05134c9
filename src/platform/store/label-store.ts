import type { DatabaseSync } from 'node:sqlite'
import type { Label } from '../../core/labels/label.ts'
import { isSameLabel } from '../../core/labels/label-edit.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { changing } from './changing.ts'
import { inTransaction } from './database.ts'

/** A label as it is kept: with an id that stays while it is trimmed or changes its kind. */
export type StoredLabel = Label & { readonly id: number; readonly trackId: number; readonly createdAt: string }

export type LabelFilter = { readonly trackId?: number; readonly kind?: SectionKind }

const COLUMNS =
  'id, track_id AS trackId, start_beat AS startBeat, end_beat AS endBeat, kind, source, created_at AS createdAt'

export class LabelStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  list(filter: LabelFilter = {}): readonly StoredLabel[] {
    return this.#database
      .prepare(
        `SELECT ${COLUMNS} FROM labels
         WHERE (:trackId IS NULL OR track_id = :trackId) AND (:kind IS NULL OR kind = :kind)
         ORDER BY track_id, start_beat`,
      )
      .all({ trackId: filter.trackId ?? null, kind: filter.kind ?? null }) as StoredLabel[]
  }

  /** Of each of the tracks that has any, in the order of the track. */
  ofTracks(trackIds: readonly number[]): ReadonlyMap<number, readonly StoredLabel[]> {
    const rows = this.#database
      .prepare(
        `SELECT ${COLUMNS} FROM labels WHERE track_id IN (SELECT value FROM json_each(?)) ORDER BY track_id, start_beat`,
      )
      .all(JSON.stringify(trackIds)) as StoredLabel[]
    return Map.groupBy(rows, ({ trackId }) => trackId)
  }

  get(id: number): StoredLabel | null {
    return (this.#database.prepare(`SELECT ${COLUMNS} FROM labels WHERE id = ?`).get(id) as StoredLabel) ?? null
  }

  /**
   * Replaces a track's labels by what `edit` makes of them, as one step. A label that `edit` returns with the id it had keeps
   * it, trimmed or not; the second half of a split one is new.
   */
  edit(
    trackId: number,
    edit: (labels: readonly StoredLabel[]) => readonly (Label & { readonly id?: number })[],
  ): readonly StoredLabel[] {
    return inTransaction(this.#database, () => {
      const before = this.list({ trackId })
      const unclaimed = new Map(before.map((label) => [label.id, label]))
      // Labels of a track do not overlap: where one begins, none other does.
      const byStart = new Map(before.map((label) => [label.startBeat, label]))
      const inserted: Label[] = []
      const updated: (Label & { readonly id: number })[] = []
      for (const label of edit(before)) {
        const there = byStart.get(label.startBeat)
        const id = label.id ?? (there && isSameLabel(there, label) ? there.id : undefined)
        if (id !== undefined && unclaimed.delete(id)) updated.push({ ...label, id })
        else inserted.push(label)
      }
      for (const id of unclaimed.keys()) this.delete(id)
      const byId = new Map(before.map((label) => [label.id, label]))
      for (const label of updated) if (!isSameLabel(label, byId.get(label.id)!)) this.#update(label)
      for (const label of inserted) this.#insert(trackId, label)
      return this.list({ trackId })
    })
  }

  /** @returns whether there was such a label */
  delete(id: number): boolean {
    return changing(() => this.#database.prepare('DELETE FROM labels WHERE id = ?').run(id).changes === 1)
  }

  #update({ id, startBeat, endBeat, kind, source }: Label & { readonly id: number }): void {
    this.#database
      .prepare('UPDATE labels SET start_beat = ?, end_beat = ?, kind = ?, source = ? WHERE id = ?')
      .run(startBeat, endBeat, kind, source, id)
  }

  #insert(trackId: number, { startBeat, endBeat, kind, source }: Label): void {
    this.#database
      .prepare(
        'INSERT INTO labels (track_id, start_beat, end_beat, kind, source, created_at) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(trackId, startBeat, endBeat, kind, source, new Date().toISOString())
  }
}
