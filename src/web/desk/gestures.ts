import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { snapBoundary, snapToBeat } from '../../core/beats/snap.ts'
import type { Label } from '../../core/labels/label.ts'
import { MIN_LABEL_BEATS } from '../../core/labels/label-edit.ts'
import { paintLabel } from '../../core/labels/paint-label.ts'
import { type LabelEdge, moveEdge } from '../../core/labels/reshape-labels.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { type Span, spansOverlap } from '../../core/labels/span.ts'

export const SNAPS = ['bar', 'beat'] as const
/** `bar`: a pull towards bars and phrases; `beat`: the nearest beat. Labels always lie on beats. */
export type Snap = (typeof SNAPS)[number]

/** What follows a change: labels in, labels out, so that it can be done again on labels that changed meanwhile. */
export type Edit = (labels: readonly Label[]) => readonly Label[]

/** People point the less exactly the further they are zoomed out: about this many pixels. */
const POINTING_DEVIATION_PIXELS = 5
const LEAST_UNCERTAINTY_BEATS = 1 / 3

/** @returns the whole beat that was meant by a position, in beats */
export const meantBeat = (
  grid: BeatGrid,
  position: number,
  { snap, pixelsPerBeat }: { readonly snap: Snap; readonly pixelsPerBeat: number },
): number =>
  snap === 'bar'
    ? snapBoundary(grid, position, Math.max(LEAST_UNCERTAINTY_BEATS, POINTING_DEVIATION_PIXELS / pixelsPerBeat))
    : snapToBeat(grid, position)

/** From where the drag began to where it is, whichever way it went. */
export const spanBetween = (one: number, other: number): Span => ({
  startBeat: Math.min(one, other),
  endBeat: Math.max(one, other),
})

/** Those that lie where nothing is labelled yet. */
export const addEdit =
  (additions: readonly Label[]): Edit =>
  (labels) => {
    const free = additions.filter((addition) => !labels.some((label) => spansOverlap(label, addition)))
    return [...labels, ...free].toSorted((a, b) => a.startBeat - b.startBeat)
  }

export const paintEdit =
  (span: Span, kind: SectionKind): Edit =>
  (labels) =>
    span.endBeat - span.startBeat < MIN_LABEL_BEATS
      ? labels
      : paintLabel(labels, { ...span, kind, source: 'user' }).labels

/** The edge goes as far towards `beat` as the label stays long enough; a label that is not there any more is left alone. */
export const edgeEdit =
  (label: Label, edge: LabelEdge, beat: number): Edit =>
  (labels) => {
    const current = labels.find((one) => one.startBeat === label.startBeat && one.endBeat === label.endBeat)
    if (current === undefined) return labels
    const limit = edge === 'start' ? current.endBeat - MIN_LABEL_BEATS : current.startBeat + MIN_LABEL_BEATS
    const reached = edge === 'start' ? Math.max(0, Math.min(beat, limit)) : Math.max(beat, limit)
    return moveEdge(labels, { label: current, edge, beat: reached }).labels
  }

export type GrabbedEdge = { readonly label: Label; readonly edge: LabelEdge }

/** The edge of a label nearest to a beat position, null where none is within reach. */
export const edgeNear = (labels: readonly Label[], beat: number, reachBeats: number): GrabbedEdge | null => {
  const edges = labels.flatMap((label): readonly (GrabbedEdge & { readonly distance: number })[] => [
    { label, edge: 'start', distance: Math.abs(label.startBeat - beat) },
    { label, edge: 'end', distance: Math.abs(label.endBeat - beat) },
  ])
  const [nearest] = edges.filter(({ distance }) => distance <= reachBeats).toSorted((a, b) => a.distance - b.distance)
  return nearest ?? null
}

export const labelAt = (labels: readonly Label[], beat: number): Label | null =>
  labels.find(({ startBeat, endBeat }) => startBeat <= beat && beat < endBeat) ?? null
