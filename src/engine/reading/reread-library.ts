import type { JobQueue } from '../jobs/job-queue.ts'
import { readLibraryJob } from './read-library-job.ts'

/** Has the library read again with a version. What another version still had to read is not wanted any more. */
export const rereadLibrary = (jobs: JobQueue, version: number): void => {
  void jobs.cancelAll(readLibraryJob)
  jobs.follow({ definition: readLibraryJob, payload: { version, trackIds: null } })
}
