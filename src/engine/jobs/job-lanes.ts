import type { Job } from '../kit/job.ts'
import type { JobLane } from './job-definition.ts'

type Queued = Pick<Job, 'kind' | 'priority'>

/** Urgent jobs do not wait for their lane. */
const isUrgent = ({ priority }: Queued): boolean => priority === 'urgent'

/**
 * Picks the waiting jobs that can begin: one a lane, and an urgent one beside it.
 * @param waiting in the order in which they are to run
 */
export const jobsToBegin = <Waiting extends Queued>(
  waiting: readonly Waiting[],
  running: readonly Queued[],
  laneOf: (kind: string) => JobLane,
): readonly Waiting[] => {
  const places = new Set<string>()
  const placeOf = (job: Queued): string => `${laneOf(job.kind)} ${isUrgent(job)}`
  for (const job of running) places.add(placeOf(job))
  return waiting.filter((job) => {
    const place = placeOf(job)
    if (places.has(place)) return false
    places.add(place)
    return true
  })
}
