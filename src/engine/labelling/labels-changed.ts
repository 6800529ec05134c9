import type { EditableTrack } from '../../core/labels/stored-label.ts'
import type { Track } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'
import { type LabelView, labelView } from './label-view.ts'

/** Labels or grid of a track are not those that were edited. */
export class LabelsChanged extends UserError {
  /** The labels that there are. */
  readonly labels: readonly LabelView[]

  constructor(trackId: number, labels: readonly LabelView[]) {
    super('LABELS_CHANGED', `Labels or grid of track ${trackId} are not those that were edited.`)
    this.labels = labels
  }
}

/** @param revision of the labels that were edited; left out, nobody else's edit is looked for @throws LabelsChanged */
export const requireRevision = (
  track: Track,
  current: EditableTrack & { readonly revision: string },
  revision: string | undefined,
): void => {
  if (revision === undefined || revision === current.revision) return
  throw new LabelsChanged(
    track.id,
    current.labels.map((label) => labelView(label, track, current.grid)),
  )
}
