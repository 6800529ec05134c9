import { createStore, type StoreApi } from 'zustand'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { carrySpan } from '../../core/beats/carry-span.ts'
import { carrySpans } from '../../core/labels/carry-spans.ts'
import type { Label } from '../../core/labels/label.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import {
  commitGesture,
  createHistory,
  type GestureHistory,
  redoGesture,
  undoGesture,
} from '../../core/support/gesture-history.ts'
import type { Ghost } from '../waveform/paint-spans.ts'
import { backInForce, type DeskContent, isSameContent, isSameGrid, openGhosts } from './desk-content.ts'
import { forgetHistory, readHistory, writeHistory } from './kept-history.ts'
import type { Snap } from './snap.ts'
import type { Taps } from './tap-tempo.ts'

type Saving = 'saved' | 'saving' | 'waiting'

/** A section that is being tapped while the track plays: it ends at the next tap. */
type Tap = { readonly kind: SectionKind; readonly ownKindId?: number | undefined; readonly startBeat: number }

export type DeskState = {
  readonly trackId: number
  readonly durationSeconds: number
  readonly history: History
  /** The labels and the grid of the server that `history.present` grew out of. */
  readonly revision: string
  /** When `revision` was last known to be the newest, by the page's clock: answers to older requests tell nothing. */
  readonly knownAt: number
  readonly saving: Saving
  /** The beat at which the selected label starts. */
  readonly selectedBeat: number | null
  /** All that the model proposes. */
  readonly proposed: readonly Ghost[]
  /** Those of them that are still to be decided on. */
  readonly ghosts: readonly Ghost[]
  readonly selectedGhost: string | null
  readonly kind: SectionKind
  /** The kind of the person's own that is chosen, which stands for `kind`. */
  readonly ownKindId: number | undefined
  readonly snap: Snap
  readonly tap: Tap | null
  readonly taps: Taps
  /** What they come to; null while there are too few. */
  readonly tappedBpm: number | null
  /** Whether the evidence of the selection is shown. */
  readonly isAskingWhy: boolean
  /** What is shown of the track, in seconds. */
  readonly view: { readonly from: number; readonly to: number }
  /** Shown while a gesture is not finished yet. */
  readonly preview: readonly Label[] | null
  /** Shown while the grid is being dragged. */
  readonly previewGrid: BeatGrid | null
  /** The last gesture, in words. */
  readonly said: string
}

type History = GestureHistory<DeskContent>

export type DeskStore = StoreApi<DeskState>

type Start = Pick<DeskState, 'trackId' | 'durationSeconds' | 'revision' | 'knownAt'> & {
  readonly content: DeskContent
}

export const createDeskStore = ({ content, ...rest }: Start): DeskStore =>
  createStore<DeskState>(() => ({
    ...rest,
    history: readHistory(rest.trackId, content) ?? createHistory(content),
    saving: 'saved',
    selectedBeat: null,
    proposed: [],
    ghosts: [],
    selectedGhost: null,
    kind: 'intro',
    ownKindId: undefined,
    snap: 'bar',
    tap: null,
    taps: [],
    tappedBpm: null,
    isAskingWhy: false,
    view: { from: 0, to: rest.durationSeconds },
    preview: null,
    previewGrid: null,
    said: '',
  }))

export const labelsOf = ({ history }: Pick<DeskState, 'history'>): readonly Label[] => history.present.labels
export const gridOf = ({ history }: Pick<DeskState, 'history'>): BeatGrid => history.present.grid

/** A gesture in words begins a sentence. */
export const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`

/** What is selected, begun and proposed goes along to another grid by time. */
const follow = ({ history, selectedBeat, tap, proposed }: DeskState, next: DeskContent): Partial<DeskState> => {
  const { grid, labels } = history.present
  if (isSameGrid(grid, next.grid)) return {}
  const carry = (beat: number): number => carrySpan({ startBeat: beat, endBeat: beat + 1 }, grid, next.grid).startBeat
  const selected = labels.findIndex(({ startBeat }) => startBeat === selectedBeat)
  return {
    selectedBeat: next.labels[selected]?.startBeat ?? null,
    tap: tap && { ...tap, startBeat: carry(tap.startBeat) },
    proposed: carrySpans(proposed, grid, next.grid),
  }
}

const put = (desk: DeskStore, history: History): void => {
  desk.setState((state) => {
    const followed = follow(state, history.present)
    const ghosts = openGhosts(followed.proposed ?? state.proposed, history.present)
    return { ...followed, history, ghosts, preview: null, previewGrid: null }
  })
  const { trackId } = desk.getState()
  if (history.past.length + history.future.length === 0) forgetHistory(trackId)
  else writeHistory(trackId, history)
}

/** Ends a gesture. @returns whether anything changed */
export const commit = (desk: DeskStore, content: DeskContent, name: string): boolean => {
  const { history } = desk.getState()
  const isChanged = !isSameContent(history.present, content)
  if (isChanged) {
    put(desk, commitGesture(history, { name, content }))
    desk.setState({ saving: 'waiting', said: sentence(name) })
  } else desk.setState({ preview: null, previewGrid: null })
  return isChanged
}

/** From one content to another. */
export type Passage = { readonly before: DeskContent; readonly after: DeskContent; readonly restored: number }

/** A suggestion that was turned down before this history began: that it was belongs to all of it. */
export const assumeRejected = (desk: DeskStore, ghost: Ghost): void =>
  desk.setState(({ history: { past, present, future } }) => {
    const assume = (content: DeskContent): DeskContent =>
      content.rejected.some(({ id }) => id === ghost.id)
        ? content
        : { ...content, rejected: [...content.rejected, ghost] }
    return {
      history: {
        past: past.map((one) => ({ ...one, content: assume(one.content) })),
        present: assume(present),
        future,
      },
    }
  })

const step =
  (move: typeof undoGesture<DeskContent>, words: string, nothing: string) =>
  (desk: DeskStore): Passage | null => {
    const { history, tap, preview, previewGrid } = desk.getState()
    // A gesture that is under way is not one of the past, and comes first.
    if (preview !== null || previewGrid !== null) return null
    if (tap !== null) {
      desk.setState({ tap: null, said: `Cancelled: ${tap.kind}.` })
      return null
    }
    const moved = move(history)
    if (moved === null) {
      desk.setState({ said: nothing })
      return null
    }
    const name = moved.future.length > history.future.length ? moved.future[0]!.name : moved.past.at(-1)!.name
    const before = history.present
    const after = backInForce(moved.present, before)
    put(desk, { ...moved, present: after })
    desk.setState({ saving: 'waiting', said: `${words}: ${name}.` })
    return { before, after, restored: moved.present.gridVersion }
  }
/** @returns null where nothing was left to take back */
export const undo = step(undoGesture, 'Undone', 'Nothing to undo.')
export const redo = step(redoGesture, 'Redone', 'Nothing to redo.')

/** Without what lies on grids that the server never had. @param lastVersion of the grid that it had */
const confirmedOnly = (history: History, lastVersion: number): History => {
  const isKnown = ({ gridVersion }: DeskContent): boolean => gridVersion <= lastVersion
  const past = history.past.filter(({ content }) => isKnown(content))
  const last = past.at(-1)
  return isKnown(history.present) || last === undefined
    ? { ...history, past }
    : { past: past.slice(0, -1), present: last.content, future: [] }
}

type News = Pick<DeskState, 'revision' | 'knownAt'> & {
  readonly name: string
  /** Of the grid that the server had before. @default the one in force */
  readonly lastVersion?: number
}

/** What came from elsewhere is a step of its own, so that undo leads back behind it too. @returns whether any of it is new */
export const adopt = (desk: DeskStore, content: DeskContent, { name, lastVersion, ...known }: News): boolean => {
  const { history } = desk.getState()
  const { present } = history
  const isNew = !isSameContent(present, content)
  desk.setState(known)
  if (isNew) {
    const confirmed = confirmedOnly(history, lastVersion ?? present.gridVersion)
    put(desk, commitGesture(confirmed, { name, content }))
    desk.setState({ said: sentence(name) })
  } else put(desk, { ...history, present: { ...present, gridVersion: content.gridVersion } })
  return isNew
}

export const selectedLabel = ({ history, selectedBeat }: DeskState): Label | null =>
  history.present.labels.find(({ startBeat }) => startBeat === selectedBeat) ?? null
