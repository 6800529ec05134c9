import type { App } from '../app.ts'
import { UserError } from '../core/support/user-error.ts'
import { type Job, parseJobId } from '../engine/jobs/job.ts'

/** @throws JOB_NOT_FOUND, also for what is no id of a job */
export const requireJob = (app: App, text: string): Job => {
  const id = parseJobId(text)
  if (id === null) throw new UserError('JOB_NOT_FOUND', `${JSON.stringify(text)} is no id of a job.`)
  return app.jobs.get(id)
}
