import type { BeatGrid } from '../../../core/beats/beat-grid.ts'
import { nudge } from '../../../core/beats/grid-edits.ts'
import { UserError } from '../../../core/support/user-error.ts'
import { DRAG_PIXELS } from './drag.ts'
import type { Gesture, Point, Scene } from './gesture.ts'

type GridDrag = { readonly seconds: number; readonly x: number; readonly isMoved: boolean }

const previewOf = ({ grid, durationSeconds }: Scene, seconds: number): BeatGrid | null => {
  try {
    return nudge(grid, seconds, durationSeconds)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return null
  }
}

const distance = ({ seconds }: GridDrag, point: Point): number => point.seconds - seconds

/** The numbers of the bars are taken hold of, and the whole grid goes along; a press that does not move goes there. */
export const moveGrid: Gesture<GridDrag> = {
  begin: ({ lane, seconds, x }) => ({ state: lane === 'bars' ? { seconds, x, isMoved: false } : null, answer: {} }),
  move: (drag, point, scene) => {
    const isMoved = drag.isMoved || Math.abs(point.x - drag.x) > DRAG_PIXELS
    const previewGrid = previewOf(scene, distance(drag, point))
    return { state: { ...drag, isMoved }, answer: isMoved ? { previewGrid } : {} }
  },
  end: (drag, point) => ({
    state: null,
    answer: drag.isMoved
      ? { previewGrid: null, gridEdit: { kind: 'nudge', seconds: distance(drag, point) } }
      : { seekBeat: point.beat },
  }),
  cancel: () => ({ state: null, answer: { previewGrid: null } }),
}
