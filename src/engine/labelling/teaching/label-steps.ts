import type { StoredLabel } from '../../../core/labels/stored-label.ts'
import { giveWay } from '../../../core/support/give-way.ts'
import { UserError } from '../../../core/support/user-error.ts'
import type { LabelStep } from '../../../platform/store/label-step-store.ts'
import type { Store } from '../../../platform/store/store.ts'
import { changeGrid } from '../../analysis/change-grid.ts'
import type { JobQueue } from '../../jobs/job-queue.ts'
import type { MadeStep } from '../../kit/made-step.ts'
import type { Workspace } from '../../kit/workspace.ts'
import { restoreScope, type ScopeWayBack } from '../../versions/scope-actions.ts'

/** What takes a step back. */
export type WayBack =
  | {
      readonly kind: 'labels'
      readonly trackId: number
      readonly revision: string
      readonly before: readonly StoredLabel[]
    }
  | { readonly kind: 'grid'; readonly trackId: number; readonly version: number; readonly before: number }
  | { readonly kind: 'dismissal'; readonly trackId: number; readonly dismissalId: number }
  | { readonly kind: 'bulk' }
  | { readonly kind: 'relabelling'; readonly relabellingId: number }
  | { readonly kind: 'lens'; readonly lensId: number }
  | { readonly kind: 'own-kind'; readonly ownKindId: number }
  | ScopeWayBack

export type UndoneStep = {
  readonly says: string
  /** Labels that went with it. Those that somebody has looked at since stay. */
  readonly labels: number
}

const wayBackOf = ({ wayBack }: LabelStep): WayBack => JSON.parse(wayBack) as WayBack

export const addStep = (store: Store, says: string, wayBack: WayBack): number => store.labelSteps.add(says, wayBack)

export const makeStep = (store: Store, says: string, wayBack: WayBack): MadeStep => ({
  stepId: addStep(store, says, wayBack),
  says,
})

const changedSince = (says: string): UserError =>
  new UserError('STEP_CHANGED', `“${says}” cannot be taken back: the track has changed since.`)

const requireGone = (wasGone: boolean, says: string): void => {
  if (!wasGone) throw new UserError('STEP_CHANGED', `“${says}” cannot be taken back: it is there again.`)
}

/** Whether the grid in force is that of a version: the very one, or the same again after later edits were taken back. */
const hasGridOf = (
  { grids }: Store,
  { trackId, version }: { readonly trackId: number; readonly version: number },
): boolean => {
  const versions = grids.versions(trackId)
  const made = versions.find((one) => one.version === version)
  return made !== undefined && made.digest === versions.at(-1)?.digest
}

/** So many tracks are one transaction; after it others have their turn. */
const AT_ONCE = 50

/** @returns the tracks that labels were deleted in, once for each label */
const removeBulk = async ({ labelSteps }: Store, stepId: number): Promise<readonly number[]> => {
  const trackIds: number[] = []
  // Accepting may still be under way: what it has added meanwhile goes as well.
  for (;;) {
    const byTrack = Map.groupBy(labelSteps.bulkLabels(stepId), ({ trackId }) => trackId)
    if (byTrack.size === 0) return trackIds
    const inTracks = [...byTrack.values()].map((labels) => labels.map(({ labelId }) => labelId))
    for (let at = 0; at < inTracks.length; at += AT_ONCE) {
      if (trackIds.length > 0) await giveWay()
      for (const trackId of labelSteps.removeBulk(stepId, inTracks.slice(at, at + AT_ONCE).flat()))
        trackIds.push(trackId)
    }
  }
}

/** Takes back one step. @throws STEP_NOT_FOUND, STEP_CHANGED */
export const undoStep = async (
  workspace: Workspace,
  jobs: Pick<JobQueue, 'follow'>,
  id: number,
): Promise<UndoneStep> => {
  const { store, emit } = workspace
  const step = store.labelSteps.get(id)
  if (step === null || step.undoneAt !== null)
    throw new UserError('STEP_NOT_FOUND', `There is no step ${id} to take back.`)
  const back = wayBackOf(step)
  let [labels, trackIds]: [number, readonly number[]] = [0, []]
  switch (back.kind) {
    case 'labels': {
      const { trackId, revision, before } = back
      if (store.labels.put({ trackId, revision, labels: before }) === null) throw changedSince(step.says)
      trackIds = [trackId]
      break
    }
    case 'grid': {
      const track = store.tracks.get(back.trackId)
      if (track === null || !hasGridOf(store, back)) throw changedSince(step.says)
      await changeGrid(workspace, jobs, track, { kind: 'restore', to: back.before })
      trackIds = [track.id]
      break
    }
    case 'dismissal':
      store.findings.takeBackDismissal(back.dismissalId)
      trackIds = [back.trackId]
      break
    case 'bulk': {
      // Others have their turn meanwhile: whoever takes it back, too, or is still accepting, sees that it is.
      store.labelSteps.markUndone(id)
      const tracks = await removeBulk(store, id)
      labels = tracks.length
      trackIds = [...new Set(tracks)]
      break
    }
    case 'relabelling':
      store.relabellings.delete(back.relabellingId)
      break
    case 'lens':
      requireGone(store.lenses.restore(back.lensId), step.says)
      emit({ type: 'lenses' })
      break
    case 'own-kind':
      requireGone(store.lenses.restoreKind(back.ownKindId), step.says)
      emit({ type: 'lenses' })
      break
    case 'scope':
      requireGone(restoreScope(store, back), step.says)
      emit({ type: 'scopes' })
  }
  store.labelSteps.markUndone(id)
  emit({ type: 'labels', trackIds })
  return { says: step.says, labels }
}
