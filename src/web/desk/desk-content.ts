import { applyGridEdit } from '../../core/beats/apply-grid-edit.ts'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import type { GridEdit } from '../../core/beats/grid-edit.ts'
import { carrySpans } from '../../core/labels/carry-spans.ts'
import type { Label } from '../../core/labels/label.ts'
import { isSameLabel } from '../../core/labels/label-edit.ts'
import { spansOverlap } from '../../core/labels/span.ts'
import type { Ghost } from '../waveform/paint-spans.ts'

/** All that the person decides on a desk: what undo takes back. */
export type DeskContent = {
  readonly grid: BeatGrid
  /** The version of the grid when this was last in force: what the server restores it by. */
  readonly gridVersion: number
  readonly labels: readonly Label[]
  /** Suggestions that were turned down on this desk. */
  readonly rejected: readonly Ghost[]
}

/** In whatever order their fields are. */
export const isSameGrid = (a: BeatGrid, b: BeatGrid): boolean => {
  const names = new Set(Object.keys({ ...a, ...b }) as (keyof BeatGrid)[])
  return a === b || [...names].every((name) => JSON.stringify(a[name]) === JSON.stringify(b[name]))
}

export const areSameLabels = (a: readonly Label[], b: readonly Label[]): boolean =>
  a.length === b.length && a.every((label, index) => isSameLabel(label, b[index]!))

export const isSameContent = (a: DeskContent, b: DeskContent): boolean =>
  isSameGrid(a.grid, b.grid) &&
  areSameLabels(a.labels, b.labels) &&
  a.rejected.length === b.rejected.length &&
  a.rejected.every(({ id }, index) => id === b.rejected[index]!.id)

/** Labels and decisions go along by time, as on the server. @throws GRID_EDIT_INVALID */
export const withGridEdit = (content: DeskContent, edit: GridEdit, durationSeconds: number): DeskContent => {
  const grid = applyGridEdit(content.grid, edit, durationSeconds)
  if (isSameGrid(grid, content.grid)) return content
  return {
    grid,
    gridVersion: content.gridVersion + 1,
    labels: carrySpans(content.labels, content.grid, grid),
    rejected: carrySpans(content.rejected, content.grid, grid),
  }
}

/** What was in force once, as it comes into force again after `current`: another grid gets a new version. */
export const backInForce = (content: DeskContent, current: DeskContent): DeskContent => ({
  ...content,
  gridVersion: current.gridVersion + (isSameGrid(content.grid, current.grid) ? 0 : 1),
})

/** What is proposed where nothing is labelled, and was not turned down. */
export const openGhosts = (proposed: readonly Ghost[], { labels, rejected }: DeskContent): readonly Ghost[] =>
  proposed.filter(
    (ghost) => !labels.some((label) => spansOverlap(label, ghost)) && !rejected.some(({ id }) => id === ghost.id),
  )
