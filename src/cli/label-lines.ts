import type { LabelView } from '../engine/labelling/label-operations.ts'
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
      label.track_id,
      fileName(label.track_path),
      kindText(label.label_value),
      `${label.start_beat}–${label.end_beat}`,
      preciseClock(label.start_time_seconds),
      preciseClock(label.end_time_seconds),
      label.source,
    ]),
  )
