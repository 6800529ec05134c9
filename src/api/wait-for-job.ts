import type { App } from '../app.ts'
import { isTerminal, type Job } from '../engine/kit/job.ts'

/** @returns the job as it is once it has ended, however it did */
export const waitForJob = async ({ events, jobs }: Pick<App, 'events' | 'jobs'>, id: number): Promise<Job> => {
  const { promise, resolve } = Promise.withResolvers<Job>()
  const { stop } = await events.follow(null, ({ event }) => {
    if (event.type === 'job' && event.job.id === id && isTerminal(event.job)) resolve(event.job)
  })
  try {
    const now = await jobs.get(id)
    return isTerminal(now) ? now : await promise
  } finally {
    stop()
  }
}
