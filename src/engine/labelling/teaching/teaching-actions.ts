import type { SectionKind } from '../../../core/labels/section-kind.ts'
import type { LabelStep } from '../../../platform/store/label-step-store.ts'
import type { JobOf } from '../../jobs/job-definition.ts'
import type { JobQueue } from '../../jobs/job-queue.ts'
import type { MadeStep } from '../../kit/made-step.ts'
import { requireTrack } from '../../kit/track-reference.ts'
import type { Workspace } from '../../kit/workspace.ts'
import type { LabelChecks } from '../label-quality.ts'
import { type AcceptedSure, acceptSure, type LeftOut } from './accept-sure.ts'
import { type CheckedLabels, checkLabels } from './check-labels.ts'
import { checkLabelsJob } from './check-labels-job.ts'
import { type FeltProgress, feltProgress } from './felt-progress.ts'
import { type LabelFindings, labelFindings } from './label-findings.ts'
import { type UndoneStep, undoStep } from './label-steps.ts'
import { type NextLabels, nextLabels } from './next-labels.ts'
import { type AnsweredQuestion, answerBlindly, type SelfAgreement, selfAgreement } from './self-agreement.ts'
import { dismissFinding, mendFinding } from './settle-finding.ts'
import { type SurePreview, type SureWish, sureSuggestions } from './sure-suggestions.ts'

/** What makes labels worth learning from. */
export type TeachingActions = {
  /** Has models that had not seen them look at all labels. @throws TRAINING_IN_PROGRESS */
  readonly check: () => Promise<JobOf<typeof checkLabelsJob>>
  /** The same, at once. @throws NEED_MORE_LABELS */
  readonly checkNow: (options: Parameters<typeof checkLabels>[1]) => Promise<CheckedLabels>
  /** What may be wrong with labels and the grids under them. */
  readonly findings: () => Promise<LabelFindings>
  /** Does what a finding proposes. @throws FINDING_NOT_FOUND */
  readonly mend: (id: string) => Promise<MadeStep>
  /** For good. @throws FINDING_NOT_FOUND */
  readonly dismiss: (id: string) => Promise<MadeStep>
  /** Suggestions that may be accepted unread. @throws PLAYLIST_NOT_FOUND */
  readonly sure: (wish: SureWish) => Promise<SurePreview>
  /** Accepts them, but for those left out. @throws PLAYLIST_NOT_FOUND */
  readonly acceptSure: (wish: SureWish, leftOut?: readonly LeftOut[]) => Promise<AcceptedSure>
  /** Labels of a track that were accepted many at a time and that nobody has looked at. @throws TRACK_NOT_FOUND */
  readonly bulkLabels: (track: string) => Promise<readonly number[]>
  /** The person says that these are right. @returns how many there were @throws TRACK_NOT_FOUND */
  readonly lookedAt: (track: string) => Promise<number>
  /** What teaches most for the fewest presses. @param limit groups at most */
  readonly next: (limit: number) => Promise<NextLabels>
  /** How often the person calls a section the same again, and what to ask them next. */
  readonly agreement: () => Promise<SelfAgreement>
  /** @throws LABEL_NOT_FOUND */
  readonly answer: (labelId: number, said: SectionKind) => Promise<AnsweredQuestion>
  /** What got better with the last training, and what is still weak. */
  readonly progress: () => Promise<FeltProgress>
  /** What was done here lately, the newest first. */
  readonly steps: () => Promise<readonly LabelStep[]>
  /** @throws STEP_NOT_FOUND, STEP_CHANGED */
  readonly undo: (stepId: number) => Promise<UndoneStep>
}

const SHOWN_STEPS = 20

export const teachingActions = (workspace: Workspace, jobs: JobQueue, quality: LabelChecks): TeachingActions => {
  const { store, emit } = workspace
  const bulkOf = (reference: string): { readonly trackId: number; readonly labelIds: readonly number[] } => {
    const { id: trackId } = requireTrack(store, reference)
    return {
      trackId,
      labelIds: store.labelSteps.bulkLabels().flatMap((one) => (one.trackId === trackId ? [one.labelId] : [])),
    }
  }
  return {
    check: async () => jobs.start(checkLabelsJob, null, { priority: 'normal' }),
    checkNow: async (options) => checkLabels(workspace, options),
    findings: async () => labelFindings(store, quality),
    mend: async (id) => mendFinding(workspace, { jobs, quality }, id),
    dismiss: async (id) => dismissFinding(workspace, quality, id),
    sure: async (wish) => sureSuggestions(workspace, wish),
    acceptSure: async (wish, leftOut) => acceptSure(workspace, wish, leftOut),
    bulkLabels: async (track) => bulkOf(track).labelIds,
    lookedAt: async (track) => {
      const { trackId, labelIds } = bulkOf(track)
      store.labelSteps.lookedAt(labelIds)
      emit({ type: 'labels', trackIds: [trackId] })
      return labelIds.length
    },
    next: async (limit) => nextLabels(store, limit),
    agreement: async () => selfAgreement(store),
    answer: async (labelId, said) => {
      const answered = answerBlindly(store, labelId, said)
      emit({ type: 'labels', trackIds: [] })
      return answered
    },
    progress: async () => feltProgress(workspace),
    steps: async () => store.labelSteps.list(SHOWN_STEPS),
    undo: async (stepId) => undoStep(workspace, jobs, stepId),
  }
}
