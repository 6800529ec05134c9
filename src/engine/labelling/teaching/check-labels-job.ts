import { UserError } from '../../../core/support/user-error.ts'
import type { JobDefinition } from '../../jobs/job-definition.ts'
import { type CheckedLabels, checkLabels } from './check-labels.ts'

/** Has models that had not seen them look at all labels; nothing is changed, so nothing is to be resumed. */
export const checkLabelsJob: JobDefinition<'check-labels', null, CheckedLabels> = {
  kind: 'check-labels',
  lane: 'training',
  firstStatus: 'running',
  isResumed: false,
  refuseSecond: ({ jobId, status }) => new UserError('TRAINING_IN_PROGRESS', `${jobId} is ${status}.`, { jobId }),
  run: (workspace, _payload, { report, signal }) =>
    checkLabels(workspace, {
      signal,
      onProgress: (fraction) => report({ stage: 'checking', fraction, pace: fraction }),
    }),
}
