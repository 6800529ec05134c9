import type { Label } from '../../../core/labels/label.ts'
import { UserError } from '../../../core/support/user-error.ts'
import type { Edit } from '../label-edits.ts'
import { type Answer, beatOf, type Finished, type Gesture, type Point, type Scene } from './gesture.ts'

/** A hand that clicks trembles less than this. */
export const DRAG_PIXELS = 4

export type Drag<Grip> = {
  /** What was taken hold of. */
  readonly grip: Grip
  /** Where it was pressed, in pixels. */
  readonly x: number
  readonly isMoved: boolean
}

type Dragged<Grip> = {
  /** Null where there is nothing to take hold of. */
  readonly gripAt: (point: Point, scene: Scene) => Grip | null
  readonly pressed: (point: Point) => Answer
  /** What a release on a beat would do. */
  readonly release: (grip: Grip, beat: number, scene: Scene) => Finished
}

/** An edit that is refused shows nothing on the way. */
const previewOf = (edit: Edit, labels: readonly Label[]): readonly Label[] | null => {
  try {
    return edit(labels)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return null
  }
}

/** A gesture that edits labels by dragging: what is shown on the way is what the release keeps. */
export const createDrag = <Grip>({ gripAt, pressed, release }: Dragged<Grip>): Gesture<Drag<Grip>> => ({
  begin: (point, scene) => {
    const grip = gripAt(point, scene)
    return grip === null
      ? { state: null, answer: {} }
      : { state: { grip, x: point.x, isMoved: false }, answer: pressed(point) }
  },
  move: (drag, point, scene) => {
    const isMoved = drag.isMoved || Math.abs(point.x - drag.x) > DRAG_PIXELS
    if (!isMoved) return { state: drag, answer: {} }
    const { edit } = release(drag.grip, beatOf(point, scene), scene)
    return { state: { ...drag, isMoved }, answer: { preview: previewOf(edit, scene.labels) } }
  },
  end: (drag, point, scene) => ({
    state: null,
    answer: drag.isMoved ? { preview: null, finished: release(drag.grip, beatOf(point, scene), scene) } : {},
  }),
  cancel: () => ({ state: null, answer: { preview: null } }),
})
