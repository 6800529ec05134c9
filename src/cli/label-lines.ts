import { barRange } from '../core/labels/bar-text.ts'
import { preciseClock } from '../core/units/clock.ts'
import type { LabelView } from '../engine/labelling/label-view.ts'
import { kindText } from './kind-text.ts'
import { printable } from './printable.ts'
import { formatTable } from './table.ts'

const nameOf = ({ kind, ownKindId }: LabelView, own: ReadonlyMap<number, string>): string => {
  const name = ownKindId === undefined ? undefined : own.get(ownKindId)
  return name === undefined ? kindText(kind) : `${printable(name)} (${kindText(kind)})`
}

/** @param own names of the person's own kinds, by id */
export const labelLines = (
  labels: readonly LabelView[],
  own: ReadonlyMap<number, string> = new Map(),
): readonly string[] =>
  formatTable(
    ['id', 'track', 'title', 'label', 'bars', 'from', 'to', 'source'],
    labels.map((label) => [
      label.id,
      label.trackId,
      printable(label.trackTitle),
      nameOf(label, own),
      barRange(label, label),
      preciseClock(label.startSeconds),
      preciseClock(label.endSeconds),
      label.source,
    ]),
  )
