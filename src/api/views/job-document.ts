import { type SnakeCased, snakeCase } from '../../core/support/snake-case.ts'
import type { Job } from '../../engine/kit/job.ts'
import { isLibraryJob, type LibraryJob } from '../../job-definitions.ts'

/** A job with the payload and the result of its kind. */
export const jobDocument = (job: Job): SnakeCased<LibraryJob> => {
  if (!isLibraryJob(job)) throw new Error(`${job.jobId} is of no kind that is known: ${job.kind}`)
  return snakeCase(job)
}
