import type { Beats } from '../units/units.ts'
import type { Label } from './label.ts'

/** Shortest section: what is shorter is refused when asked for, and dropped when it is left over by an edit. */
export const MIN_LABEL_BEATS: Beats = 4

/** What an edit did, for the message, for the store, and for the note beside the waveform. */
export type LabelChange = {
  readonly added: readonly Label[]
  readonly removed: readonly Label[]
  readonly changed: readonly { readonly before: Label; readonly after: Label }[]
  /** Remainders under `MIN_LABEL_BEATS` that the edit left over and that were not kept. */
  readonly dropped: readonly Label[]
}

/** One undoable step: the labels as they are after it, in order, and what changed. */
export type LabelEdit = { readonly labels: readonly Label[]; readonly change: LabelChange }

export const NO_CHANGE: LabelChange = { added: [], removed: [], changed: [], dropped: [] }

export const isSameLabel = (a: Label, b: Label): boolean =>
  a.startBeat === b.startBeat && a.endBeat === b.endBeat && a.kind === b.kind && a.source === b.source

export const sortLabels = (labels: readonly Label[]): Label[] =>
  [...labels].sort((a, b) => a.startBeat - b.startBeat || a.endBeat - b.endBeat)

/** "drop 64–128": a label as messages name it. */
export const describeLabel = (label: Label): string => `${label.kind} ${label.startBeat}–${label.endBeat}`
