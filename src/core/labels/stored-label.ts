import type { BeatGrid } from '../beats/beat-grid.ts'
import type { Label } from './label.ts'

/** A stored label, with an id that it keeps when it is trimmed or changes its kind. */
export type StoredLabel = Label & { readonly id: number; readonly trackId: number; readonly createdAt: string }

/** A label as an edit leaves it: new, or with the id that it had. */
export type EditedLabel = Label & { readonly id?: number }

/** The state that an edit is planned on: the labels of a track in order, and the grid that counts their beats. */
export type EditableTrack = {
  readonly trackId: number
  readonly grid: BeatGrid
  readonly labels: readonly StoredLabel[]
}

/** Whether two labels say the same, whatever their source. */
export const isEqualLabel = (a: Label, b: Label): boolean =>
  a.kind === b.kind && a.ownKindId === b.ownKindId && a.startBeat === b.startBeat && a.endBeat === b.endBeat
