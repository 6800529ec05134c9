import { type SnakeCased, snakeCase } from '../../core/support/snake-case.ts'
import type { Job } from '../../engine/kit/job.ts'
import { isLibraryJob, type LibraryJob } from '../../job-definitions.ts'
import { jobResults } from '../operations/job-results.ts'

type StrangeJob = SnakeCased<Omit<Job, 'kind' | 'result'>> & { kind: 'unknown'; result: null }

/**
 * A job with the payload and the result of its kind. A stored result of another shape, e.g. of an earlier version, is left out: it
 * must not take the rest of the list with it.
 */
export const jobDocument = (job: Job): SnakeCased<LibraryJob> | StrangeJob => {
  if (!isLibraryJob(job)) return { ...snakeCase(job), kind: 'unknown', result: null }
  const document = snakeCase(job)
  const isAsDescribed = jobResults[document.kind].nullable().safeParse(document.result).success
  return isAsDescribed ? document : { ...document, result: null }
}
