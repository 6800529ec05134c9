import { type PointerEvent, useRef } from 'react'
import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { seek } from '../player/player.ts'
import { changeLabels, type DeskTools } from './desk-edits.ts'
import type { Answer, Gesture, Point, Scene, Step } from './gestures/gesture.ts'
import { moveEdge } from './gestures/move-edge.ts'
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
    const { grid, snap, kind, ghosts, history } = desk.getState()
    return { grid, snap, kind, ghosts, labels: history.present, pixelsPerBeat: pixelsPerBeat() }
  }
  const follow = ({ preview, selection, seekBeat, finished }: Answer): void => {
    if (preview !== undefined) desk.setState({ preview })
    if (selection !== undefined) desk.setState(selection)
    if (seekBeat !== undefined) seek(Math.max(0, beatsToSeconds(desk.getState().grid, seekBeat)))
    if (finished !== undefined && changeLabels(tools, finished.edit, finished.said))
      desk.setState({ selectedBeat: finished.selectedBeat, selectedGhost: null })
  }
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return
      event.currentTarget.focus({ preventScroll: true })
      event.currentTarget.setPointerCapture(event.pointerId)
      const [point, seen] = [pointOf(event), scene()]
      const grabbed = moveEdge.begin(point, seen)
      const painting = paint.begin(point, seen)
      running.current = run(moveEdge, grabbed) ?? run(paint, painting)
      follow(grabbed.state === null ? painting.answer : grabbed.answer)
      follow(select.begin(point, seen).answer)
    },
    onPointerMove: (event) => {
      const [point, seen] = [pointOf(event), scene()]
      if (running.current) follow(running.current.move(point, seen))
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
