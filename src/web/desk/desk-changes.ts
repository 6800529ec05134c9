import type { z } from 'zod'
import type { gridEdit } from '../../api/operations/grids.ts'
import type { Label } from '../../core/labels/label.ts'
import { type TrackDocument, toBeatGrid } from '../queries/use-track.ts'
import type { Ghost } from '../waveform/paint-spans.ts'
import { areSameLabels, type DeskContent, isSameGrid } from './desk-content.ts'
import type { Passage } from './desk-store.ts'
import { type Edit, ownKind, stepEdit } from './label-edits.ts'

export type LabelsChange = { readonly kind: 'labels'; readonly edit: Edit; readonly after: DeskContent }

export type DecisionChange = {
  readonly kind: 'reject' | 'restore'
  readonly ghost: Ghost
  readonly after: DeskContent
}

/** What the server is to be told of a gesture, and what there is after it. */
export type Change =
  | LabelsChange
  | DecisionChange
  | { readonly kind: 'grid'; readonly body: z.input<typeof gridEdit>; readonly after: DeskContent }

type LabelDocument = TrackDocument['labels'][number]

const toLabel = ({ label_value, own_kind_id, start_beat, end_beat, source }: LabelDocument): Label => ({
  ...ownKind(own_kind_id),
  kind: label_value,
  startBeat: start_beat,
  endBeat: end_beat,
  source: source as Label['source'],
})

export const toDocument = ({ kind, ownKindId, startBeat, endBeat, source }: Label) => ({
  label_value: kind,
  own_kind_id: ownKindId ?? null,
  start_beat: startBeat,
  end_beat: endBeat,
  source,
})

/** What the server holds of a track that has a grid. */
export const readContent = (
  { grid, labels }: Pick<TrackDocument, 'grid' | 'labels'>,
  rejected: readonly Ghost[],
): DeskContent => ({
  grid: toBeatGrid(grid!),
  gridVersion: grid!.version,
  labels: labels.map(toLabel),
  rejected,
})

/** What leads the server from one content to another that was in force once: the grid first, for the rest lies on it. */
export const changesOf = ({ before, after, restored }: Passage): readonly Change[] => {
  const isGridOther = !isSameGrid(before.grid, after.grid)
  const isIn = (all: readonly Ghost[], { id }: Ghost): boolean => all.some((one) => one.id === id)

  return [
    ...(isGridOther
      ? [
          {
            kind: 'grid' as const,
            body: { kind: 'restore' as const, to: restored, version: before.gridVersion },
            after,
          },
        ]
      : []),
    ...before.rejected
      .filter((ghost) => !isIn(after.rejected, ghost))
      .map((ghost) => ({ kind: 'restore' as const, ghost, after })),
    ...after.rejected
      .filter((ghost) => !isIn(before.rejected, ghost))
      .map((ghost) => ({ kind: 'reject' as const, ghost, after })),
    ...(isGridOther || areSameLabels(before.labels, after.labels)
      ? []
      : [{ kind: 'labels' as const, edit: stepEdit(before.labels, after.labels), after }]),
  ]
}
