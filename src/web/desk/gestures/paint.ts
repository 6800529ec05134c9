import { spanText } from '../../../core/labels/bar-text.ts'
import type { Span } from '../../../core/labels/span.ts'
import { paintEdit } from '../label-edits.ts'
import { createDrag } from './drag.ts'
import { beatOf } from './gesture.ts'

/** From where the drag began to where it is, whichever way it went. */
const spanBetween = (one: number, other: number): Span => ({
  startBeat: Math.min(one, other),
  endBeat: Math.max(one, other),
})

/** A press moves the playhead there; a drag paints a section of the kind that is chosen. */
export const paint = createDrag<number>({
  gripAt: beatOf,
  pressed: ({ beat }) => ({ seekBeat: beat }),
  release: (from, to, { kind, ownKindId, grid }) => {
    const span = spanBetween(from, to)
    return {
      edit: paintEdit(span, kind, ownKindId),
      name: `${kind}, ${spanText(grid, span)}`,
      selectedBeat: span.startBeat,
    }
  },
})
