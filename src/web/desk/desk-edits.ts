import { beatsToSeconds, secondsToBeats } from '../../core/beats/beat-grid.ts'
import type { GridEdit } from '../../core/beats/grid-edit.ts'
import { placeText, spanText } from '../../core/labels/bar-text.ts'
import type { Label } from '../../core/labels/label.ts'
import { mergeLabels, relabel, splitLabel } from '../../core/labels/reshape-labels.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { type Span, spansOverlap } from '../../core/labels/span.ts'
import { acceptedLabel } from '../../core/suggestions/accepted-label.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { UserError } from '../../core/support/user-error.ts'
import { countText } from '../../core/units/count-text.ts'
import { notify } from '../kit/notices.tsx'
import { endStretch, isPlayingOn, play, playStretch, position, seek, setLoop, usePlayer } from '../player/player.ts'
import type { Ghost } from '../waveform/paint-spans.ts'
import { type Change, changesOf } from './desk-changes.ts'
import { withGridEdit } from './desk-content.ts'
import {
  assumeRejected,
  commit,
  type DeskStore,
  gridOf,
  labelsOf,
  type Passage,
  selectedLabel,
  sentence,
} from './desk-store.ts'
import { gridEditText } from './grid-edit-words.ts'
import { isSurer } from './is-surer.ts'
import { addEdit, type Edit, edgeEdit, ownKind, paintEdit } from './label-edits.ts'
import { refusalText } from './refusal-text.ts'
import { meantBeat } from './snap.ts'
import { moveView } from './view.ts'

/** What the desk needs from outside. */
export type DeskTools = {
  readonly desk: DeskStore
  /** Tells the server what a gesture changed. */
  readonly save: (changes: readonly Change[]) => void
  /** Where else the span is heard, best first. */
  readonly findRepeats: (span: Span) => Promise<readonly Span[]>
  readonly nextTrack: () => void
  readonly previousTrack: () => void
}

const AUDITION_BEATS = 2

/** A refused edit changes nothing and is told. */
const attempt = <Result>(run: () => Result): Result | null => {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    notify({ tone: 'problem', title: error.title, detail: refusalText(error) })
    return null
  }
}

/** @param name of the gesture, as it is said, and said again when it is taken back */
export const changeLabels = ({ desk, save }: DeskTools, edit: Edit, name: string): boolean => {
  const { present } = desk.getState().history
  const labels = attempt(() => edit(present.labels))
  if (labels === null) return false
  const after = { ...present, labels }
  const isChanged = commit(desk, after, name)
  if (isChanged) save([{ kind: 'labels', edit, after }])
  return isChanged
}

export const editGrid = ({ desk, save }: DeskTools, edit: GridEdit): void => {
  const { history, durationSeconds } = desk.getState()
  const { present } = history
  const after = attempt(() => withGridEdit(present, edit, durationSeconds))
  if (after !== null && commit(desk, after, gridEditText(edit)))
    save([{ kind: 'grid', body: snakeCase({ ...edit, version: present.gridVersion }), after }])
}

/** What a span is called: "drop, bars 17–32". */
export const named = ({ desk }: DeskTools, span: Span & { readonly kind: SectionKind }): string =>
  `${span.kind}, ${spanText(gridOf(desk.getState()), span)}`

/** Players of compressed sound end a little before the track does. */
const END_TOLERANCE_SECONDS = 0.05

export const playheadBeat = ({ desk }: DeskTools): number => {
  const state = desk.getState()
  const { snap, durationSeconds } = state
  const grid = gridOf(state)
  const soundEnds = Math.min(durationSeconds, usePlayer.getState().durationSeconds || durationSeconds)
  // The end of the sound cuts off the last beat, so the playhead never gets past it.
  if (position() >= soundEnds - END_TOLERANCE_SECONDS) return grid.beatCount
  return meantBeat(grid, secondsToBeats(grid, position()), { snap: snap === 'bar' ? 'beat' : snap, pixelsPerBeat: 1 })
}

export const seekBeat = (tools: DeskTools, beat: number): void => {
  const grid = gridOf(tools.desk.getState())
  endStretch()
  seek(beatsToSeconds(grid, Math.max(0, Math.min(grid.beatCount, beat))))
  moveView(tools.desk, position())
}

/** Plays two beats either side of an edge that was moved by key, so that the ear decides. */
const audition = ({ desk }: DeskTools, beat: number): void => {
  const grid = gridOf(desk.getState())
  playStretch({ from: beatsToSeconds(grid, beat - AUDITION_BEATS), to: beatsToSeconds(grid, beat + AUDITION_BEATS) })
}

export const moveSelectedEdge = (tools: DeskTools, edge: 'start' | 'end', to: (label: Label) => number): void => {
  const label = selectedLabel(tools.desk.getState())
  if (label === null) return
  const beat = to(label)
  const place = placeText(gridOf(tools.desk.getState()), beat)
  if (!changeLabels(tools, edgeEdit(label, edge, beat), `${edge} of the ${label.kind} at ${place}`)) return
  if (edge === 'start') tools.desk.setState({ selectedBeat: beat })
  audition(tools, beat)
}

/** Ends the section that is being tapped at the playhead. */
export const closeTap = (tools: DeskTools): void => {
  const { tap } = tools.desk.getState()
  const end = playheadBeat(tools)
  tools.desk.setState({ tap: null })
  if (tap === null || end <= tap.startBeat) return
  const span = { startBeat: tap.startBeat, endBeat: end }
  if (changeLabels(tools, paintEdit(span, tap.kind, tap.ownKindId), named(tools, { ...span, kind: tap.kind })))
    tools.desk.setState({ selectedBeat: span.startBeat })
}

export const acceptGhost = (
  tools: DeskTools,
  ghost: Ghost,
  { kind, ownKindId }: Pick<Label, 'kind' | 'ownKindId'> = ghost,
): void => {
  const label: Label = { ...acceptedLabel(ghost, kind), ...ownKind(ownKindId) }
  if (changeLabels(tools, addEdit([label]), `accepted ${named(tools, label)}`)) selectNextGhost(tools, ghost)
}

export const rejectGhost = (tools: DeskTools, ghost: Ghost): void => {
  const { desk, save } = tools
  const { present } = desk.getState().history
  const after = { ...present, rejected: [...present.rejected, ghost] }
  if (!commit(desk, after, `rejected ${named(tools, ghost)}`)) return
  save([{ kind: 'reject', ghost, after }])
  selectNextGhost(tools, ghost)
}

/** A second thought about a suggestion that was turned down, now or earlier. */
export const suggestAgain = (tools: DeskTools, ghost: Ghost): void => {
  const { desk, save } = tools
  assumeRejected(desk, ghost)
  const { present } = desk.getState().history
  const after = { ...present, rejected: present.rejected.filter(({ id }) => id !== ghost.id) }
  if (commit(desk, after, `suggested again ${named(tools, ghost)}`)) save([{ kind: 'restore', ghost, after }])
}

/** With a suggestion or a label selected the key says what it is; else it starts a section here and ends the one before. */
export const labelWith = (tools: DeskTools, kind: SectionKind, ownKindId?: number): void => {
  const { desk } = tools
  const { ghosts, selectedGhost } = desk.getState()
  const ghost = ghosts.find(({ id }) => id === selectedGhost)
  const label = selectedLabel(desk.getState())
  desk.setState({ kind, ownKindId })
  if (ghost) {
    acceptGhost(tools, ghost, { kind, ownKindId })
    return
  }
  if (label && !isPlayingOn()) {
    changeLabels(
      tools,
      (labels) => relabel(labels, label, kind, ownKindId).labels,
      `${named(tools, label)} is now ${kind}`,
    )
    return
  }
  closeTap(tools)
  const startBeat = playheadBeat(tools)
  const said = sentence(`${kind} starts at ${placeText(gridOf(desk.getState()), startBeat)}`)
  desk.setState({ tap: { kind, ownKindId, startBeat }, selectedBeat: null, said })
}

/** A place that can be selected. */
type Stop = Span & { readonly ghostId: string | null }

const ghostStops = ({ desk }: DeskTools): readonly Stop[] =>
  desk.getState().ghosts.map(({ startBeat, endBeat, id }) => ({ startBeat, endBeat, ghostId: id }))
const labelStops = ({ desk }: DeskTools): readonly Stop[] =>
  labelsOf(desk.getState()).map(({ startBeat, endBeat }) => ({ startBeat, endBeat, ghostId: null }))

const selectStop = (tools: DeskTools, { startBeat, ghostId }: Stop): void => {
  tools.desk.setState({ selectedBeat: ghostId ? null : startBeat, selectedGhost: ghostId })
  if (!isPlayingOn()) seekBeat(tools, startBeat)
}

/** @returns false at the end, where the focus may leave */
const selectIn = (tools: DeskTools, stops: readonly Stop[], direction: 1 | -1): boolean => {
  const current = selectedSpan(tools)?.startBeat ?? null
  const inOrder = stops.toSorted((a, b) => a.startBeat - b.startBeat)
  const next =
    direction === 1
      ? inOrder.find(({ startBeat }) => current === null || startBeat > current)
      : inOrder.findLast(({ startBeat }) => current === null || startBeat < current)
  if (next) selectStop(tools, next)
  return next !== undefined
}

/** The open suggestions one after the other; where there are none, the labels. @returns false at the end, where the focus may leave */
export const selectNext = (tools: DeskTools, direction: 1 | -1): boolean => {
  const ghosts = ghostStops(tools)
  return selectIn(tools, ghosts.length > 0 ? ghosts : labelStops(tools), direction)
}

export const selectNextLabel = (tools: DeskTools, direction: 1 | -1): boolean =>
  selectIn(tools, labelStops(tools), direction)

/** After a decision: the open suggestion that follows, and after the last one the first that was passed over. */
const selectNextGhost = (tools: DeskTools, { startBeat }: Span): void => {
  const stops = ghostStops(tools)
  const next = stops.find((stop) => stop.startBeat > startBeat) ?? stops[0]
  if (next) selectStop(tools, next)
  else tools.desk.setState({ selectedGhost: null })
}

/** Where no suggestion is selected, the one after the playhead is, so that the next press decides on it. */
export const selectGhostHere = (tools: DeskTools): void =>
  selectNextGhost(tools, { startBeat: playheadBeat(tools) - 1, endBeat: 0 })

export const selectedSpan = ({ desk }: DeskTools): Span | null => {
  const state = desk.getState()
  return state.ghosts.find(({ id }) => id === state.selectedGhost) ?? selectedLabel(state)
}

export const loopSelection = (tools: DeskTools, isStarting: boolean): void => {
  const span = selectedSpan(tools)
  const grid = gridOf(tools.desk.getState())
  const isLooping = usePlayer.getState().loop !== null
  if (isLooping && !isStarting) setLoop(null)
  else if (span !== null)
    setLoop({ from: beatsToSeconds(grid, span.startBeat), to: beatsToSeconds(grid, span.endBeat) })
  if (isStarting && span !== null) play()
}

export const mergeSelected = (tools: DeskTools): void => {
  const { desk } = tools
  const label = selectedLabel(desk.getState())
  const next = labelsOf(desk.getState()).find(({ startBeat }) => label !== null && startBeat > label.startBeat)
  if (label && next)
    changeLabels(
      tools,
      (labels) => mergeLabels(labels, label, next).labels,
      `merged ${named(tools, label)} with the next`,
    )
}

export const deleteSelected = (tools: DeskTools): void => {
  const label = selectedLabel(tools.desk.getState())
  if (label === null) return
  changeLabels(
    tools,
    (labels) => labels.filter((one) => one.startBeat !== label.startBeat),
    `deleted ${named(tools, label)}`,
  )
  tools.desk.setState({ selectedBeat: null })
}

/** Open suggestions that are at least this sure become labels, as one step. */
export const acceptSurer = (tools: DeskTools, leastPercent: number): void => {
  const accepted = tools.desk
    .getState()
    .ghosts.filter(isSurer(leastPercent))
    .map((ghost): Label => acceptedLabel(ghost))
  if (accepted.length === 0) return
  changeLabels(tools, addEdit(accepted), `accepted ${countText(accepted.length, 'suggestion')}`)
}

/** Undo and redo are saved like any other gesture. */
export const stepThrough = (tools: DeskTools, move: (desk: DeskStore) => Passage | null): void => {
  const before = selectedLabel(tools.desk.getState())
  const passage = move(tools.desk)
  if (passage === null) return
  // The selection follows an edge that went back.
  const still = before && passage.after.labels.find((label) => spansOverlap(label, before))
  if (still && selectedLabel(tools.desk.getState()) === null) tools.desk.setState({ selectedBeat: still.startBeat })
  tools.save(changesOf(passage))
}

export const splitAtPlayhead = (tools: DeskTools): void => {
  const beat = playheadBeat(tools)
  const name = `split at ${placeText(gridOf(tools.desk.getState()), beat)}`
  changeLabels(tools, (labels) => splitLabel(labels, beat).labels, name)
}
