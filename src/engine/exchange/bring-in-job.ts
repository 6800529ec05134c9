import { analyseJob } from '../analysis/analyse-job.ts'
import { followingJob, type JobDefinition } from '../jobs/job-definition.ts'
import { reportItems, stageFraction } from '../jobs/job-progress.ts'
import type { JobProgress } from '../kit/workspace.ts'
import { type BringInOptions, bringIn } from './bring-in.ts'
import type { BringInReport } from './bring-in-report.ts'

/** Reading and matching take about as long as everything after. */
const fractionOf = (progress: JobProgress): number =>
  progress.stage === 'reading' ? stageFraction(progress) / 2 : 0.5 + stageFraction(progress) / 2

/** Says what a library of another program holds and what would come of it. It does not wait for a scan. */
export const lookThroughJob: JobDefinition<'look-through', BringInOptions, BringInReport> = {
  kind: 'look-through',
  lane: 'reading',
  firstStatus: 'running',
  isResumed: false,
  run: (workspace, payload, context) =>
    bringIn(workspace, payload, {
      isDryRun: true,
      signal: context.signal,
      onProgress: reportItems(context, fractionOf, 'importing'),
    }),
}

/** Brings it in, after the scan that may be under way. */
export const bringInJob: JobDefinition<'bring-in', BringInOptions, BringInReport> = {
  ...lookThroughJob,
  kind: 'bring-in',
  lane: 'library',
  run: (workspace, payload, context) =>
    bringIn(workspace, payload, {
      isDryRun: false,
      signal: context.signal,
      onProgress: reportItems(context, fractionOf, 'importing'),
    }),
  next: (_workspace, { regridded }) =>
    regridded.length === 0 ? null : followingJob(analyseJob, { trackIds: regridded, newGrids: false }),
}
