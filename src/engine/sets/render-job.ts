import type { JobDefinition } from '../jobs/job-definition.ts'
import { reportItems, stageFraction } from '../jobs/job-progress.ts'
import { type RenderedSet, type RenderPlan, renderSet } from './render-set.ts'

/** Renders a set or a transition; a file that is half written is never seen, so nothing is to be resumed. */
export const renderJob: JobDefinition<'render', RenderPlan, RenderedSet> = {
  kind: 'render',
  lane: 'exchange',
  firstStatus: 'running',
  isResumed: false,
  run: (workspace, plan, context) =>
    renderSet(workspace, plan, {
      jobId: context.id,
      signal: context.signal,
      onProgress: reportItems(context, stageFraction, 'mixing'),
    }),
}
