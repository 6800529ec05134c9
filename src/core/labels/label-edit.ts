import type { Beats } from '../units/units.ts'
import type { Label } from './label.ts'

/** The shortest section: a shorter one is refused when asked for, and dropped when an edit leaves it over. */
export const MIN_LABEL_BEATS: Beats = 4

/** What an edit did, for the message, for the store, and for the note beside the waveform. */
export type LabelChange = {
  readonly added: readonly Label[]
  readonly removed: readonly Label[]
  readonly changed: readonly { readonly before: Label; readonly after: Label }[]
  /** Remainders under `MIN_LABEL_BEATS` that the edit left over and dropped. */
  readonly dropped: readonly Label[]
}

/** One undoable step: the labels after it, in order, and what changed. */
export type LabelEdit = { readonly labels: readonly Label[]; readonly change: LabelChange }

export const NO_CHANGE: LabelChange = { added: [], removed: [], changed: [], dropped: [] }

export const isSameLabel = (a: Label, b: Label): boolean =>
  a.startBeat === b.startBeat &&
  a.endBeat === b.endBeat &&
  a.kind === b.kind &&
  a.ownKindId === b.ownKindId &&
  a.source === b.source

export const sortLabels = (labels: readonly Label[]): Label[] =>
  [...labels].sort((a, b) => a.startBeat - b.startBeat || a.endBeat - b.endBeat)

/** The name of a label in messages, e.g. "drop 64–128". */
export const describeLabel = (label: Label): string => `${label.kind} ${label.startBeat}–${label.endBeat}`
