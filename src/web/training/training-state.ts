import { create } from 'zustand'
import type { SectionKind } from '../../core/labels/section-kind.ts'

/** Of the confusion matrix: what sections are, and what they were taken for. */
export type Cell = { readonly truth: SectionKind; readonly said: SectionKind }

/** What the list of labels shows, and how far it is scrolled, in pixels. */
type LabelListState = {
  readonly kind: string
  readonly source: string
  readonly text: string
  readonly scrolled: number
}

type TrainingState = {
  /** The version whose report is open. */
  readonly report: number | null
  readonly cell: Cell | null
  readonly compared: readonly [number, number] | null
  readonly list: LabelListState
}

/** What is open on the screen: a way to the desk and back leads to the same report, at the same cell, and to the same labels. */
export const useTraining = create<TrainingState>(() => ({
  report: null,
  cell: null,
  compared: null,
  list: { kind: '', source: '', text: '', scrolled: 0 },
}))

export const openReport = (report: number | null): void => useTraining.setState({ report, cell: null })
export const changeList = (change: Partial<LabelListState>): void =>
  useTraining.setState(({ list }) => ({ list: { ...list, ...change } }))
export const compareVersions = (compared: TrainingState['compared']): void => useTraining.setState({ compared })
