import type { JobQueue } from '../jobs/job-queue.ts'
import { readLibraryJob } from './read-library-job.ts'

/** Has a version read the library again. What another version still had to read is no longer wanted. */
export const rereadLibrary = (jobs: JobQueue, version: number): void => {
  void jobs.cancelAll(readLibraryJob)
  jobs.follow({ definition: readLibraryJob, payload: { version, trackIds: null } })
}
