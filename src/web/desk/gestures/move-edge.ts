import { placeText } from '../../../core/labels/bar-text.ts'
import type { Label } from '../../../core/labels/label.ts'
import type { LabelEdge } from '../../../core/labels/reshape-labels.ts'
import { edgeEdit, reachedBeat } from '../label-edits.ts'
import { createDrag } from './drag.ts'
import type { Point, Scene } from './gesture.ts'

const GRAB_PIXELS = 7

type GrabbedEdge = { readonly label: Label; readonly edge: LabelEdge }

/** The edge of a label nearest to the pointer, null where none is within reach. */
const edgeNear = ({ beat, lane }: Point, { labels, pixelsPerBeat }: Scene): GrabbedEdge | null => {
  if (lane !== 'labels' && lane !== 'suggestions') return null
  const distance = ({ label, edge }: GrabbedEdge): number =>
    Math.abs((edge === 'start' ? label.startBeat : label.endBeat) - beat)
  const edges = labels.flatMap((label): readonly GrabbedEdge[] => [
    { label, edge: 'start' },
    { label, edge: 'end' },
  ])
  const [nearest] = edges
    .filter((one) => distance(one) <= GRAB_PIXELS / pixelsPerBeat)
    .toSorted((a, b) => distance(a) - distance(b))
  return nearest ?? null
}

/** Below the sound, the edge of a label is taken hold of and goes along. */
export const moveEdge = createDrag<GrabbedEdge>({
  gripAt: edgeNear,
  pressed: () => ({}),
  release: ({ label, edge }, beat, { grid }) => {
    const reached = reachedBeat(label, edge, beat)
    return {
      edit: edgeEdit(label, edge, beat),
      name: `${edge} of the ${label.kind} at ${placeText(grid, reached)}`,
      selectedBeat: edge === 'start' ? reached : label.startBeat,
    }
  },
})
