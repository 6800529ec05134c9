/** @file The union of what a person can do to a grid by hand, its application and its name; each edit itself is in `grid-edits.ts`. */
import type { Seconds } from '../units/units.ts'
import type { BeatGrid } from './beat-grid.ts'
import { doubleTempo, halveTempo, nudge, reAnchor, shiftDownbeat, shiftPhrase } from './grid-edits.ts'

/** What a person can do to a grid by hand. */
export type GridEdit =
  | { readonly kind: 'shift'; readonly beats: number }
  | { readonly kind: 'shift-phrase'; readonly bars: number }
  | { readonly kind: 'halve' }
  | { readonly kind: 'double' }
  | { readonly kind: 'nudge'; readonly seconds: Seconds }
  | { readonly kind: 're-anchor'; readonly seconds: Seconds; readonly as: 'beat' | 'downbeat' }

/** The edited grid. @throws GRID_EDIT_INVALID */
export const applyGridEdit = (grid: BeatGrid, edit: GridEdit, durationSeconds: Seconds): BeatGrid => {
  switch (edit.kind) {
    case 'shift':
      return shiftDownbeat(grid, edit.beats)
    case 'shift-phrase':
      return shiftPhrase(grid, edit.bars)
    case 'halve':
      return halveTempo(grid, durationSeconds)
    case 'double':
      return doubleTempo(grid, durationSeconds)
    case 'nudge':
      return nudge(grid, edit.seconds, durationSeconds)
    case 're-anchor':
      return reAnchor(grid, { seconds: edit.seconds, as: edit.as, durationSeconds })
  }
}

/** As a grid version keeps it, e.g. `shift 1`. */
export const describeGridEdit = ({ kind, ...amounts }: GridEdit): string => [kind, ...Object.values(amounts)].join(' ')
