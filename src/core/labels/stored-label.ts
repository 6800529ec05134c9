import type { BeatGrid } from '../beats/beat-grid.ts'
import type { Label } from './label.ts'

/** A label as it is kept: with an id that stays while it is trimmed or changes its kind. */
export type StoredLabel = Label & { readonly id: number; readonly trackId: number; readonly createdAt: string }

/** A label as an edit leaves it: with the id that it had, or new. */
export type EditedLabel = Label & { readonly id?: number }

/** What an edit is planned on: the labels of a track in order, and the grid that their beats count on. */
export type EditableTrack = {
  readonly trackId: number
  readonly grid: BeatGrid
  readonly labels: readonly StoredLabel[]
}

/** Whether two labels say the same, wherever they came from. */
export const isEqualLabel = (a: Label, b: Label): boolean =>
  a.kind === b.kind && a.startBeat === b.startBeat && a.endBeat === b.endBeat
