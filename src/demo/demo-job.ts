import { analyseAgain } from '../engine/analysis/analyse-job.ts'
import type { JobDefinition } from '../engine/jobs/job-definition.ts'
import { reportItems, scanFraction, stageFraction } from '../engine/jobs/job-progress.ts'
import type { JobProgress } from '../engine/kit/workspace.ts'
import type { DemoPayload, DemoReport } from './make-demo.ts'

/** Fraction done of a demo library, 0 to 1: on one thread, generating it and analysing it take half the time each. */
const demoFraction = (progress: JobProgress): number =>
  progress.stage === 'generating' ? stageFraction(progress) / 2 : 1 / 2 + scanFraction(progress) / 2

/** Generates the demo library and analyses it. The generator is loaded only then. */
export const demoJob: JobDefinition<'demo', DemoPayload, DemoReport> = {
  kind: 'demo',
  lane: 'library',
  firstStatus: 'running',
  isResumed: true,
  run: async (workspace, payload, context) =>
    (await import('./make-demo.ts')).makeDemo(workspace, payload, {
      signal: context.signal,
      onProgress: reportItems(context, demoFraction, 'analysing'),
    }),
  retry: ({ failures }) => analyseAgain(failures),
}
