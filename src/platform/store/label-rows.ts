import type { DatabaseSync } from 'node:sqlite'
import type { Label } from '../../core/labels/label.ts'
import { type LabelWrites, labelWrites } from '../../core/labels/label-writes.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { EditedLabel, StoredLabel } from '../../core/labels/stored-label.ts'
import { prepared } from './database.ts'

export type LabelFilter = { readonly trackId?: number; readonly kind?: SectionKind }

export const LABEL_COLUMNS =
  'id, track_id AS trackId, start_beat AS startBeat, end_beat AS endBeat, kind, own_kind_id AS ownKindId, source, created_at AS createdAt'

export type LabelRow = Omit<StoredLabel, 'ownKindId'> & { readonly ownKindId: number | null }

/** Most labels have no kind of the person's own, and say nothing of it. */
export const toLabel = ({ ownKindId, ...row }: LabelRow): StoredLabel =>
  ownKindId === null ? row : { ...row, ownKindId }

/** Labels in the order of each track. */
export const readLabels = (database: DatabaseSync, { trackId, kind }: LabelFilter): readonly StoredLabel[] => {
  const asked = { ...(trackId === undefined ? {} : { track_id: trackId }), ...(kind === undefined ? {} : { kind }) }
  // Only what is asked for stands in the statement: else the labels of one track would be looked for among all.
  const where = Object.keys(asked).map((column) => `AND ${column} = :${column}`)
  const rows = prepared(
    database,
    `SELECT ${LABEL_COLUMNS} FROM labels WHERE TRUE ${where.join(' ')} ORDER BY track_id, start_beat`,
  ).all(asked) as LabelRow[]
  return rows.map(toLabel)
}

/** Removes and changes labels; what is new is added by `addLabels`. */
export const changeLabels = (database: DatabaseSync, { removed, updated }: Omit<LabelWrites, 'inserted'>): void => {
  const remove = prepared(database, 'DELETE FROM labels WHERE id = ?')
  for (const id of removed) remove.run(id)
  const update = prepared(
    database,
    'UPDATE labels SET start_beat = ?, end_beat = ?, kind = ?, own_kind_id = ?, source = ? WHERE id = ?',
  )
  for (const { id, startBeat, endBeat, kind, ownKindId = null, source } of updated)
    update.run(startBeat, endBeat, kind, ownKindId, source, id)
}

/** @param labels an id is kept, which the library must have free; where it is null, a new one is given */
export const addLabels = (
  database: DatabaseSync,
  trackId: number,
  labels: readonly (Label & Pick<StoredLabel, 'createdAt'> & { readonly id: number | null })[],
): void => {
  const insert = prepared(
    database,
    'INSERT INTO labels (id, track_id, start_beat, end_beat, kind, own_kind_id, source, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  for (const { id, startBeat, endBeat, kind, ownKindId = null, source, createdAt } of labels)
    insert.run(id, trackId, startBeat, endBeat, kind, ownKindId, source, createdAt)
}

/** Replaces the labels of a track by these. Call it in a transaction, since it runs several statements. @returns the stored labels */
export const writeLabels = (
  database: DatabaseSync,
  trackId: number,
  labels: readonly EditedLabel[],
): readonly StoredLabel[] => {
  const { inserted, ...changes } = labelWrites(readLabels(database, { trackId }), labels)
  changeLabels(database, changes)
  const createdAt = new Date().toISOString()
  addLabels(
    database,
    trackId,
    inserted.map((label) => ({ ...label, id: null, createdAt })),
  )
  return readLabels(database, { trackId })
}

/** The highest id that a label has; 0 where there is none. */
export const newestLabel = (database: DatabaseSync): number =>
  (prepared(database, 'SELECT ifnull(max(id), 0) AS id FROM labels').get() as { id: number }).id

/** Remembers that these came with many others, by one step. */
export const markBulk = (database: DatabaseSync, stepId: number, labelIds: readonly number[]): void => {
  prepared(database, 'INSERT OR REPLACE INTO bulk_labels (label_id, step_id) SELECT value, ? FROM json_each(?)').run(
    stepId,
    JSON.stringify(labelIds),
  )
}
