import type { LossPoint } from '../../core/training/loss-curve.ts'
import type { Store } from '../../platform/store/store.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import { parseModelCard } from './model-card.ts'

/** Round by round: so far where it runs, else what the card of its model keeps; nothing where there is no model. @throws JOB_NOT_FOUND */
export const trainingLosses = (store: Store, jobs: JobQueue, id: number): readonly LossPoint[] => {
  const job = jobs.get(id)
  if (job.kind !== 'train') return []
  const version = job.result?.version
  if (version === undefined) return jobs.runningLosses(id)
  return store.models.exists(version) ? parseModelCard(store.models.summary(version)).losses : []
}
