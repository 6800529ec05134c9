import type { BeatGrid } from '../beats/beat-grid.ts'
import { UserError } from '../support/user-error.ts'
import { type EditableTrack, type EditedLabel, isEqualLabel } from './stored-label.ts'
import { type LabelRequest, type LabelWarning, validateLabel } from './validate-label.ts'

/** A label of a whole set; with an id, it is the existing label, changed or not. */
export type LabelReplacement = LabelRequest & { readonly id?: number | undefined }

export type ReplacedLabelsPlan = {
  readonly labels: readonly EditedLabel[]
  readonly warnings: readonly LabelWarning[]
}

/**
 * Plans that the labels of a track become exactly these.
 * @throws as `validateLabel` does, LABEL_NOT_FOUND for an id that the track does not have
 */
export const planReplacedLabels = (
  { trackId, grid, labels: existing }: EditableTrack,
  requests: readonly LabelReplacement[],
): ReplacedLabelsPlan => {
  const byId = new Map(existing.map((label) => [label.id, label]))
  const planned = requests.map(({ id, ...request }): { label: EditedLabel; warnings: readonly LabelWarning[] } => {
    const before = id === undefined ? undefined : byId.get(id)
    if (id !== undefined && !before) throw new UserError('LABEL_NOT_FOUND', `Track ${trackId} has no label ${id}.`)
    // Who knows nothing of a person's own kinds takes none away.
    const own = request.ownKindId === undefined && before?.kind === request.kind ? before?.ownKindId : request.ownKindId
    const asked = { ...request, ownKindId: own }
    const { label, warnings } = validateLabel(asked, { grid, labels: [], overlap: 'trim' })
    const isKept = before !== undefined && isEqualLabel(before, label)
    return { label: isKept ? before : { ...label, ...(before ? { id: before.id } : {}) }, warnings }
  })
  const labels = planned.map(({ label }) => label)
  requireApart(grid, labels)
  return { labels, warnings: planned.flatMap(({ warnings }) => warnings) }
}

/** Only neighbours need to be compared: a track of three hours has thousands of labels. @throws LABEL_OVERLAP */
const requireApart = (grid: BeatGrid, labels: readonly EditedLabel[]): void => {
  const inOrder = labels.toSorted((a, b) => a.startBeat - b.startBeat)
  for (const [at, label] of inOrder.entries()) {
    const before = inOrder[at - 1]
    if (before !== undefined) validateLabel(label, { grid, labels: [before] })
  }
}
