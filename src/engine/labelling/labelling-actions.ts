import type { LabelStats } from '../../core/labels/label-stats.ts'
import type { AddLabelOptions } from '../../core/labels/plan-added-labels.ts'
import type { LabelReplacement } from '../../core/labels/plan-replaced-labels.ts'
import type { LabelUpdate } from '../../core/labels/plan-updated-label.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { LabelRequest } from '../../core/labels/validate-label.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import { requireTrack } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'
import { type AddedLabels, addLabels } from './add-labels.ts'
import { createLabelChecks, type LabelChecks } from './label-quality.ts'
import type { LabelView } from './label-view.ts'
import { type LensActions, lensActions } from './lens-actions.ts'
import { currentLabelStats, getLabel, labelPieces, listLabels } from './list-labels.ts'
import { withOwnKind } from './own-kind-requests.ts'
import { type ReplacedLabels, type ReplaceLabelsOptions, replaceLabels } from './replace-labels.ts'
import { type SuggestionActions, suggestionActions } from './suggestion-actions.ts'
import { type TeachingActions, teachingActions } from './teaching/teaching-actions.ts'
import { updateLabel } from './update-label.ts'

/** What can be done with labels and suggestions; whoever shows them is told what changed. */
export type LabellingActions = {
  readonly add: (track: string, request: LabelRequest, options?: AddLabelOptions) => Promise<AddedLabels>
  /** Adds several as one step: all or, when one is wrong, none. */
  readonly paint: (track: string, requests: readonly LabelRequest[], options?: AddLabelOptions) => Promise<AddedLabels>
  /** Makes the labels of a track exactly these. */
  readonly replace: (
    track: string,
    requests: readonly LabelReplacement[],
    options?: ReplaceLabelsOptions,
  ) => Promise<ReplacedLabels>
  readonly update: (id: number, update: LabelUpdate, options?: Pick<AddLabelOptions, 'overlap'>) => Promise<AddedLabels>
  /** @throws LABEL_NOT_FOUND */
  readonly get: (id: number) => Promise<LabelView>
  readonly list: (filter?: { readonly track?: string; readonly kind?: SectionKind }) => Promise<readonly LabelView[]>
  /** All labels, or those of a kind, a piece at a time. */
  readonly pieces: (kind?: SectionKind) => Promise<AsyncIterable<readonly LabelView[]>>
  /** Changes with any label of the track, and with its grid. */
  readonly revision: (track: string) => Promise<string>
  /** @throws LABEL_NOT_FOUND */
  readonly delete: (id: number) => Promise<void>
  readonly stats: (exclude?: readonly SectionKind[]) => Promise<LabelStats>
  /** What may be wrong with the labels: nothing of it is an error. */
  readonly quality: LabelChecks
  readonly suggestions: SuggestionActions
  readonly teaching: TeachingActions
  readonly lenses: LensActions
}

export const labellingActions = (workspace: Workspace, jobs: JobQueue): LabellingActions => {
  const { store, emit } = workspace
  const quality = createLabelChecks(workspace)
  const changed = (trackId: number): void => emit({ type: 'labels', trackIds: [trackId] })
  const paint: LabellingActions['paint'] = async (reference, requests, options) => {
    const track = requireTrack(store, reference)
    const added = await addLabels(store, track, {
      ...options,
      requests: requests.map((one) => withOwnKind(store, one)),
    })
    if (added.labels.length > 0) changed(track.id)
    return added
  }
  return {
    paint,
    add: (track, request, options) => paint(track, [request], options),
    replace: async (reference, requests, options) => {
      const track = requireTrack(store, reference)
      const replaced = await replaceLabels(store, track, {
        requests: requests.map((one) => withOwnKind(store, one)),
        ...options,
      })
      changed(track.id)
      return replaced
    },
    update: async (id, update, options) => {
      const updated = await updateLabel(store, id, { ...withOwnKind(store, update), ...options })
      changed(updated.labels[0]!.trackId)
      return updated
    },
    get: async (id) => getLabel(store, id),
    list: async ({ track, kind } = {}) =>
      listLabels(store, {
        ...(track === undefined ? {} : { trackId: requireTrack(store, track).id }),
        ...(kind === undefined ? {} : { kind }),
      }),
    pieces: async (kind) => labelPieces(store, kind),
    revision: async (track) => store.labels.revision(requireTrack(store, track).id),
    delete: async (id) => {
      const { trackId } = getLabel(store, id)
      if (!store.labels.delete(id)) throw new UserError('LABEL_NOT_FOUND', `There is no label ${id}.`)
      changed(trackId)
    },
    stats: async (exclude) => currentLabelStats(store, exclude),
    quality,
    suggestions: suggestionActions(workspace),
    teaching: teachingActions(workspace, jobs, quality),
    lenses: lensActions(workspace),
  }
}
