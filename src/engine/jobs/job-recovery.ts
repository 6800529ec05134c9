import { toErrorReport, UserError } from '../../core/support/user-error.ts'
import type { Job } from '../kit/job.ts'
import type { Workspace } from '../kit/workspace.ts'
import type { JobDefinition } from './job-definition.ts'
import { NOTHING_DONE } from './job-records.ts'

/** A job interrupted this often is not begun again by itself: it may be what ends the process. */
const MOST_ATTEMPTS = 3

export const wasInterruptedTooOften = ({ attempt }: Pick<Job, 'attempt'>): boolean => attempt >= MOST_ATTEMPTS

export type JobEnd = Pick<Job, 'status'> & Partial<Pick<Job, 'result' | 'error'>>

export const endedJob = (job: Job, { status, result = null, error = null }: JobEnd): Job => ({
  ...job,
  status,
  result,
  error,
  completedAt: new Date().toISOString(),
})

/** A newer Algiers made the job: to leave it waiting would promise what nobody does. */
export const strangeJob = (job: Job): Job => {
  const detail = `${job.jobId} is of the kind "${job.kind}", which this version of Algiers does not know.`
  const known = { ...job, progress: NOTHING_DONE }
  return endedJob(known, { status: 'failed', error: toErrorReport(new UserError('JOB_UNKNOWN', detail)) })
}

/** A job whose process ended is completed after all, waits again, or has failed. @param attempt attempts that count */
export const recoverJob = (workspace: Workspace, definition: JobDefinition, job: Job, attempt = job.attempt): Job => {
  const recovered = definition.recover?.(workspace, job.id) ?? null
  if (recovered !== null) return endedJob(job, { status: 'completed', result: recovered })
  const isTooOften = wasInterruptedTooOften({ attempt })
  if (definition.isResumed && !isTooOften) return { ...job, status: 'pending', attempt, progress: NOTHING_DONE }
  const detail =
    definition.isResumed && isTooOften
      ? `Algiers has ended ${attempt} times while ${job.jobId} was running, so it is not begun again by itself.`
      : `Algiers was closed while ${job.jobId} was running.`
  return endedJob(job, { status: 'failed', error: toErrorReport(new UserError('INTERRUPTED', detail)) })
}
