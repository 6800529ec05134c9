import type { LossPoint } from '../../core/training/loss-curve.ts'
import type { Store } from '../../platform/store/store.ts'
import type { JobOf } from '../jobs/job-definition.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import { parseModelCard } from './model-card.ts'
import type { trainJob } from './train-job.ts'

/**
 * Losses of a training, round by round: those so far while it runs, then those in the card of its model. None without a
 * model.
 */
export const trainingLosses = (
  store: Store,
  jobs: JobQueue,
  { id, result }: JobOf<typeof trainJob>,
): readonly LossPoint[] => {
  if (result === null) return jobs.runningLosses(id)
  return store.models.exists(result.version) ? parseModelCard(store.models.summary(result.version)).losses : []
}
