import type { z } from 'zod'
import type { gridEdit } from '../../api/contract/tracks.ts'
import { beatsToSeconds, secondsToBeats } from '../../core/beats/beat-grid.ts'
import type { Label } from '../../core/labels/label.ts'
import { describeLabel } from '../../core/labels/label-edit.ts'
import { mergeLabels, relabel, splitLabel } from '../../core/labels/reshape-labels.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { type Span, spansOverlap } from '../../core/labels/span.ts'
import { acceptedLabel } from '../../core/suggestions/accepted-label.ts'
import { UserError } from '../../core/support/user-error.ts'
import { notify } from '../kit/notices.tsx'
import { endStretch, isPlayingOn, play, playStretch, position, seek, setLoop, usePlayer } from '../player/player.ts'
import type { Ghost } from '../waveform/paint-spans.ts'
import { commit, type DeskStore, selectedLabel } from './desk-store.ts'
import { addEdit, type Edit, edgeEdit, paintEdit } from './label-edits.ts'
import { meantBeat } from './snap.ts'
import { moveView } from './view.ts'

type GridEdit = z.input<typeof gridEdit>

/** What the desk needs from outside. */
export type DeskTools = {
  readonly desk: DeskStore
  readonly save: (last: Edit) => void
  readonly reject: (ghost: Ghost) => void
  readonly editGrid: (edit: GridEdit) => void
  /** Where else the span is heard, best first. */
  readonly findRepeats: (span: Span) => Promise<readonly Span[]>
  readonly nextTrack: () => void
  readonly previousTrack: () => void
}

const AUDITION_BEATS = 2

/** A refused edit changes nothing and is told. */
export const changeLabels = ({ desk, save }: DeskTools, edit: Edit, said: string): boolean => {
  try {
    const isChanged = commit(desk, edit, said)
    if (isChanged) save(edit)
    return isChanged
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    notify({ tone: 'problem', title: error.title, detail: `${error.message} ${error.hint}` })
    return false
  }
}

/** Players of compressed sound end a little before the track does. */
const END_TOLERANCE_SECONDS = 0.05

export const playheadBeat = ({ desk }: DeskTools): number => {
  const { grid, snap, durationSeconds } = desk.getState()
  const soundEnds = Math.min(durationSeconds, usePlayer.getState().durationSeconds || durationSeconds)
  // The end of the sound cuts off the last beat, so the playhead never gets past it.
  if (position() >= soundEnds - END_TOLERANCE_SECONDS) return grid.beatCount
  return meantBeat(grid, secondsToBeats(grid, position()), { snap: snap === 'bar' ? 'beat' : snap, pixelsPerBeat: 1 })
}

export const seekBeat = (tools: DeskTools, beat: number): void => {
  const { grid } = tools.desk.getState()
  endStretch()
  seek(beatsToSeconds(grid, Math.max(0, Math.min(grid.beatCount, beat))))
  moveView(tools.desk, position())
}

/** Plays two beats either side of an edge that was moved by key, so that the ear decides. */
const audition = ({ desk }: DeskTools, beat: number): void => {
  const { grid } = desk.getState()
  playStretch({ from: beatsToSeconds(grid, beat - AUDITION_BEATS), to: beatsToSeconds(grid, beat + AUDITION_BEATS) })
}

export const moveSelectedEdge = (tools: DeskTools, edge: 'start' | 'end', to: (label: Label) => number): void => {
  const label = selectedLabel(tools.desk.getState())
  if (label === null) return
  const beat = to(label)
  if (!changeLabels(tools, edgeEdit(label, edge, beat), `${edge === 'start' ? 'Start' : 'End'} at beat ${beat}.`))
    return
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
  if (changeLabels(tools, paintEdit(span, tap.kind), `${tap.kind}, beats ${span.startBeat} to ${span.endBeat}.`))
    tools.desk.setState({ selectedBeat: span.startBeat })
}

export const acceptGhost = (tools: DeskTools, ghost: Ghost, kind: SectionKind = ghost.kind): void => {
  const label: Label = acceptedLabel(ghost, kind)
  if (changeLabels(tools, addEdit([label]), `Accepted: ${describeLabel(label)}.`)) selectNext(tools, 1)
}

/** The next one is selected, as after an acceptance. */
export const rejectGhost = (tools: DeskTools, ghost: Ghost): void => {
  if (!selectNext(tools, 1)) tools.desk.setState({ selectedGhost: null })
  tools.reject(ghost)
}

/** With a suggestion or a label selected the key says what it is; else it starts a section here and ends the one before. */
export const labelWith = (tools: DeskTools, kind: SectionKind): void => {
  const { desk } = tools
  const { ghosts, selectedGhost } = desk.getState()
  const ghost = ghosts.find(({ id }) => id === selectedGhost)
  const label = selectedLabel(desk.getState())
  desk.setState({ kind })
  if (ghost) {
    acceptGhost(tools, ghost, kind)
    return
  }
  if (label && !isPlayingOn()) {
    changeLabels(tools, (labels) => relabel(labels, label, kind).labels, `Now ${kind}.`)
    return
  }
  closeTap(tools)
  desk.setState({ tap: { kind, startBeat: playheadBeat(tools) }, selectedBeat: null, said: `${kind} starts here.` })
}

/** Labels and suggestions together, in the order of the track. */
const stops = ({ desk }: DeskTools): readonly (Span & { readonly ghostId: string | null })[] => {
  const { history, ghosts } = desk.getState()
  const labels = history.present.map(({ startBeat, endBeat }) => ({ startBeat, endBeat, ghostId: null }))
  const proposed = ghosts.map(({ startBeat, endBeat, id }) => ({ startBeat, endBeat, ghostId: id }))
  return [...labels, ...proposed].toSorted((a, b) => a.startBeat - b.startBeat)
}

/** @returns false at the end, where the focus may leave */
export const selectNext = (tools: DeskTools, direction: 1 | -1): boolean => {
  const { desk } = tools
  const { selectedBeat, selectedGhost, ghosts } = desk.getState()
  const current = ghosts.find(({ id }) => id === selectedGhost)?.startBeat ?? selectedBeat
  const all = stops(tools)
  const next =
    direction === 1
      ? all.find(({ startBeat }) => current === null || startBeat > current)
      : all.findLast(({ startBeat }) => current === null || startBeat < current)
  if (next === undefined) return false
  desk.setState({ selectedBeat: next.ghostId ? null : next.startBeat, selectedGhost: next.ghostId })
  if (!isPlayingOn()) seekBeat(tools, next.startBeat)
  return true
}

export const selectedSpan = ({ desk }: DeskTools): Span | null => {
  const state = desk.getState()
  return state.ghosts.find(({ id }) => id === state.selectedGhost) ?? selectedLabel(state)
}

export const loopSelection = (tools: DeskTools, isStarting: boolean): void => {
  const span = selectedSpan(tools)
  const { grid } = tools.desk.getState()
  const isLooping = usePlayer.getState().loop !== null
  if (isLooping && !isStarting) setLoop(null)
  else if (span !== null)
    setLoop({ from: beatsToSeconds(grid, span.startBeat), to: beatsToSeconds(grid, span.endBeat) })
  if (isStarting && span !== null) play()
}

export const mergeSelected = (tools: DeskTools): void => {
  const { desk } = tools
  const label = selectedLabel(desk.getState())
  const next = desk.getState().history.present.find(({ startBeat }) => label !== null && startBeat > label.startBeat)
  if (label && next) changeLabels(tools, (labels) => mergeLabels(labels, label, next).labels, 'Merged.')
}

export const deleteSelected = (tools: DeskTools): void => {
  const label = selectedLabel(tools.desk.getState())
  if (label === null) return
  changeLabels(
    tools,
    (labels) => labels.filter((one) => one.startBeat !== label.startBeat),
    `${describeLabel(label)} deleted.`,
  )
  tools.desk.setState({ selectedBeat: null })
}

/** Open suggestions that are at least this sure become labels, as one step. */
export const acceptSurer = (tools: DeskTools, leastConfidence: number): void => {
  const accepted = tools.desk
    .getState()
    .ghosts.filter(({ confidence }) => confidence >= leastConfidence)
    .map((ghost): Label => acceptedLabel(ghost))
  if (accepted.length === 0) return
  changeLabels(tools, addEdit(accepted), `${accepted.length} suggestions accepted.`)
}

/** Copies the selected label, as one step, to every place without labels where the same is heard again. */
export const copyToRepeats = async (tools: DeskTools): Promise<void> => {
  const label = selectedLabel(tools.desk.getState())
  if (label === null) return
  const repeats = await tools.findRepeats(label)
  const { kind } = label
  const copies = repeats.map(({ startBeat, endBeat }): Label => ({ startBeat, endBeat, kind, source: 'user' }))
  const before = tools.desk.getState().history.present.length
  changeLabels(tools, addEdit(copies), `${kind} copied to its repeats.`)
  const count = tools.desk.getState().history.present.length - before
  notify({
    tone: 'plain',
    title:
      count === 0
        ? 'No free place sounds enough like this section'
        : `${kind} copied to ${count} more ${count === 1 ? 'place' : 'places'}`,
  })
}

/** Undo and redo are saved like any other edit. */
export const stepThrough = (tools: DeskTools, done: (desk: DeskStore) => void): void => {
  const before = selectedLabel(tools.desk.getState())
  done(tools.desk)
  const { present } = tools.desk.getState().history
  // The selection follows an edge that went back.
  const still = before && present.find((label) => spansOverlap(label, before))
  if (still) tools.desk.setState({ selectedBeat: still.startBeat })
  tools.save(() => present)
}

export const splitAtPlayhead = (tools: DeskTools): void => {
  changeLabels(tools, (labels) => splitLabel(labels, playheadBeat(tools)).labels, 'Split.')
}
