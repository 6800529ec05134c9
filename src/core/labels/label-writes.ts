import type { Label } from './label.ts'
import { isSameLabel } from './label-edit.ts'
import type { EditedLabel, StoredLabel } from './stored-label.ts'

/** The writes that turn the labels of a track into others. */
export type LabelWrites = {
  /** Ids of the labels to remove. */
  readonly removed: readonly number[]
  readonly updated: readonly (Label & { readonly id: number })[]
  readonly inserted: readonly Label[]
}

/**
 * A label that comes with its id keeps it, trimmed or not, and so does one that is the same as before; the second half of a split label
 * is new.
 */
export const labelWrites = (before: readonly StoredLabel[], after: readonly EditedLabel[]): LabelWrites => {
  const unclaimed = new Map(before.map((label) => [label.id, label]))
  // Labels of a track do not overlap, so at most one begins at a beat.
  const byStart = new Map(before.map((label) => [label.startBeat, label]))
  const updated: (Label & { readonly id: number })[] = []
  const inserted: Label[] = []
  for (const label of after) {
    const there = byStart.get(label.startBeat)
    const id = label.id ?? (there && isSameLabel(there, label) ? there.id : undefined)
    const kept = id === undefined ? undefined : unclaimed.get(id)
    if (kept === undefined) inserted.push(label)
    else {
      unclaimed.delete(kept.id)
      if (!isSameLabel(kept, label)) updated.push({ ...label, id: kept.id })
    }
  }
  return { removed: [...unclaimed.keys()], updated, inserted }
}
