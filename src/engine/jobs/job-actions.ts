import { giveWay } from '../../core/support/give-way.ts'
import type { LibraryEars } from '../kit/ears.ts'
import { isTerminal, type Job } from '../kit/job.ts'
import type { JobQueue } from './job-queue.ts'
import type { JobFilter } from './job-records.ts'

/** What can be done with jobs of every kind; each noun starts its own. */
export type JobActions = {
  /** As it is now. @throws JOB_NOT_FOUND */
  readonly get: (id: number) => Promise<Job>
  /** The newest first. */
  readonly list: (filter?: JobFilter) => Promise<readonly Job[]>
  /** Resolves once the job has ended; what it has finished stays. @throws JOB_NOT_FOUND, JOB_NOT_CANCELLABLE */
  readonly cancel: (id: number) => Promise<Job>
  /** Cancels every job that waits or is under way, as many as there may be. @returns how many */
  readonly cancelAll: () => Promise<number>
  /**
   * Starts what failed in an ended job again.
   * @throws JOB_NOT_FOUND, JOB_NOT_RETRYABLE, and as its kind does when it starts
   */
  readonly retryFailed: (id: number) => Promise<Job>
  /** Runs waiting jobs from now on, also those of earlier; until then jobs only queue up. */
  readonly resume: () => Promise<void>
}

/** So many take some milliseconds, after which other work gets its turn. */
const AT_ONCE = 10

/** The newest first, so that what waits does not begin meanwhile. What is asked for later is left. */
const cancelLive = async (queue: JobQueue): Promise<number> => {
  const ids = queue.liveIds()
  let cancelled = 0
  for (const [at, id] of ids.entries()) {
    if (at % AT_ONCE === 0) await giveWay()
    if (isTerminal(queue.get(id))) continue
    await queue.cancel(id)
    cancelled++
  }
  return cancelled
}

export const jobActions = (queue: JobQueue, ears: Pick<LibraryEars, 'ready'>): JobActions => ({
  get: async (id) => queue.get(id),
  list: async (filter) => queue.list(filter),
  cancel: (id) => queue.cancel(id),
  cancelAll: () => cancelLive(queue),
  retryFailed: async (id) => queue.retryFailed(id),
  resume: async () => {
    queue.resume()
    // The network is tried now, so that its provider is known before anyone asks.
    void ears.ready()
  },
})
