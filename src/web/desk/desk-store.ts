import { createStore, type StoreApi } from 'zustand'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import type { Label } from '../../core/labels/label.ts'
import {
  commitGesture,
  createHistory,
  type LabelHistory,
  redoGesture,
  undoGesture,
} from '../../core/labels/label-history.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { TrackDocument } from '../queries/use-track.ts'
import type { Ghost } from '../waveform/paint-spans.ts'
import { forgetHistory, readHistory, writeHistory } from './kept-history.ts'
import type { Edit } from './label-edits.ts'
import type { Snap } from './snap.ts'

type Saving = 'saved' | 'saving' | 'waiting'

/** A section that is being tapped while the track plays: it ends at the next tap. */
type Tap = { readonly kind: SectionKind; readonly startBeat: number }

export type DeskState = {
  readonly trackId: number
  readonly grid: BeatGrid
  readonly durationSeconds: number
  readonly history: LabelHistory
  /** The labels of the server that `history.present` grew out of. */
  readonly revision: string
  /** When `revision` was last known to be the newest, by the page's clock: answers to older requests tell nothing. */
  readonly knownAt: number
  readonly saving: Saving
  /** The beat at which the selected label starts. */
  readonly selectedBeat: number | null
  readonly ghosts: readonly Ghost[]
  readonly selectedGhost: string | null
  readonly kind: SectionKind
  readonly snap: Snap
  readonly tap: Tap | null
  /** Whether the evidence of the selection is shown. */
  readonly isAskingWhy: boolean
  /** What is shown of the track, in seconds. */
  readonly view: { readonly from: number; readonly to: number }
  /** Shown while a gesture is not finished yet. */
  readonly preview: readonly Label[] | null
  /** The last edit, in words for screen readers. */
  readonly said: string
}

export type DeskStore = StoreApi<DeskState>

type Start = Pick<DeskState, 'trackId' | 'grid' | 'durationSeconds' | 'revision' | 'knownAt'> & {
  readonly labels: readonly Label[]
}

export const createDeskStore = ({ labels, ...rest }: Start): DeskStore =>
  createStore<DeskState>(() => ({
    ...rest,
    history: readHistory(rest.trackId, labels) ?? createHistory(labels),
    saving: 'saved',
    selectedBeat: null,
    ghosts: [],
    selectedGhost: null,
    kind: 'intro',
    snap: 'bar',
    tap: null,
    isAskingWhy: false,
    view: { from: 0, to: rest.durationSeconds },
    preview: null,
    said: '',
  }))

/** Ends a gesture. @returns whether anything changed */
export const commit = (desk: DeskStore, edit: Edit, said: string): boolean => {
  const { history } = desk.getState()
  const next = commitGesture(history, edit(history.present))
  const isChanged = next !== history
  desk.setState({ history: next, preview: null, ...(isChanged ? { saving: 'waiting', said } : {}) })
  if (isChanged) writeHistory(desk.getState().trackId, next)
  return isChanged
}

const step =
  (move: (history: LabelHistory) => LabelHistory | null, said: string) =>
  (desk: DeskStore): void => {
    const { history, trackId } = desk.getState()
    const next = move(history)
    if (next === null) return
    desk.setState({ history: next, saving: 'waiting', said })
    writeHistory(trackId, next)
  }
export const undo = step(undoGesture, 'Undone.')
export const redo = step(redoGesture, 'Done again.')

/** Labels that came from elsewhere are a step of their own, so that undo leads back behind them too. @returns whether any are new */
export const adopt = (
  desk: DeskStore,
  labels: readonly Label[],
  { labels_revision: revision, askedAt: knownAt }: Pick<TrackDocument, 'labels_revision' | 'askedAt'>,
): boolean => {
  const { history, trackId } = desk.getState()
  const next = commitGesture(history, labels)
  desk.setState({ history: next, revision, knownAt })
  if (next.past.length === 0) forgetHistory(trackId)
  else writeHistory(trackId, next)
  return next !== history
}

export const selectedLabel = ({ history, selectedBeat }: DeskState): Label | null =>
  history.present.find(({ startBeat }) => startBeat === selectedBeat) ?? null
