import { type PointerEvent, useRef } from 'react'
import { UserError } from '../../core/support/user-error.ts'
import { notify } from '../kit/notices.tsx'
import type { DeskTools } from './desk-edits.ts'
import { commit } from './desk-store.ts'
import {
  type Edit,
  edgeEdit,
  edgeNear,
  type GrabbedEdge,
  labelAt,
  meantBeat,
  paintEdit,
  spanBetween,
} from './gestures.ts'

type Pointed = PointerEvent<HTMLDivElement>
type Place = {
  /** Not rounded. */
  readonly beatAt: (event: Pointed) => number
  readonly pixelsPerBeat: () => number
  /** In the lanes below the sound: there edges are moved, above them sections are painted. */
  readonly isOnLabels: (event: Pointed) => boolean
  readonly isOnGhosts: (event: Pointed) => boolean
}
type Painting = {
  readonly begin: (event: Pointed, seekHere: () => void) => void
  readonly move: (event: Pointed) => void
  readonly end: (event: Pointed) => void
  readonly cancel: () => void
}

const GRAB_PIXELS = 7
/** A hand that clicks trembles less than this. */
const DRAG_PIXELS = 4

type Drag = { readonly x: number; readonly beat: number; readonly grabbed: GrabbedEdge | null; isMoved: boolean }

/** From pointer to labels: painting, moving an edge, selecting. What is shown on the way is what the release will keep. */
export const usePainting = (tools: DeskTools, { beatAt, pixelsPerBeat, isOnLabels, isOnGhosts }: Place): Painting => {
  const { desk, save } = tools
  const drag = useRef<Drag | null>(null)

  const meant = (event: Pointed): number => {
    const { grid, snap } = desk.getState()
    return meantBeat(grid, beatAt(event), { snap: event.altKey ? 'beat' : snap, pixelsPerBeat: pixelsPerBeat() })
  }
  const grabbedAt = (event: Pointed): GrabbedEdge | null =>
    isOnLabels(event) ? edgeNear(desk.getState().history.present, beatAt(event), GRAB_PIXELS / pixelsPerBeat()) : null
  const editOf = ({ beat, grabbed }: Drag, event: Pointed): Edit =>
    grabbed
      ? edgeEdit(grabbed.label, grabbed.edge, meant(event))
      : paintEdit(spanBetween(beat, meant(event)), desk.getState().kind)
  const select = (event: Pointed): void => {
    const { history, ghosts } = desk.getState()
    const beat = beatAt(event)
    const ghost = ghosts.find(({ startBeat, endBeat }) => startBeat <= beat && beat < endBeat)
    const label = labelAt(history.present, beat)
    if (ghost && (isOnGhosts(event) || label === null)) desk.setState({ selectedGhost: ghost.id, selectedBeat: null })
    else desk.setState({ selectedGhost: null, selectedBeat: label?.startBeat ?? null })
  }

  return {
    begin: (event, seekHere) => {
      if (event.button !== 0) return
      event.currentTarget.focus({ preventScroll: true })
      event.currentTarget.setPointerCapture(event.pointerId)
      const grabbed = grabbedAt(event)
      drag.current = { x: event.clientX, beat: meant(event), grabbed, isMoved: false }
      if (grabbed === null) seekHere()
      select(event)
    },
    move: (event) => {
      const current = drag.current
      if (current === null) {
        event.currentTarget.dataset.grab = grabbedAt(event) ? 'edge' : 'none'
        return
      }
      current.isMoved ||= Math.abs(event.clientX - current.x) > DRAG_PIXELS
      if (!current.isMoved) return
      const { history } = desk.getState()
      try {
        desk.setState({ preview: editOf(current, event)(history.present) })
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        desk.setState({ preview: null })
      }
    },
    end: (event) => {
      const current = drag.current
      drag.current = null
      if (!current?.isMoved) return
      const edit = editOf(current, event)
      const span = spanBetween(current.beat, meant(event))
      try {
        if (!commit(desk, edit, `Beats ${span.startBeat} to ${span.endBeat}.`)) return
        save(edit)
        const beat =
          current.grabbed?.edge === 'start' ? meant(event) : (current.grabbed?.label.startBeat ?? span.startBeat)
        desk.setState({ selectedBeat: beat, selectedGhost: null })
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        desk.setState({ preview: null })
        notify({ tone: 'problem', title: error.title, detail: `${error.message} ${error.hint}` })
      }
    },
    cancel: () => {
      drag.current = null
      desk.setState({ preview: null })
    },
  }
}
