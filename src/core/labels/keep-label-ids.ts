import type { Span } from './span.ts'
import type { EditedLabel, StoredLabel } from './stored-label.ts'

const isSame = (a: StoredLabel, b: StoredLabel): boolean =>
  a.kind === b.kind && a.source === b.source && a.startBeat === b.startBeat && a.endBeat === b.endBeat

const overlaps = (a: Span, b: Span): boolean => a.startBeat < b.endBeat && b.startBeat < a.endBeat

/**
 * Gives labels that were edited elsewhere the ids of those that they were, so that what hangs on these stays: the same label, or else one
 * of the same kind that lies under it. What was no label here is new.
 * @param before as they are here @param after as they are to be, with ids of elsewhere
 */
export const keepLabelIds = <Label extends StoredLabel>(
  before: readonly StoredLabel[],
  after: readonly Label[],
): readonly (Omit<Label, 'id'> & EditedLabel)[] => {
  const free = new Set(before)
  const claim = (fits: (one: StoredLabel) => boolean): StoredLabel | undefined => {
    const found = [...free].find(fits)
    if (found) free.delete(found)
    return found
  }
  const same = new Map(after.map((label) => [label, claim((one) => isSame(one, label))]))
  return after.map((one) => {
    const { id: _, ...label } = one
    const here = same.get(one) ?? claim((other) => other.kind === label.kind && overlaps(other, label))
    if (here === undefined) return label
    return { ...label, id: here.id, ...(here.ownKindId === undefined ? {} : { ownKindId: here.ownKindId }) }
  })
}
