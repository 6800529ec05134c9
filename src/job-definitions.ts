import { demoJob } from './demo/demo-job.ts'
import { analyseJob } from './engine/analysis/analyse-job.ts'
import { scanJob } from './engine/collection/scan-job.ts'
import type { JobDefinition } from './engine/jobs/job-definition.ts'
import { readLibraryJob, readNewTracks } from './engine/reading/read-library-job.ts'
import { trainJob } from './engine/versions/train-job.ts'

/** Every kind of job, and what follows from it. */
export const jobDefinitions: readonly JobDefinition[] = [
  { ...scanJob, next: readNewTracks },
  { ...analyseJob, next: readNewTracks },
  { ...demoJob, next: readNewTracks },
  readLibraryJob,
  trainJob,
]
