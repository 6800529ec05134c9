import { demoJob } from './demo/demo-job.ts'
import { analyseJob } from './engine/analysis/analyse-job.ts'
import { scanJob } from './engine/collection/scan-job.ts'
import { bringInJob, lookThroughJob } from './engine/exchange/bring-in-job.ts'
import { exportJob } from './engine/exchange/export-job.ts'
import { importJob } from './engine/exchange/import-job.ts'
import { restoreTagsJob } from './engine/exchange/restore-tags-job.ts'
import type { JobDefinition, JobOf } from './engine/jobs/job-definition.ts'
import type { Job } from './engine/kit/job.ts'
import { checkLabelsJob } from './engine/labelling/teaching/check-labels-job.ts'
import { readLibraryJob, readMissingTracks, readNewTracks } from './engine/reading/read-library-job.ts'
import { renderJob } from './engine/sets/render-job.ts'
import { trainJob } from './engine/versions/train-job.ts'

const kinds = [
  scanJob,
  analyseJob,
  demoJob,
  readLibraryJob,
  trainJob,
  checkLabelsJob,
  exportJob,
  restoreTagsJob,
  lookThroughJob,
  bringInJob,
  importJob,
  renderJob,
] as const

/** A job of any kind that there is. */
export type LibraryJob = JobOf<(typeof kinds)[number]>

export const isLibraryJob = (job: Job): job is LibraryJob => kinds.some(({ kind }) => kind === job.kind)

/** Every kind of job, and what follows from it. */
export const jobDefinitions: readonly JobDefinition[] = [
  { ...scanJob, next: readMissingTracks },
  { ...analyseJob, next: readNewTracks },
  { ...demoJob, next: readNewTracks },
  readLibraryJob,
  trainJob,
  checkLabelsJob,
  lookThroughJob,
  bringInJob,
  exportJob,
  restoreTagsJob,
  importJob,
  renderJob,
]
