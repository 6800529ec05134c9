import { placeText } from '../../../core/labels/bar-text.ts'
import { planReplacedLabels } from '../../../core/labels/plan-replaced-labels.ts'
import { planUpdatedLabel } from '../../../core/labels/plan-updated-label.ts'
import type { EditableTrack, EditedLabel } from '../../../core/labels/stored-label.ts'
import { UserError } from '../../../core/support/user-error.ts'
import { changeGrid } from '../../analysis/change-grid.ts'
import type { JobQueue } from '../../jobs/job-queue.ts'
import { requireGrid } from '../../kit/current-grid.ts'
import type { MadeStep } from '../../kit/made-step.ts'
import type { Workspace } from '../../kit/workspace.ts'
import { isDismissed } from '../dismissals.ts'
import { editLabels } from '../edit-labels.ts'
import type { LabelChecks } from '../label-quality.ts'
import type { Finding, Mend } from './finding.ts'
import { isGridFinding, labelFindings, stretchOf } from './label-findings.ts'
import { addStep, makeStep } from './label-steps.ts'

const notFound = (id: string): UserError => new UserError('FINDING_NOT_FOUND', `There is no finding ${id}.`)

/** @throws FINDING_NOT_FOUND */
const requireFinding = async ({ store }: Workspace, quality: LabelChecks, id: string): Promise<Finding> => {
  const found = (await labelFindings(store, quality)).findings.find((one) => one.id === id)
  if (!found) throw notFound(id)
  return found
}

/** The labels on both sides of an edge with the edge elsewhere; they are then the user's. */
const planMovedEdge = (current: EditableTrack, from: number, to: number) =>
  planReplacedLabels(
    current,
    current.labels.map(({ id, kind, startBeat, endBeat, source }) => {
      const isMoved = startBeat === from || endBeat === from
      return {
        id,
        kind,
        startBeat: startBeat === from ? to : startBeat,
        endBeat: endBeat === from ? to : endBeat,
        ...(isMoved ? {} : { source }),
      }
    }),
  )

const mendLabels = async (
  { store }: Workspace,
  { id, labelId, trackId, kind, startBeat, endBeat }: Finding,
  mend: Exclude<Mend, { kind: 'grid' }>,
  says: string,
): Promise<number> => {
  const track = store.tracks.get(trackId)!
  const { before } = await editLabels(store, track, (current): { readonly labels: readonly EditedLabel[] } => {
    const label = current.labels.find((one) => one.id === labelId)
    // Findings take a while to look for: the same press may have come twice.
    if (label?.kind !== kind || label?.startBeat !== startBeat || label?.endBeat !== endBeat) throw notFound(id)
    return mend.kind === 'relabel'
      ? planUpdatedLabel(current, labelId!, { kind: mend.to })
      : planMovedEdge(current, mend.from, mend.to)
  })
  const revision = store.labels.revision(trackId)
  return addStep(store, says, { kind: 'labels', trackId, revision, before: before.labels })
}

const saysOf = ({ trackTitle, kind, ...finding }: Finding, mend: Mend): string => {
  switch (mend.kind) {
    case 'relabel':
      return `“${trackTitle}”: ${kind} is now ${mend.to}`
    case 'move-edge':
      return `Moved an edge of “${trackTitle}” to bar ${placeText(finding, mend.to)}`
    case 'grid':
      return `Mended the beat grid of “${trackTitle}”`
  }
}

/** Does what a finding proposes. @throws FINDING_NOT_FOUND, and as an edit of labels or of a grid does */
export const mendFinding = async (
  workspace: Workspace,
  { jobs, quality }: { readonly jobs: Pick<JobQueue, 'follow'>; readonly quality: LabelChecks },
  id: string,
): Promise<MadeStep> => {
  const { store, emit } = workspace
  const finding = await requireFinding(workspace, quality, id)
  const { mend, trackId } = finding
  if (mend === null)
    throw new UserError(
      'FINDING_NOT_FOUND',
      `${finding.message} No single step mends this: change the labels themselves.`,
    )
  const says = saysOf(finding, mend)
  if (mend.kind === 'grid') {
    const track = store.tracks.get(trackId)
    // An edit of a grid that is made twice is another one.
    if (track === null || !isGridFinding(store, trackId, id)) throw notFound(id)
    const before = requireGrid(store, track).version
    const { version } = await changeGrid(workspace, jobs, track, { ...mend.edit, version: before })
    return makeStep(store, says, { kind: 'grid', trackId, version, before })
  }
  const stepId = await mendLabels(workspace, finding, mend, says)
  emit({ type: 'labels', trackIds: [trackId] })
  return { stepId, says }
}

/** Nobody hears of it again, from this look at the labels or a later one. @throws FINDING_NOT_FOUND */
export const dismissFinding = async (workspace: Workspace, quality: LabelChecks, id: string): Promise<MadeStep> => {
  const { store, emit } = workspace
  const finding = await requireFinding(workspace, quality, id)
  const { trackId, trackTitle, labelId } = finding
  if (isDismissed(stretchOf(finding), store.findings.dismissed())) throw notFound(id)
  const dismissalId = store.findings.dismiss(stretchOf(finding))
  // Who says that a label is right has looked at it.
  if (labelId !== null) store.labelSteps.lookedAt([labelId])
  const says = `Dismissed a finding about “${trackTitle}”`
  const step = makeStep(store, says, { kind: 'dismissal', trackId, dismissalId })
  emit({ type: 'labels', trackIds: [trackId] })
  return step
}
