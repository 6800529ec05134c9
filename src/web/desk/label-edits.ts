import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { carrySpan } from '../../core/beats/carry-span.ts'
import { carrySpans } from '../../core/labels/carry-spans.ts'
import type { Label } from '../../core/labels/label.ts'
import { isSameLabel, MIN_LABEL_BEATS } from '../../core/labels/label-edit.ts'
import { paintLabel } from '../../core/labels/paint-label.ts'
import { type LabelEdge, moveEdge } from '../../core/labels/reshape-labels.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { type Span, spansOverlap } from '../../core/labels/span.ts'
import { isSameGrid } from './desk-content.ts'

/** An edit takes labels and gives labels, so that it can be made again on labels that changed meanwhile. */
export type Edit = (labels: readonly Label[]) => readonly Label[]

/** Adds the labels that lie where nothing is labelled yet. */
export const addEdit =
  (additions: readonly Label[]): Edit =>
  (labels) => {
    const free = additions.filter((addition) => !labels.some((label) => spansOverlap(label, addition)))
    return [...labels, ...free].toSorted((a, b) => a.startBeat - b.startBeat)
  }

/** Of a label; nothing where it has none. */
export const ownKind = (ownKindId: number | null | undefined): Pick<Label, 'ownKindId'> =>
  ownKindId == null ? {} : { ownKindId }

/** A span that is too short for a label changes nothing. @param ownKindId the person's own kind that stands for the kind */
export const paintEdit =
  (span: Span, kind: SectionKind, ownKindId?: number): Edit =>
  (labels) =>
    span.endBeat - span.startBeat < MIN_LABEL_BEATS
      ? labels
      : paintLabel(labels, { ...span, kind, ...ownKind(ownKindId), source: 'user' }).labels

/** How far an edge goes towards a beat while its label stays long enough. */
export const reachedBeat = ({ startBeat, endBeat }: Span, edge: LabelEdge, beat: number): number =>
  edge === 'start'
    ? Math.max(0, Math.min(beat, endBeat - MIN_LABEL_BEATS))
    : Math.max(beat, startBeat + MIN_LABEL_BEATS)

/** Moves an edge as far towards `beat` as it goes; a label that is not there any more is left alone. */
export const edgeEdit =
  (label: Label, edge: LabelEdge, beat: number): Edit =>
  (labels) => {
    const current = labels.find((one) => one.startBeat === label.startBeat && one.endBeat === label.endBeat)
    if (current === undefined) return labels
    return moveEdge(labels, { label: current, edge, beat: reachedBeat(current, edge, beat) }).labels
  }

/** The step from some labels to others as an edit: on labels that changed meanwhile it changes nothing else. */
export const stepEdit =
  (before: readonly Label[], after: readonly Label[]): Edit =>
  (labels) => {
    const isIn = (all: readonly Label[]) => (label: Label) => all.some((one) => isSameLabel(one, label))
    const removed = before.filter((label) => !isIn(after)(label))
    const added = after.filter((label) => !isIn(before)(label))
    return addEdit(added)(labels.filter((label) => !isIn(removed)(label)))
  }

/** An edit that was made on one grid, for labels on another: what it leaves alone stays exactly where it is. */
export const editOnGrid =
  (edit: Edit, own: BeatGrid, other: BeatGrid): Edit =>
  (labels) => {
    if (isSameGrid(own, other)) return edit(labels)
    const carried = carrySpans(labels, other, own)
    return edit(carried).map((label) => {
      const at = carried.findIndex((one) => isSameLabel(one, label))
      return labels[at] ?? { ...label, ...carrySpan(label, own, other) }
    })
  }
