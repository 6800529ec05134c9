import type { LabelView } from '../engine/labelling/label-view.ts'
import { preciseClock } from './clock.ts'
import { kindText } from './kind-text.ts'
import { printable } from './printable.ts'
import { formatTable } from './table.ts'

const fileName = (path: string | null): string => (path === null ? '–' : printable(path.split(/[/\\]/).at(-1)!))

export const labelLines = (labels: readonly LabelView[]): readonly string[] =>
  formatTable(
    ['id', 'track', 'file', 'label', 'beats', 'from', 'to', 'source'],
    labels.map((label) => [
      label.id,
      label.trackId,
      fileName(label.trackPath),
      kindText(label.kind),
      `${label.startBeat}–${label.endBeat}`,
      preciseClock(label.startSeconds),
      preciseClock(label.endSeconds),
      label.source,
    ]),
  )
