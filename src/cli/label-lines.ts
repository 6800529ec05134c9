import { barRange } from '../core/labels/bar-text.ts'
import { preciseClock } from '../core/units/clock.ts'
import type { LabelView } from '../engine/labelling/label-view.ts'
import { kindText } from './kind-text.ts'
import { printable } from './printable.ts'
import { formatTable } from './table.ts'

export const labelLines = (labels: readonly LabelView[]): readonly string[] =>
  formatTable(
    ['id', 'track', 'title', 'label', 'bars', 'from', 'to', 'source'],
    labels.map((label) => [
      label.id,
      label.trackId,
      printable(label.trackTitle),
      kindText(label.kind),
      barRange(label, label),
      preciseClock(label.startSeconds),
      preciseClock(label.endSeconds),
      label.source,
    ]),
  )
