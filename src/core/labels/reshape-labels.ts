import { UserError } from '../support/user-error.ts'
import type { Beats } from '../units/units.ts'
import type { Label } from './label.ts'
import { describeLabel, isSameLabel, type LabelEdit, MIN_LABEL_BEATS, NO_CHANGE, sortLabels } from './label-edit.ts'
import { paintLabel } from './paint-label.ts'
import type { SectionKind } from './section-kind.ts'
import { spanLength, spansOverlap } from './span.ts'

export type LabelEdge = 'start' | 'end'

const requireLabel = (labels: readonly Label[], wanted: Label): Label => {
  const found = labels.find((label) => isSameLabel(label, wanted))
  if (!found) throw new UserError('LABEL_NOT_FOUND', `The track has no label ${describeLabel(wanted)}.`)
  return found
}

const requireLength = (label: Label): void => {
  if (spanLength(label) < MIN_LABEL_BEATS)
    throw new UserError(
      'LABEL_TOO_SHORT',
      `${describeLabel(label)} would be ${spanLength(label)} beats long; a section needs at least ${MIN_LABEL_BEATS}.`,
    )
}

const replace = (labels: readonly Label[], before: Label, after: Label): Label[] =>
  sortLabels(labels.map((label) => (label === before ? after : label)))

/**
 * Cuts the label at `beat` in two.
 * @throws LABEL_NOT_FOUND where no label covers the beat, LABEL_TOO_SHORT when a part would have under 4 beats
 */
export const splitLabel = (labels: readonly Label[], beat: Beats): LabelEdit => {
  const before = labels.find((label) => label.startBeat < beat && beat < label.endBeat)
  if (!before) throw new UserError('LABEL_NOT_FOUND', `Beat ${beat} lies inside no label.`)
  const left = { ...before, endBeat: beat }
  const right = { ...before, startBeat: beat }
  requireLength(left)
  requireLength(right)
  return {
    labels: sortLabels([...replace(labels, before, left), right]),
    change: { ...NO_CHANGE, added: [right], changed: [{ before, after: left }] },
  }
}

/**
 * Joins two labels, and the gap between them, into one of the first's kind.
 * @throws LABEL_OVERLAP when a third label lies between them
 */
export const mergeLabels = (labels: readonly Label[], one: Label, other: Label): LabelEdit => {
  const [first, second] = sortLabels([requireLabel(labels, one), requireLabel(labels, other)]) as [Label, Label]
  if (first === second) return { labels: sortLabels(labels), change: NO_CHANGE }
  const isUnchanged = first.kind === second.kind && first.source === second.source
  const merged: Label = { ...first, endBeat: second.endBeat, source: isUnchanged ? first.source : 'user' }
  const between = labels.filter((label) => label !== first && label !== second && spansOverlap(label, merged))
  if (between.length > 0)
    throw new UserError('LABEL_OVERLAP', `Between the two lies ${between.map(describeLabel).join(', ')}.`)
  return {
    labels: replace(
      labels.filter((label) => label !== second),
      first,
      merged,
    ),
    change: { ...NO_CHANGE, removed: [second], changed: [{ before: first, after: merged }] },
  }
}

/** Gives a label another kind; it is then the user's, wherever it came from. @param own the person's own kind that stands for it */
export const relabel = (labels: readonly Label[], label: Label, kind: SectionKind, own?: number): LabelEdit => {
  const before = requireLabel(labels, label)
  const { ownKindId, ...rest } = before
  if (before.kind === kind && ownKindId === own) return { labels: sortLabels(labels), change: NO_CHANGE }
  const after: Label = { ...rest, kind, ...(own === undefined ? {} : { ownKindId: own }), source: 'user' }
  return { labels: replace(labels, before, after), change: { ...NO_CHANGE, changed: [{ before, after }] } }
}

const touches = (label: Label, neighbour: Label, edge: LabelEdge): boolean =>
  edge === 'start' ? neighbour.endBeat === label.startBeat : neighbour.startBeat === label.endBeat

const withEdge = (label: Label, edge: LabelEdge, beat: Beats): Label =>
  edge === 'start' ? { ...label, startBeat: beat } : { ...label, endBeat: beat }

/**
 * Moves one edge of a label. The edge is shared: a neighbour that touches it follows, in both directions; others are trimmed
 * as by painting. A neighbour that would keep under 4 beats is dropped and reported.
 * @throws LABEL_TOO_SHORT when the label itself would have under 4 beats
 */
export const moveEdge = (
  labels: readonly Label[],
  move: { readonly label: Label; readonly edge: LabelEdge; readonly beat: Beats },
): LabelEdit => {
  const { edge, beat } = move
  const before = requireLabel(labels, move.label)
  const after = withEdge(before, edge, beat)
  requireLength(after)
  if (isSameLabel(before, after)) return { labels: sortLabels(labels), change: NO_CHANGE }
  const others = labels.filter((label) => label !== before)
  const neighbour = others.find((label) => touches(before, label, edge))
  const isShrinking = spanLength(after) < spanLength(before)
  const grown = neighbour && isShrinking ? withEdge(neighbour, edge === 'start' ? 'end' : 'start', beat) : null
  const painted = paintLabel(grown ? replace(others, neighbour!, grown) : others, after)
  return {
    labels: painted.labels,
    change: {
      ...painted.change,
      added: painted.change.added.filter((label) => label !== after),
      changed: [{ before, after }, ...(grown ? [{ before: neighbour!, after: grown }] : []), ...painted.change.changed],
    },
  }
}
