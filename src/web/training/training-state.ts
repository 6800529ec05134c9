import { create } from 'zustand'
import type { SectionKind } from '../../core/labels/section-kind.ts'

/** Of the confusion matrix: what sections are, and what they were taken for. */
export type Cell = { readonly truth: SectionKind; readonly said: SectionKind }

type TrainingState = {
  /** The version whose report is open. */
  readonly report: number | null
  readonly cell: Cell | null
  readonly compared: readonly [number, number] | null
}

/** What is open on the screen: a way to the desk and back leads to the same report, at the same cell. */
export const useTraining = create<TrainingState>(() => ({ report: null, cell: null, compared: null }))

export const openReport = (report: number | null): void => useTraining.setState({ report, cell: null })
export const compareVersions = (compared: TrainingState['compared']): void => useTraining.setState({ compared })
