import { UserError } from '../../core/support/user-error.ts'
import type { LabelView } from './label-view.ts'

/** Labels or grid of a track are not those that were edited. */
export class LabelsChanged extends UserError {
  /** The labels that there are. */
  readonly labels: readonly LabelView[]

  constructor(trackId: number, labels: readonly LabelView[]) {
    super('LABELS_CHANGED', `Labels or grid of track ${trackId} are not those that were edited.`)
    this.labels = labels
  }
}
