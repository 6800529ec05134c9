/** @file All the edits that a person can make to a grid, how one is applied, and its name; the edits themselves are in `grid-edits.ts`. */
import type { Bpm, Seconds } from '../units/units.ts'
import type { BeatGrid } from './beat-grid.ts'
import { doubleTempo, halveTempo, nudge, reAnchor, setTempo, shiftDownbeat, shiftPhrase } from './grid-edits.ts'

/** An edit that a person makes to a grid. */
export type GridEdit =
  | { readonly kind: 'shift'; readonly beats: number }
  | { readonly kind: 'shift-phrase'; readonly bars: number }
  | { readonly kind: 'halve' }
  | { readonly kind: 'double' }
  | { readonly kind: 'nudge'; readonly seconds: Seconds }
  | { readonly kind: 'tempo'; readonly bpm: Bpm; readonly seconds: Seconds }
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
    case 'tempo':
      return setTempo(grid, { bpm: edit.bpm, seconds: edit.seconds, durationSeconds })
    case 're-anchor':
      return reAnchor(grid, { seconds: edit.seconds, as: edit.as, durationSeconds })
  }
}

/** The name that a grid version keeps, e.g. `shift 1`. */
export const describeGridEdit = ({ kind, ...amounts }: { readonly kind: string }): string =>
  [kind, ...Object.values(amounts)].join(' ')
