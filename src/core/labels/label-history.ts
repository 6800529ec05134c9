import type { Label } from './label.ts'
import { isSameLabel } from './label-edit.ts'

/** The labels of a track over a session of editing: one entry per whole gesture, however many edits it took. */
export type LabelHistory = {
  /** Oldest first. */
  readonly past: readonly (readonly Label[])[]
  readonly present: readonly Label[]
  /** What redo brings back, the next one first. */
  readonly future: readonly (readonly Label[])[]
}

/** An evening of labelling one track takes far fewer gestures. */
const MOST_STEPS = 500

const areSame = (a: readonly Label[], b: readonly Label[]): boolean =>
  a.length === b.length && a.every((label, index) => isSameLabel(label, b[index]!))

export const createHistory = (labels: readonly Label[]): LabelHistory => ({ past: [], present: labels, future: [] })

/** Ends a gesture with these labels; a gesture that changed nothing leaves no step. */
export const commitGesture = (history: LabelHistory, labels: readonly Label[]): LabelHistory =>
  areSame(history.present, labels)
    ? history
    : { past: [...history.past, history.present].slice(-MOST_STEPS), present: labels, future: [] }

/** @returns null when there is nothing to undo */
export const undoGesture = ({ past, present, future }: LabelHistory): LabelHistory | null =>
  past.length === 0 ? null : { past: past.slice(0, -1), present: past.at(-1)!, future: [present, ...future] }

/** @returns null when there is nothing to redo */
export const redoGesture = ({ past, present, future }: LabelHistory): LabelHistory | null =>
  future.length === 0 ? null : { past: [...past, present], present: future[0]!, future: future.slice(1) }
