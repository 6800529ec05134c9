import { type PointerEvent, useRef } from 'react'
import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { seek } from '../player/player.ts'
import { changeLabels, type DeskTools, editGrid } from './desk-edits.ts'
import { gridOf } from './desk-store.ts'
import type { Answer, Gesture, Point, Scene, Step } from './gestures/gesture.ts'
import { moveEdge } from './gestures/move-edge.ts'
import { moveGrid } from './gestures/move-grid.ts'
import { paint } from './gestures/paint.ts'
import { select } from './gestures/select.ts'

type Pointed = PointerEvent<HTMLDivElement>
type Place = { readonly pointOf: (event: Pointed) => Point; readonly pixelsPerBeat: () => number }
type Handlers = Readonly<
  Record<'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel', (event: Pointed) => void>
>

/** A gesture under way, with its state. */
type Running = {
  readonly move: (point: Point, scene: Scene) => Answer
  readonly end: (point: Point, scene: Scene) => Answer
  readonly cancel: () => Answer
}

/** @returns null where the gesture does not begin */
const run = <State>(gesture: Gesture<State>, begun: Step<State>): Running | null => {
  if (begun.state === null) return null
  let state = begun.state
  return {
    move: (point, scene) => {
      const step = gesture.move(state, point, scene)
      state = step.state ?? state
      return step.answer
    },
    end: (point, scene) => gesture.end(state, point, scene).answer,
    cancel: () => gesture.cancel().answer,
  }
}

/** Feeds the gestures of the waveform with what the pointer does, and the desk with their answers. */
export const useGestures = (tools: DeskTools, { pointOf, pixelsPerBeat }: Place): Handlers => {
  const { desk } = tools
  const running = useRef<Running | null>(null)

  const scene = (): Scene => {
    const { durationSeconds, snap, kind, ownKindId, ghosts, history } = desk.getState()
    const { grid, labels } = history.present
    return { grid, durationSeconds, snap, kind, ownKindId, ghosts, labels, pixelsPerBeat: pixelsPerBeat() }
  }
  const follow = ({ preview, selection, seekBeat, finished, previewGrid, gridEdit }: Answer): void => {
    if (preview !== undefined) desk.setState({ preview })
    if (previewGrid !== undefined) desk.setState({ previewGrid })
    if (selection !== undefined) desk.setState(selection)
    if (seekBeat !== undefined) seek(Math.max(0, beatsToSeconds(gridOf(desk.getState()), seekBeat)))
    if (finished !== undefined && changeLabels(tools, finished.edit, finished.name))
      desk.setState({ selectedBeat: finished.selectedBeat, selectedGhost: null })
    if (gridEdit !== undefined) editGrid(tools, gridEdit)
  }
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return
      event.currentTarget.focus({ preventScroll: true })
      event.currentTarget.setPointerCapture(event.pointerId)
      const [point, seen] = [pointOf(event), scene()]
      running.current = run(moveGrid, moveGrid.begin(point, seen))
      if (running.current) return
      const grabbed = moveEdge.begin(point, seen)
      const painting = paint.begin(point, seen)
      running.current = run(moveEdge, grabbed) ?? run(paint, painting)
      follow(grabbed.state === null ? painting.answer : grabbed.answer)
      follow(select.begin(point, seen).answer)
    },
    onPointerMove: (event) => {
      const [point, seen] = [pointOf(event), scene()]
      if (running.current) follow(running.current.move(point, seen))
      else if (point.lane === 'bars') event.currentTarget.dataset.grab = 'grid'
      else event.currentTarget.dataset.grab = moveEdge.begin(point, seen).state === null ? 'none' : 'edge'
    },
    onPointerUp: (event) => {
      const ended = running.current
      running.current = null
      if (ended) follow(ended.end(pointOf(event), scene()))
    },
    onPointerCancel: () => {
      const cancelled = running.current
      running.current = null
      if (cancelled) follow(cancelled.cancel())
    },
  }
}
